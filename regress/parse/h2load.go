package parse

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/org/regress-gate/regress"
)

var h2loadFormat = Format{
	Name:    "h2load",
	Doc:     "text of h2load",
	Example: "h2load -n 10000 -c 10 http://127.0.0.1:8080/users > h2load.txt",
	Metrics: "latency.mean, .stdev, .min, .max (and the percentiles that it prints), throughput, transfer_rate, requests, requests.succeeded, duration, bytes_read, error_rate, errors.failed, errors.errored, errors.timeout",
	Sniff:   sniffH2load,
	Parse:   parseH2load,
}

const (
	h2loadBegin  = "starting benchmark..."
	h2loadFinish = "finished in "
)

// sniffH2load accepts the line that begins the results.
func sniffH2load(head []byte) bool {
	return anyLine(head, func(line []byte) bool {
		text := string(line)
		return strings.TrimSpace(text) == h2loadBegin || strings.HasPrefix(text, h2loadFinish) && strings.Contains(text, " req/s, ")
	}, h2loadBegin, h2loadFinish)
}

// parseH2load reads any number of runs, one after the other.
func parseH2load(r io.Reader, o Options) (*regress.Run, error) {
	p := h2loadParser{report: newReport(o.File)}
	if err := eachLine(r, o.File, p.line); err != nil {
		return nil, err
	}
	switch {
	case p.current != nil:
		return nil, p.unfinished()
	case len(p.series) == 0:
		return nil, fmt.Errorf("%s: no run of h2load (a line %q begins one)", o.File, h2loadBegin)
	}
	return p.run(), nil
}

type h2loadParser struct {
	*report
	current *h2loadRun // nil outside of a run
}

type h2loadRun struct {
	figures
	columns []string // of the table of times, by its head
	latest  string   // the latest line that is not blank
}

func (p *h2loadParser) line(l *lines) error {
	text := string(bytes.TrimSpace(l.text))
	begins := text == h2loadBegin
	if begins && p.current != nil {
		return p.unfinished()
	}
	if begins || p.current == nil && strings.HasPrefix(text, h2loadFinish) {
		p.current = &h2loadRun{figures: figures{line: l.number}}
	}
	if p.current == nil || text == "" {
		return nil
	}
	p.current.latest = text
	err := p.current.result(text)
	if err == nil && len(p.current.columns) > 0 && strings.HasPrefix(text, "req/s ") { // the last row
		err = p.close()
	}
	if err != nil {
		return lineError(p.file, l.number, "%w", err)
	}
	return nil
}

func (r *h2loadRun) result(line string) error {
	f := strings.Fields(line)
	label, row, isRow := strings.Cut(line, ":")
	switch {
	case strings.HasPrefix(line, h2loadFinish): // finished in 105.43ms, 18970.29 req/s, 26.27MB/s
		if len(f) != 6 || !strings.HasSuffix(f[5], "/s") {
			return fmt.Errorf("not what h2load prints: %.120q", line)
		}
		if err := r.scaled("duration", "s", strings.TrimSuffix(f[2], ","), wrkTimes); err != nil {
			return err
		}
		if err := r.scaled("throughput", "req/s", f[3], plain); err != nil {
			return err
		}
		return r.scaled("transfer_rate", "B/s", strings.TrimSuffix(f[5], "/s"), wrkBytes)
	case label == "requests":
		return r.requests(strings.Split(strings.TrimSpace(row), ", "))
	case label == "traffic" && len(f) > 3: // traffic: 2.77MB (2904000) total, …
		return r.scaled("bytes_read", "B", strings.Trim(f[2], "()"), plain)
	case f[0] == "min" && strings.HasSuffix(line, "+/- sd"):
		r.columns = f[:len(f)-2]
	case isRow && (label == "time for request" || strings.TrimSpace(label) == "request"):
		return r.times(strings.Fields(row))
	}
	return nil
}

// h2loadCounts are the numbers of requests that are metrics.
var h2loadCounts = map[string]string{
	"total": "requests", "succeeded": "requests.succeeded", "failed": "errors.failed", "errored": "errors.errored", "timeout": "errors.timeout",
	"done": "done", // looked at, and no metric
}

// requests reads "2000 total", "2000 started", "2000 done" and so on.
func (r *h2loadRun) requests(parts []string) error {
	for _, part := range parts {
		number, kind, _ := strings.Cut(part, " ")
		if metric := h2loadCounts[kind]; metric != "" {
			if err := r.count(metric, number); err != nil {
				return err
			}
		}
	}
	return nil
}

// times reads the row of the requests by the head of the table: later versions
// have median, p95 and p99 too.
func (r *h2loadRun) times(cells []string) error {
	if len(r.columns) == 0 || len(cells) != len(r.columns)+1 {
		return fmt.Errorf("not a row of the times, which have the columns %q: %.120q", r.columns, cells)
	}
	metrics := make([]string, len(r.columns))
	for i, name := range r.columns {
		switch name {
		case "sd":
			name = "stdev"
		case "median":
			name = "p50"
		}
		metrics[i] = "latency." + name
	}
	return r.row(metrics, "s", cells, wrkTimes)
}

// close takes the finished run over into the report.
func (p *h2loadParser) close() error {
	r := p.current
	p.current = nil
	switch {
	case !r.has("throughput") || !r.has("requests") || !r.has("errors.failed") || !r.has("latency.mean"):
		return fmt.Errorf("results are missing in the run of h2load that begins in line %d: the file is damaged", r.line)
	case r.value("requests") == 0 || r.value("done") == 0:
		return fmt.Errorf("not one request was answered, and %v failed: h2load measured nothing", r.value("errors.failed"))
	}
	r.drop("done")
	r.errorRate(r.value("errors.failed"), r.value("requests"), p.report)
	r.into(p.report)
	return nil
}

func (p *h2loadParser) unfinished() error {
	return lineError(p.file, p.current.line, "this run of h2load has no row req/s: h2load was stopped, or the file is cut off; it ends with %.120q", p.current.latest)
}
