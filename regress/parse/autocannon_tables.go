package parse

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/internal/lazy"
	"github.com/org/regress-gate/regress/unit"
)

// autocannonTables reads any number of runs, one after the other. Each has a
// table of latencies and one of rates, and behind them lines such as
//
//	6660 2xx responses, 60 non 2xx responses
//	7k requests in 4.01s, 9.68 MB read
//	23k errors (0 timeouts)
//
// of which only the second is always there. It counts what was sent.
type autocannonTables struct {
	*report
	targets
	benchmark string
	current   *autocannonRun
}

type autocannonRun struct {
	figures
	columns              []string // of the table that is being read
	rates                []string // cells of the row Req/Sec, in the order of rateColumns
	rateColumns          []string
	ok, non2xx, failed   float64
	sent                 float64 // rounded to thousands
	statuses, terminated bool    // the line of statuses, and the last one, were read
}

var (
	autocannonTimes = scales{"ms": {1, -3}}
	autocannonBytes = scales{"B": {1, 0}, "kB": {1, 3}, "MB": {1, 6}, "GB": {1, 9}, "TB": {1, 12}, "PB": {1, 15}}
	autocannonCount = scales{"": {1, 0}, "k": {1, 3}}

	autocannonConnections = lazy.Regexp(`^\d+ connections( with \d+ pipelining factor)?$`)
	autocannonStatuses    = lazy.Regexp(`^(\d+) 2xx responses, (\d+) non 2xx responses$`)
	autocannonEnd         = lazy.Regexp(`^(\d+k?) requests in ([\d.]+)s, .* read$`)
	autocannonFailures    = lazy.Regexp(`^(\d+k?) errors \((\d+k?) timeouts\)$`)
	autocannonMismatches  = lazy.Regexp(`^(\d+k?) requests with mismatched body$`)
)

// sniffAutocannonTables accepts the row of rates, or the two lines before the
// tables. Wrk has the first of them too.
func sniffAutocannonTables(head []byte) bool {
	begun := false
	return anyLine(head, func(line []byte) bool {
		if begun && autocannonConnections().Match(line) {
			return true
		}
		_, begun = wrkTarget(string(line))
		cells := autocannonCells(string(line))
		return len(cells) > 1 && (cells[0] == "Req/Sec" || cells[0] == "Stat" && slices.Contains(cells, "97.5%"))
	}, "│", "connections")
}

// autocannonCells splits a row of a table, nil for other lines.
func autocannonCells(line string) []string {
	line = strings.TrimSpace(line)
	inner, opened := strings.CutPrefix(line, "│")
	inner, closed := strings.CutSuffix(inner, "│")
	if !opened || !closed {
		return nil
	}
	cells := strings.Split(inner, "│")
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	return cells
}

func parseAutocannonTables(r io.Reader, o Options) (*regress.Run, error) {
	p := autocannonTables{report: newReport(o.File), targets: targets{}}
	if err := eachLine(r, o.File, p.line); err != nil {
		return nil, err
	}
	if err := p.close(); err != nil {
		return nil, err
	}
	if len(p.series) == 0 {
		return nil, fmt.Errorf("%s: no tables of autocannon: it was stopped", o.File)
	}
	return p.run(), nil
}

func (p *autocannonTables) line(l *lines) (err error) {
	text := string(l.text)
	text = text[strings.LastIndexByte(text, '\r')+1:] // what the progress bar has overwritten
	cells := autocannonCells(text)
	switch target, begins := wrkTarget(text); {
	case begins:
		if err := p.close(); err != nil {
			return err
		}
		p.benchmark, err = p.name(target)
	case len(cells) > 1:
		if p.current == nil || p.current.terminated {
			if err := p.close(); err != nil {
				return err
			}
			p.current = &autocannonRun{figures: figures{benchmark: p.benchmark, line: l.number}}
		}
		err = p.current.row(cells)
	case p.current != nil:
		err = p.current.summary(strings.TrimSpace(text), l.cut)
	}
	if err != nil {
		return lineError(p.file, l.number, "%w", err)
	}
	return nil
}

