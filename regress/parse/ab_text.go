package parse

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/org/regress-gate/regress"
)

// abText reads the text, of any number of runs.
type abText struct {
	*report
	targets targets
	current *abRun
	cut     bool // the last line has no end
}

type abRun struct {
	figures
	section string // "", "results", "times" or "percentiles"
	latest  string // the latest line that is not blank
}

func (t *abText) line(l *lines) error {
	text := string(bytes.TrimSpace(l.text))
	t.cut = l.cut
	switch {
	case strings.HasPrefix(text, abBegin):
		if strings.Contains(text, "<i>") {
			return lineError(t.file, l.number, "HTML of ab: leave its option -w out")
		}
		if err := t.end(); err != nil {
			return err
		}
		t.current = &abRun{figures: figures{line: l.number}}
	case t.current == nil && strings.HasPrefix(text, "Server Software:"):
		t.current = &abRun{figures: figures{line: l.number}}
	}
	if t.current == nil || text == "" {
		return nil
	}
	if err := t.result(text); err != nil {
		return lineError(t.file, l.number, "%w", err)
	}
	return nil
}

// result reads a line of a run. What -v prints comes before the results: the
// answers of a server, which may hold anything.
func (t *abText) result(line string) error {
	r := t.current
	r.latest = line
	switch {
	case strings.HasPrefix(line, "Server Software:"):
		r.section = "results"
	case r.section == "":
	case line == "Connection Times (ms)":
		r.section = "times"
	case strings.HasPrefix(line, "Percentage of the requests served"):
		r.section = "percentiles"
	case strings.HasPrefix(line, "Document Path:"):
		name, err := t.targets.name(strings.TrimSpace(strings.TrimPrefix(line, "Document Path:")))
		r.benchmark = name
		return err
	case r.section == "results":
		return r.total(line)
	case r.section == "times" && strings.HasPrefix(line, "Total:"):
		return r.times(strings.Fields(line)[1:])
	case r.section == "percentiles":
		return r.percentile(strings.Fields(line))
	}
	return nil
}

// abTotals are the lines that hold one number, with their metric, its unit and
// what stands behind the number.
var abTotals = map[string]struct {
	metric, unit, behind string
	by                   scaling
}{
	"Time taken for tests": {"duration", "s", "seconds", scaling{1, 0}},
	"Complete requests":    {"requests", "count", "", scaling{1, 0}},
	"Failed requests":      {"errors.failed", "count", "", scaling{1, 0}},
	"Write errors":         {"errors.write", "count", "", scaling{1, 0}},
	"Non-2xx responses":    {"errors.status", "count", "", scaling{1, 0}},
	"Total transferred":    {"bytes_read", "B", "bytes", scaling{1, 0}},
	"Requests per second":  {"throughput", "req/s", "[#/sec] (mean)", scaling{1, 0}},
	"Transfer rate":        {"transfer_rate", "B/s", "[Kbytes/sec] received", scaling{1 << 10, 0}}, // binary
}

func (r *abRun) total(line string) error {
	if strings.HasPrefix(line, "(Connect:") {
		return r.breakdown(strings.Trim(line, "()"))
	}
	name, rest, _ := strings.Cut(line, ":")
	number, behind, _ := strings.Cut(strings.TrimSpace(rest), " ")
	m, known := abTotals[name]
	if name == "Time per request" {
		known = true
		m.metric, m.unit, m.behind, m.by = "latency.mean", "s", "[ms] (mean)", scaling{1, -3}
		if strings.Contains(behind, "across all concurrent") {
			m.metric, m.behind = "latency.mean_across_concurrency", "[ms] (mean, across all concurrent requests)"
		}
	}
	if !known {
		return nil
	}
	if behind != m.behind {
		return fmt.Errorf("%s: not what ab prints: %.120q", m.metric, line)
	}
	return r.scaled(m.metric, m.unit, number, scales{"": m.by})
}

// breakdown reads "Connect: 0, Receive: 258, Length: 299, Exceptions: 158". A
// body of another length than the first is none of the errors: on a page that
// is made anew each time it is as it should be.
func (r *abRun) breakdown(line string) error {
	for part := range strings.SplitSeq(line, ", ") {
		kind, number, _ := strings.Cut(part, ": ")
		if kind == "Length" {
			continue
		}
		if err := r.count("errors."+strings.ToLower(kind), number); err != nil {
			return err
		}
	}
	return nil
}

// abTimes are in whole milliseconds.
var abTimes = scales{"": {1, -3}}

// times reads the row of the whole request: min, mean, sd, median, max; with -S
// min, mean, max. The mean is printed better elsewhere.
func (r *abRun) times(f []string) error {
	switch len(f) {
	case 5:
		return r.row([]string{"latency.min", "latency.stdev", "latency.median", "latency.max"}, "s", []string{f[0], f[2], f[3], f[4]}, abTimes)
	case 3:
		return r.row([]string{"latency.min", "latency.max"}, "s", []string{f[0], f[2]}, abTimes)
	}
	return fmt.Errorf("not a row of the connection times: %.80q", f)
}

// percentile reads "50%  12" and "100%  5012 (longest request)".
func (r *abRun) percentile(f []string) error {
	p, found := strings.CutSuffix(f[0], "%")
	if !found || p == "0" || r.has("latency.p100") {
		return nil
	}
	if whole := p == "100" && len(f) == 4 && f[3] == "request)" || p != "100" && len(f) == 2; !whole {
		return fmt.Errorf("not a row of the percentiles: %.80q", f)
	}
	return r.scaled("latency.p"+p, "s", f[1], abTimes)
}

func (t *abText) finish() (*regress.Run, error) {
	if t.current == nil {
		return nil, fmt.Errorf("%s: no run of ab (a line %q begins one)", t.file, abBegin+"…")
	}
	if err := t.end(); err != nil {
		return nil, err
	}
	return t.run(), nil
}

// end takes over the run that the lines before have told of.
func (t *abText) end() error {
	r := t.current
	if r == nil {
		return nil
	}
	switch {
	case r.section == "":
		return lineError(t.file, r.line, "ab measured nothing: it ends with %.200q", r.latest)
	case r.has("requests") && (r.value("requests") == 0 || r.value("bytes_read") == 0):
		return lineError(t.file, r.line, "not one request was answered: ab measured nothing")
	case !r.has("latency.max") || !r.has("requests") || !r.has("throughput"),
		r.section == "percentiles" && !r.has("latency.p100"),
		t.cut && !r.has("latency.p100"):
		return lineError(t.file, r.line, "results are missing in this run of ab: ab was stopped, or the file is cut off")
	}
	if !r.has("latency.p100") && r.value("requests") > 1 {
		t.failure(r.line, "this run of ab has no percentiles: its option -d leaves them out, or the file is cut off")
	}
	for _, kind := range []string{"failed", "status", "connect", "receive", "exceptions", "write"} {
		r.atLeast("errors."+kind, "count", 0)
	}
	if lost := r.value("errors.connect") + r.value("errors.receive") + r.value("errors.exceptions"); lost > 0 {
		t.failure(r.line, "ab counts %v failures to connect or to receive: the error rate, of status codes, does not have them, and their times are among the latencies", lost)
	}
	r.errorRate(r.value("errors.status"), r.value("requests"), t.report)
	r.into(t.report)
	return nil
}
