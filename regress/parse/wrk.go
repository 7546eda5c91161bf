package parse

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/org/regress-gate/regress"
)

var wrkFormat = Format{
	Name:    "wrk",
	Doc:     "text of wrk and wrk2, with or without --latency",
	Example: "wrk -t2 -c10 -d30s --latency http://127.0.0.1:8080/users > wrk.txt",
	Metrics: "latency.mean, .stdev, .max, .p50, .p75, .p90, .p99 (with --latency; wrk2 more), throughput, transfer_rate, requests, duration, bytes_read, error_rate, errors.status, .connect, .read, .write, .timeout",
	Sniff:   sniffWrk,
	Parse:   parseWrk,
}

// wrkTimes and wrkBytes are the units that wrk and h2load scale to. Both write
// binary multiples under decimal names.
var (
	wrkTimes = scales{"us": {1, -6}, "ms": {1, -3}, "s": {1, 0}, "m": {60, 0}, "h": {3600, 0}}
	wrkBytes = scales{"B": {1, 0}, "KB": {1 << 10, 0}, "MB": {1 << 20, 0}, "GB": {1 << 30, 0}, "TB": {1 << 40, 0}, "PB": {1 << 50, 0}}
)

// parseWrk reads any number of runs, one after the other. What stands behind
// the last line of a run, such as the output of a Lua script, is not wrk's.
func parseWrk(r io.Reader, o Options) (*regress.Run, error) {
	p := wrkParser{report: newReport(o.File), targets: map[string]string{}}
	if err := eachLine(r, o.File, p.line); err != nil {
		return nil, err
	}
	if err := p.end(); err != nil {
		return nil, err
	}
	if !p.any {
		return nil, fmt.Errorf("%s: no run of wrk (a line \"Running … test @ …\" begins one)", o.File)
	}
	return p.run(), nil
}

type wrkParser struct {
	*report
	targets targets
	current *wrkRun // nil outside of a run
	any     bool    // a run has begun
}

// wrkRun is what is known of one run until its last line, Transfer/sec.
type wrkRun struct {
	figures
	section string // "latency", "spectrum" or "" where nothing is taken
}

func (p *wrkParser) line(l *lines) error {
	text := string(bytes.TrimSpace(l.text))
	if target, found := wrkTarget(text); found {
		if err := p.end(); err != nil {
			return err
		}
		p.any = true
		benchmark, err := p.targets.name(target)
		if err != nil {
			return lineError(p.file, l.number, "%w", err)
		}
		p.current = &wrkRun{figures: figures{benchmark: benchmark, line: l.number}}
		return nil
	}
	if !p.any && strings.HasPrefix(text, wrkRefused) {
		return lineError(p.file, l.number, "wrk measured nothing: %.200q", text)
	}
	if p.current == nil {
		return nil
	}
	if err := p.current.result(text); err != nil {
		return lineError(p.file, l.number, "%w", err)
	}
	if !p.current.has("transfer_rate") {
		return nil
	}
	return p.close()
}

const wrkRefused = "unable to connect to "

// wrkTarget returns the URL of the line that begins a run.
func wrkTarget(line string) (target string, found bool) {
	rest, found := strings.CutPrefix(line, "Running ")
	if !found {
		return "", false
	}
	_, target, found = strings.Cut(rest, " test @ ")
	return target, found
}

// sniffWrk accepts the two lines that begin a run. Autocannon has the first of
// them too.
func sniffWrk(head []byte) bool {
	begun := false
	return bytes.HasPrefix(bytes.TrimSpace(head), []byte(wrkRefused)) || anyLine(head, func(line []byte) bool {
		if begun && isWrkThreads(string(line)) {
			return true
		}
		_, begun = wrkTarget(string(line))
		return false
	}, "threads and")
}

func isWrkThreads(line string) bool {
	f := strings.Fields(line)
	return len(f) == 5 && f[1] == "threads" && f[2] == "and" && f[4] == "connections"
}
