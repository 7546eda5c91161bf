package parse

import (
	"bytes"
	"fmt"
	"strconv"

	"github.com/org/regress-gate/regress"
)

// abPercentiles reads -e: the times of 0 to 100 percent, in that order. A header
// begins a run.
type abPercentiles struct {
	*report
	current *figures // nil before the first header
	next    int      // the percentage that comes next
	comma   bool     // the numbers have decimal commas, and semicolons between them
	latest  float64
	falls   bool // a time is shorter than the one before
}

// abKept are the percentages that are metrics.
var abKept = map[int]string{
	0: "latency.min", 50: "latency.p50", 75: "latency.p75", 90: "latency.p90", 95: "latency.p95", 99: "latency.p99", 100: "latency.max",
}

func (t *abPercentiles) line(l *lines) error {
	if isABPercentiles(l.text) {
		if err := t.end(); err != nil {
			return err
		}
		*t = abPercentiles{report: t.report, current: &figures{line: l.number}, comma: bytes.Contains(l.text, []byte(";"))}
		return nil
	}
	if isBlank(l.text) {
		return nil
	}
	text := l.text
	if t.comma {
		text = bytes.ReplaceAll(bytes.ReplaceAll(text, comma, []byte(".")), []byte(";"), comma)
	}
	percent, time, _ := bytes.Cut(text, comma)
	value, ok := parseNumber(time, -3)
	if !ok || string(percent) != strconv.Itoa(t.next) || t.next > 100 {
		return lineError(t.file, l.number, "not the time of %d percent: %.60q", t.next, l.text)
	}
	if l.cut && (len(time) < 4 || time[len(time)-4] != '.') {
		return lineError(t.file, l.number, "the file is cut off within its last row: %.60q", l.text)
	}
	t.falls = t.falls || value < t.latest
	t.latest = value
	if metric := abKept[t.next]; metric != "" {
		if err := t.current.set(metric, "s", value); err != nil {
			return lineError(t.file, l.number, "%w", err)
		}
	}
	t.next++
	return nil
}

func (t *abPercentiles) finish() (*regress.Run, error) {
	if err := t.end(); err != nil {
		return nil, err
	}
	return t.run(), nil
}

func (t *abPercentiles) end() error {
	switch {
	case t.current == nil:
		return nil
	case t.next <= 100:
		return lineError(t.file, t.current.line, "the row of %d percent is missing: the file is cut off", t.next)
	case t.current.value("latency.max") == 0:
		return lineError(t.file, t.current.line, "all times are 0: ab measured nothing")
	case t.falls:
		t.failure(t.current.line, "the times do not rise with the percentage: of few requests ab prints what stands behind its table")
	}
	t.current.into(t.report)
	return nil
}

// abRows reads -g: a row for each request, in whole milliseconds, without its
// status. A header begins a run.
type abRows struct {
	*report
	current *abTable
}

type abTable struct {
	figures
	latency tally
}

func (t *abRows) line(l *lines) error {
	if isABRows(l.text) {
		if err := t.end(); err != nil {
			return err
		}
		t.current = &abTable{figures: figures{line: l.number}}
		return nil
	}
	if isBlank(l.text) {
		return nil
	}
	fields := bytes.Split(l.text, []byte("\t"))
	if l.cut || len(fields) != 6 {
		return lineError(t.file, l.number, "not a whole row of ab -g, which has six columns and an end of line: %.100q", l.text)
	}
	ms, err := wholeNumber(string(fields[4]))
	if err == nil && !t.current.latency.add(float64(ms)/1e3) {
		err = fmt.Errorf("a time of %d ms cannot be", ms)
	}
	if err != nil {
		return lineError(t.file, l.number, "%w", err)
	}
	return nil
}

func (t *abRows) finish() (*regress.Run, error) {
	if err := t.end(); err != nil {
		return nil, err
	}
	return t.run(), nil
}

func (t *abRows) end() error {
	r := t.current
	if r == nil {
		return nil
	}
	if r.latency.count == 0 {
		return lineError(t.file, r.line, "not one request was answered: there is no row")
	}
	r.latencies(&r.latency)
	r.list = append(r.list, figure{"requests", "count", float64(r.latency.count)})
	r.into(t.report)
	return nil
}
