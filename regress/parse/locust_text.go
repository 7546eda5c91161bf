package parse

import (
	"fmt"
	"io"
	"strings"

	"github.com/org/regress-gate/regress"
)

// sniffLocustText accepts the head of the table of requests.
func sniffLocustText(head []byte) bool {
	return anyLine(head, func(line []byte) bool {
		columns, _ := locustTable(string(line))
		return len(columns) > 0 && columns[0] == "# reqs" && columns[1] == "# fails"
	}, "# reqs")
}

// locustTable returns the columns with numbers in the head of a table, and whether
// the method has a column of its own.
func locustTable(line string) (columns []string, typed bool) {
	f := strings.Fields(strings.NewReplacer("|", " ", "# reqs", "#reqs", "# fails", "#fails").Replace(line))
	if len(f) > 0 && f[0] == "Type" {
		typed, f = true, f[1:]
	}
	if len(f) < 4 || f[0] != "Name" {
		return nil, false
	}
	for _, name := range f[1:] {
		switch name {
		case "#reqs":
			name = "# reqs"
		case "#fails":
			name = "# fails"
		case "Median":
			name = "Med"
		case "Avg", "Min", "Max", "Med", "req/s", "failures/s":
		default:
			if !strings.HasSuffix(name, "%") {
				return nil, false
			}
		}
		columns = append(columns, name)
	}
	return columns, typed
}

// parseLocustText reads the tables at the end of a run: that of the requests and
// that of the percentiles. Tables of requests before it are of the time until then.
func parseLocustText(r io.Reader, o Options) (*regress.Run, error) {
	t := locustText{report: newReport(o.File)}
	err := eachLine(r, o.File, func(l *lines) error {
		if err := t.line(string(l.text), l); err != nil {
			return lineError(o.File, l.number, "%w", err)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if n := len(t.current); !ended(t.current) && (n == 0 || t.current[n-1].requests > 0) {
		return nil, fmt.Errorf("%s: no table of requests with one of percentiles behind it: Locust did not come to its end", o.File)
	}
	return locustRun(t.report, t.current)
}

type locustText struct {
	*report
	columns []string // of the table that the line is in
	typed   bool
	rows    []*locustEntry // of the table that the line is in
	current []*locustEntry // of the latest whole table of requests
}

func (t *locustText) line(line string, l *lines) error {
	if columns, typed := locustTable(line); columns != nil {
		t.columns, t.typed, t.rows = columns, typed, nil
		return nil
	}
	f := strings.Fields(strings.ReplaceAll(line, "|", " "))
	if len(f) == 0 {
		t.columns = nil
	}
	n := len(t.columns)
	if n == 0 || len(f) <= n || strings.HasPrefix(f[0], "--") {
		return nil
	}
	if l.cut {
		return fmt.Errorf("the file is cut off within a table")
	}
	words, cells := f[:len(f)-n], f[len(f)-n:]
	name := strings.Join(words, " ")
	if last := words[len(words)-1]; len(words) == 1 || words[0] == "None" {
		name = locustName("", last)
	}
	e := &locustEntry{figures: figures{line: l.number, benchmark: name}}
	requests := t.columns[0] == "# reqs" && t.columns[1] == "# fails"
	if !requests {
		for _, known := range t.current {
			if known.benchmark == name {
				e = known
			}
		}
	}
	for i, column := range t.columns {
		if err := e.cell(column, cells[i]); err != nil {
			return err
		}
	}
	if requests {
		t.rows = append(t.rows, e)
		if name == "" {
			return t.whole()
		}
	}
	return nil
}

// whole takes over a table of requests, of which the last row is the whole run.
// Where percentiles stand between it and the one before, that was of a run before.
func (t *locustText) whole() error {
	before := t.current
	t.current = t.rows
	if ended(before) {
		return locustInto(t.report, before)
	}
	return nil
}

// ended tells whether the whole run has percentiles.
func ended(entries []*locustEntry) bool {
	for _, e := range entries {
		if e.benchmark == "" {
			return e.has("latency.p95") || e.has("latency.p99")
		}
	}
	return false
}

func (e *locustEntry) cell(column, text string) error {
	var counted figures
	switch column {
	case "# reqs":
		err := counted.count(column, text)
		e.requests = counted.value(column)
		return err
	case "# fails": // 7(1.41%)
		text, _, _ = strings.Cut(text, "(")
		err := counted.count(column, text)
		e.failures = counted.value(column)
		return err
	case "Avg":
		return e.stat("latency.mean", text)
	case "Min":
		return e.stat("latency.min", text)
	case "Max":
		return e.stat("latency.max", text)
	case "Med":
		return e.stat("latency.p50", text)
	case "req/s":
		return e.scaled("throughput", "req/s", text, plain)
	case "failures/s":
		return nil
	}
	return e.percentile(column, text)
}
