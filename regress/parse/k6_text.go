package parse

import (
	"bytes"
	"fmt"
	"io"
	"strings"

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
	}, "...", "scenarios: (")
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
