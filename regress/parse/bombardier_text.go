package parse

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/org/regress-gate/regress"
)

// bombardierTimes and bombardierBytes are the units that bombardier scales to, the
// next one from 0.85 of it on. It writes binary multiples under decimal names.
var (
	bombardierTimes = scales{"us": {1, -6}, "ms": {1, -3}, "s": {1, 0}, "m": {60, 0}, "h": {3600, 0}}
	bombardierBytes = scales{"": {1, 0}, "KB": {1 << 10, 0}, "MB": {1 << 20, 0}, "GB": {1 << 30, 0}, "TB": {1 << 40, 0}, "PB": {1 << 50, 0}}
)

// bombardierText reads any number of runs, one after the other: a table that
// begins with Statistics and ends with Throughput, and before it the target and a
// progress bar, unless -p leaves them out.
type bombardierText struct {
	*report
	targets
	benchmark string
	current   *bombardierRun // nil outside of a table
	any       bool           // a table has begun
}

type bombardierRun struct {
	figures
	codes  bombardierCodes
	errors bool // what follows are messages, which may be anything
}

// bombardierTarget returns the URL of the line that begins a run, "" of others.
func bombardierTarget(line string) string {
	rest, found := strings.CutPrefix(line, "Bombarding ")
	if f := strings.Fields(rest); found && len(f) > 2 && strings.HasSuffix(line, " connection(s)") {
		return f[0]
	}
	return ""
}

func isBombardierTable(line string) bool {
	return slices.Equal(strings.Fields(line), []string{"Statistics", "Avg", "Stdev", "Max"})
}

func sniffBombardierText(head []byte) bool {
	return !sniffBombardierLog(head) && anyLine(head, func(line []byte) bool {
		return bombardierTarget(string(line)) != "" || isBombardierTable(string(line))
	}, "Bombarding ", "Statistics")
}

func parseBombardierText(r io.Reader, o Options) (*regress.Run, error) {
	p := bombardierText{report: newReport(o.File), targets: targets{}}
	if err := eachLine(r, o.File, p.line); err != nil {
		return nil, err
	}
	switch {
	case p.current != nil:
		return nil, lineError(o.File, p.current.line, "this table of bombardier has no line Throughput: the file is cut off")
	case !p.any:
		return nil, fmt.Errorf("%s: no table of bombardier (a line \"Statistics … Avg\" begins it): it was stopped, or -p leaves the result out", o.File)
	}
	return p.run(), nil
}

func (p *bombardierText) line(l *lines) (err error) {
	text := string(l.text)
	text = text[strings.LastIndexByte(text, '\r')+1:] // what the progress bar has overwritten
	switch target := bombardierTarget(text); {
	case target != "":
		p.benchmark, err = p.name(target)
	case isBombardierTable(text):
		if p.current != nil {
			return lineError(p.file, p.current.line, "this table of bombardier has no line Throughput: the file is damaged")
		}
		p.current, p.any = &bombardierRun{figures: figures{benchmark: p.benchmark, line: l.number}}, true
	case p.current != nil:
		err = p.row(text)
	}
	if err != nil {
		return lineError(p.file, l.number, "%w", err)
	}
	return nil
}

func (p *bombardierText) row(text string) error {
	r, f := p.current, strings.Fields(text)
	switch {
	case strings.HasPrefix(text, "  Throughput:") && len(f) == 2 && strings.HasSuffix(f[1], "/s"):
		if err := r.scaled("transfer_rate", "B/s", strings.TrimSuffix(f[1], "/s"), bombardierBytes); err != nil {
			return err
		}
		return p.close()
	case r.errors:
	case strings.HasPrefix(text, "  Errors:"):
		r.errors = true
	case len(f) == 4 && f[0] == "Reqs/sec":
		return r.row([]string{"throughput", "throughput.stdev", "throughput.max"}, "req/s", f[1:], plain)
	case len(f) == 4 && f[0] == "Latency":
		return r.row([]string{"latency.mean", "latency.stdev", "latency.max"}, "s", f[1:], bombardierTimes)
	case len(f) == 2 && strings.HasSuffix(f[0], "%"):
		return r.scaled("latency.p"+strings.TrimSuffix(f[0], "%"), "s", f[1], bombardierTimes)
	case len(f) == 15 && f[0] == "1xx", len(f) == 3 && f[0] == "others":
		return r.counts(f)
	}
	return nil
}

func (p *bombardierText) close() error {
	r := p.current
	p.current = nil
	if err := r.codes.into(&r.figures, p.report); err != nil {
		return err
	}
	if !r.has("latency.max") {
		return fmt.Errorf("bombardier recorded no latency in the table that begins in line %d", r.line)
	}
	r.into(p.report)
	return nil
}

// counts reads "1xx - 0, 2xx - 2000, …" and "others - 0".
func (r *bombardierRun) counts(f []string) error {
	c := &r.codes
	kinds := map[string]*float64{"1xx": &c.Req1xx, "2xx": &c.Req2xx, "3xx": &c.Req3xx, "4xx": &c.Req4xx, "5xx": &c.Req5xx, "others": &c.Others}
	for ; len(f) >= 3; f = f[3:] {
		n, err := strconv.ParseUint(strings.TrimSuffix(f[2], ","), 10, 64)
		if err != nil || kinds[f[0]] == nil {
			return fmt.Errorf("not a number of answers: %.60q", f[:3])
		}
		*kinds[f[0]] = float64(n)
	}
	return nil
}
