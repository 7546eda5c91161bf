package parse

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/org/regress-gate/regress"
)

// sniffK6Text accepts a line of the summary, and what k6 says of its scenarios
// before the test.
func sniffK6Text(head []byte) bool {
	return anyLine(head, func(line []byte) bool {
		name, _, ok := cutK6Line(string(line))
		_, own := k6Own[k6Base(name)]
		text := bytes.TrimSpace(line)
		return ok && own || bytes.HasPrefix(text, []byte("scenarios: (")) && bytes.Contains(text, []byte(" max VUs, "))
	})
}

// cutK6Line takes a line of the summary apart: name, dots, colon and values.
func cutK6Line(line string) (name, values string, ok bool) {
	i := strings.LastIndex(line, "...: ")
	if i < 0 {
		return "", "", false
	}
	name = strings.TrimSpace(strings.TrimRight(line[:i], "."))
	for _, mark := range []string{"✓ ", "✗ "} { // before v1.0: whether its thresholds hold
		name = strings.TrimSpace(strings.TrimPrefix(name, mark))
	}
	return name, strings.TrimSpace(line[i+len("...: "):]), name != "" && (name[0] == '{' || !strings.ContainsAny(name, "\t:/="))
}

// parseK6Text reads the summary that k6 prints at the end of a test, and passes
// over the log and the progress before it. Values are rounded: the JSON is better.
func parseK6Text(r io.Reader, o Options) (*regress.Run, error) {
	t := k6Text{k6Run: newK6Run(o.File)}
	if err := eachLine(r, o.File, t.line); err != nil {
		return nil, err
	}
	if t.cut() {
		return nil, fmt.Errorf("%s: the file is cut off within the summary, which ends with data_sent", o.File)
	}
	if len(t.metrics) == 0 {
		return nil, fmt.Errorf("%s: there is no summary of k6: the test did not come to its end", o.File)
	}
	return t.finish(), nil
}

// cut tells that the end of the summary of k6 from 1.0 on is missing: its last
// section is of the network, and an empty line follows each of them.
func (t *k6Text) cut() bool {
	if len(t.metrics) == 0 || t.title != k6Total {
		return false
	}
	iterated, sent := false, false
	for _, m := range t.metrics {
		iterated, sent = iterated || m.name == "iteration_duration", m.name == "data_sent"
	}
	return !sent && (t.open || iterated)
}

// k6Total is the title of the metrics of the whole run.
const k6Total = "TOTAL RESULTS"

type k6Text struct {
	*k6Run
	title     string   // of the section
	groups    []string // that the section is of, with their parents
	indents   []int    // of the titles of the groups
	base      string   // the latest metric
	threshold string   // the latest metric of which thresholds are listed
	open      bool     // a section has begun and no empty line ended it
}

func (t *k6Text) line(l *lines) error {
	line := string(l.text)
	line = line[strings.LastIndexByte(line, '\r')+1:] // what was progress
	text := strings.TrimSpace(line)
	indent := len(line) - len(strings.TrimLeft(line, " "))
	if title, found := strings.CutPrefix(text, "█ "); found {
		t.begin(title, 0)
	} else if title, found := strings.CutPrefix(text, "↳ GROUP: "); found {
		t.begin("GROUP: "+title, indent+1)
	}
	if t.title == "THRESHOLDS" {
		if expression, found := strings.CutPrefix(text, "✗ '"); found {
			expression, _, _ = strings.Cut(expression, "' ")
			t.crossed(l.number, t.threshold, expression)
		} else if strings.HasPrefix(text, "{") {
			t.threshold = k6Base(t.threshold) + text
		} else if text != "" && !strings.HasPrefix(text, "✓") {
			t.threshold = text
		}
	}
	name, values, ok := cutK6Line(line)
	if !ok {
		t.open = text != "" && (t.open || text == strings.ToUpper(text))
		return nil
	}
	if sub, found := strings.CutPrefix(name, "{ "); found {
		name = t.base + "{" + strings.TrimSuffix(sub, " }") + "}"
	} else {
		t.base = k6Base(name)
	}
	m := &k6Metric{benchmark: strings.Join(t.groups, ""), name: name, line: l.number}
	switch _, own := k6Own[k6Base(name)]; {
	case l.cut:
		return lineError(t.file, l.number, "the file is cut off within the summary: k6 was killed, or is still writing")
	case !m.read(values) && own:
		return lineError(t.file, l.number, "not values of k6: %.80q", values)
	case m.kind == "":
		return nil // a line of the script's own
	}
	if strings.Contains(line, "✗ "+k6Base(name)) || strings.Contains(line, "✗ {") {
		t.crossed(l.number, name, "(it is marked ✗)")
	}
	t.metrics, t.open = append(t.metrics, m), true
	return nil
}