// row reads a row of a table. The first of each names the columns.
func (r *autocannonRun) row(cells []string) error {
	switch cells[0] {
	case "Stat", "Percentile", "Code":
		r.columns = cells
		return nil
	case "Latency":
		return r.latencyRow(cells)
	case "Req/Sec":
		r.rates, r.rateColumns = cells[1:], r.columns[min(1, len(r.columns)):]
	case "Bytes/Sec":
		for i, name := range r.columns {
			if name == "Avg" && i < len(cells) {
				return r.scaled("transfer_rate", "B/s", strings.ReplaceAll(cells[i], " ", ""), autocannonBytes)
			}
		}
	default:
		if len(r.columns) > 0 && r.columns[0] == "Percentile" && autocannonQuantile(cells[0]) && !r.has("latency.p"+cells[0]) {
			return r.scaled("latency.p"+cells[0], "s", cells[1]+"ms", autocannonTimes)
		}
	}
	return nil
}

func (r *autocannonRun) latencyRow(cells []string) error {
	names := map[string]string{"Avg": "latency.mean", "Stdev": "latency.stdev", "Max": "latency.max"}
	for i := 1; i < min(len(cells), len(r.columns)); i++ {
		metric := names[r.columns[i]]
		if p, found := strings.CutSuffix(r.columns[i], "%"); found {
			metric = "latency.p" + p
		}
		if metric == "" {
			continue
		}
		if err := r.scaled(metric, "s", strings.ReplaceAll(cells[i], " ", ""), autocannonTimes); err != nil {
			return err
		}
	}
	return nil
}

// summary reads the lines behind the tables. Cut tells that the file ends in this
// one.
func (r *autocannonRun) summary(text string, cut bool) (err error) {
	if m := autocannonStatuses().FindStringSubmatch(text); m != nil {
		r.statuses = true
		r.ok, _ = autocannonCount.parse(m[1]) // digits, as the expression says
		r.non2xx, _ = autocannonCount.parse(m[2])
	} else if m := autocannonEnd().FindStringSubmatch(text); m != nil {
		r.terminated = true
		r.sent, _ = autocannonCount.parse(m[1])
		return r.scaled("duration", "s", m[2], plain)
	} else if m := autocannonFailures().FindStringSubmatch(text); m != nil {
		r.failed, _ = autocannonCount.parse(m[1])
		return r.scaled("errors.timeout", "count", m[2], autocannonCount)
	} else if m := autocannonMismatches().FindStringSubmatch(text); m != nil {
		return r.scaled("errors.mismatch", "count", m[1], autocannonCount)
	} else if cut && r.terminated && text != "" {
		return errors.New("the file is cut off within its last line")
	}
	return nil
}

func (p *autocannonTables) close() error {
	r := p.current
	p.current = nil
	switch {
	case r == nil:
		return nil
	case !r.terminated || !r.has("latency.max") || len(r.rates) == 0:
		return lineError(p.file, r.line, "the run that begins here has no last line \"… requests in …\": autocannon was stopped, or the file is cut off")
	}
	if err := r.finish(p.report); err != nil {
		return lineError(p.file, r.line, "%w", err)
	}
	r.into(p.report)
	// The direction of the whole row is that of the throughput.
	for i := range p.series {
		if s := &p.series[i]; strings.HasPrefix(s.Metric, "throughput.") {
			s.Direction = unit.Higher
		}
	}
	return nil
}

func (r *autocannonRun) finish(report *report) error {
	values, err := localNumbers(r.rates, func(values []float64) float64 {
		return r.rate("Avg", values) * r.value("duration") / r.sent
	})
	if err != nil {
		return err
	}
	for _, m := range []struct{ column, metric string }{{"Avg", "throughput"}, {"Stdev", "throughput.stdev"}, {"Min", "throughput.min"}} {
		r.atLeast(m.metric, "req/s", r.rate(m.column, values))
	}
	answered := r.ok + r.non2xx
	if !r.statuses { // all answers are 2xx, and only what was sent is said
		answered = r.rate("Avg", values) * r.value("duration")
	}
	r.atLeast("errors.timeout", "count", 0) // the lines are absent where all is 0
	r.atLeast("errors.mismatch", "count", 0)
	return r.autocannonErrors(answered, r.non2xx, r.failed, report)
}

// rate returns the value in the column of the row of rates, NaN where there is none.
func (r *autocannonRun) rate(column string, values []float64) float64 {
	if i := slices.Index(r.rateColumns, column); i >= 0 && i < len(values) {
		return values[i]
	}
	return nan
}
