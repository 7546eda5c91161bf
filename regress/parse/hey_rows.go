package parse

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/org/regress-gate/regress"
)

// heyRows reads the CSV, one row for each response. Attempts without an answer
// have no row. A header begins a run.
type heyRows struct {
	*report
	current *heyTable
}

type heyTable struct {
	figures
	columns, status, offset int // their number; where these two stand, -1 where they do not
	latency                 tally
	failed                  int64
	window                  float64 // when the last response came, in seconds from the beginning
}

func (t *heyRows) line(l *lines) error {
	if isHeyHeader(l.text) {
		if err := t.end(); err != nil {
			return err
		}
		t.current = &heyTable{figures: figures{line: l.number}, columns: bytes.Count(l.text, comma) + 1, status: -1, offset: -1}
		for i, name := range bytes.Split(l.text, comma) {
			switch string(bytes.TrimSpace(name)) {
			case "status-code":
				t.current.status = i
			case "offset":
				t.current.offset = i
			}
		}
		if t.current.status < 0 {
			t.failure(l.number, "this hey wrote no status codes: a response that is an error looks like any other")
		}
		return nil
	}
	if isBlank(l.text) {
		return nil
	}
	if err := t.current.row(l); err != nil {
		return lineError(t.file, l.number, "%w", err)
	}
	return nil
}

var comma = []byte{','}

func (t *heyTable) row(l *lines) error {
	if n := bytes.Count(l.text, comma) + 1; n != t.columns {
		return t.bad(l, fmt.Sprintf("%d columns, where the header has %d", n, t.columns))
	}
	if l.cut && bytes.IndexByte(l.text[max(len(l.text)-5, 0):], '.') != 0 {
		return t.bad(l, "the last number does not have its four decimals")
	}
	var latency, offset float64
	rest := l.text
	for i := range t.columns {
		var field []byte
		field, rest, _ = bytes.Cut(rest, comma)
		if i != 0 && i != t.status && i != t.offset {
			continue
		}
		value, ok := parseNumber(bytes.TrimSpace(field), 0)
		if !ok {
			return t.bad(l, fmt.Sprintf("%.40q is not a number", field))
		}
		switch i {
		case 0:
			latency = value
		case t.status:
			if value < 200 || value >= 400 {
				t.failed++
			}
		case t.offset:
			offset = value
		}
	}
	if !t.latency.add(latency) {
		return t.bad(l, fmt.Sprintf("a response time of %v s cannot be", latency))
	}
	t.window = max(t.window, offset+latency)
	return nil
}

// bad says what is wrong with a row, and why where that is known.
func (t *heyTable) bad(l *lines, problem string) error {
	if l.cut {
		return fmt.Errorf("the file is cut off within its last row: %s", problem)
	}
	return errors.New("not a row of hey: " + problem)
}

func (t *heyRows) finish() (*regress.Run, error) {
	if err := t.end(); err != nil {
		return nil, err
	}
	return t.run(), nil
}

// end takes over the run of the rows before.
func (t *heyRows) end() error {
	r := t.current
	if r == nil {
		return nil
	}
	count := float64(r.latency.count)
	if count == 0 {
		return lineError(t.file, r.line, "not one request was answered: there is no row")
	}
	r.latencies(&r.latency)
	r.list = append(r.list, figure{"requests", "count", count})
	if r.status >= 0 {
		r.list = append(r.list, figure{"errors.status", "count", float64(r.failed)})
		r.errorRate(float64(r.failed), count, t.report)
	}
	if r.window > 0 && r.offset >= 0 {
		r.list = append(r.list, figure{"window", "s", r.window}, figure{"throughput_est", "req/s", count / r.window})
	}
	r.into(t.report)
	return nil
}