// begin notes the title of a section. Groups are called as k6 calls them, ::outer::inner.
func (t *k6Text) begin(title string, indent int) {
	t.title = strings.TrimSpace(title)
	depth := 0
	for depth < len(t.indents) && t.indents[depth] < indent {
		depth++
	}
	t.groups, t.indents = t.groups[:depth], t.indents[:depth]
	if name, found := strings.CutPrefix(t.title, "GROUP: "); found {
		t.groups, t.indents = append(t.groups, "::"+name), append(t.indents, indent)
	} else if name, found := strings.CutPrefix(t.title, "SCENARIO: "); found {
		t.groups, t.indents = append(t.groups, name), append(t.indents, indent)
	}
}

// read takes the values of a line. Their form tells the type.
func (m *k6Metric) read(text string) bool {
	f := strings.Fields(text)
	if len(f) == 0 {
		return false
	}
	pairs := map[string]string{}
	var order []string
	stat := ""
	for _, word := range f {
		if name, value, found := strings.Cut(word, "="); found {
			stat = name
			pairs[stat] = value
			order = append(order, stat)
		} else {
			pairs[stat] = strings.TrimSpace(pairs[stat] + " " + word) // 1.2 kB
		}
	}
	kind := k6Trend
	plain := pairs[""]
	switch {
	case strings.Contains(f[0], "="):
	case strings.HasSuffix(f[0], "%"):
		return m.readRate(f)
	case len(order) > 0:
		kind = k6Gauge
		pairs["value"] = plain
		order = append([]string{"value"}, order...)
	default:
		return m.readCounter(f)
	}
	for _, stat := range order {
		value, unit, ok := k6Printed(pairs[stat])
		if !ok {
			return false
		}
		if m.unit == "" && stat != "count" {
			m.unit = unit
		}
		m.set(stat, value)
	}
	m.kind, m.samples = kind, -1
	if count, known := m.find("count"); known {
		m.samples = count
	}
	return true
}

// readRate reads 27.50% 11 out of 40, and 27.50% ✓ 11 ✗ 29 of k6 before v0.57.
func (m *k6Metric) readRate(f []string) bool {
	share, ok := parseNumber([]byte(strings.TrimSuffix(f[0], "%")), -2)
	var counts []float64
	for _, word := range f[1:] {
		if n, ok := parseNumber([]byte(word), 0); ok {
			counts = append(counts, n)
		}
	}
	m.samples = -1
	if len(counts) == 2 {
		m.samples = counts[1]
		if strings.Contains(strings.Join(f, " "), "✓") {
			m.samples += counts[0]
		}
		if m.samples > 0 {
			share = counts[0] / m.samples
		}
	}
	m.kind, m.unit = k6Rate, "ratio"
	m.set("rate", share)
	return ok
}

// readCounter reads 4854 1212.692598/s, and 2.8 MB 693 kB/s.
func (m *k6Metric) readCounter(f []string) bool {
	half := len(f) / 2
	rate, found := strings.CutSuffix(strings.Join(f[half:], " "), "/s")
	count, unit, ok := k6Printed(strings.Join(f[:half], " "))
	perSecond, _, rated := k6Printed(rate)
	if !found || !ok || !rated {
		return false
	}
	m.kind, m.unit, m.samples = k6Counter, unit, -1
	if unit == "1" {
		m.unit = "count"
	}
	m.set("count", count)
	m.set("rate", perSecond)
	return true
}

// k6Bytes are the decimal units in which k6 prints sizes.
var k6Bytes = map[string]int{"B": 0, "kB": 3, "MB": 6, "GB": 9, "TB": 12, "PB": 15, "EB": 18, "ZB": 21, "YB": 24}

// k6Printed reads a number (6472), a size (2.8 MB) or a time (1m30s, 513.92µs).
func k6Printed(text string) (value float64, unit string, ok bool) {
	if number, size, found := strings.Cut(text, " "); found {
		shift, known := k6Bytes[size]
		value, ok := parseNumber([]byte(number), shift)
		return value, "B", ok && known
	}
	if value, ok := parseNumber([]byte(text), 0); ok {
		return value, "1", true
	}
	d, err := time.ParseDuration(text)
	return d.Seconds(), "s", err == nil
}
