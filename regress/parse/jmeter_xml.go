package parse

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"html"
	"io"
	"time"

	"github.com/org/regress-gate/regress"
)

// sniffJMeterXML accepts the root element, behind declaration and comments.
func sniffJMeterXML(head []byte) bool {
	for _, mark := range [][2]string{{"<?xml", "?>"}, {"<!--", "-->"}} {
		head = bytes.TrimLeft(head, " \t\r\n")
		if bytes.HasPrefix(head, []byte(mark[0])) {
			_, head, _ = bytes.Cut(head, []byte(mark[1]))
		}
	}
	return bytes.HasPrefix(bytes.TrimLeft(head, " \t\r\n"), []byte("<testResults"))
}

// parseJMeterXML reads the results. Samples within a sample, such as redirects
// and the requests of a transaction, are parts of it and no samples of their own:
// JMeter's own reports count so too.
func parseJMeterXML(r io.Reader, o Options) (*regress.Run, error) {
	x := jmeterXML{r: bufio.NewReaderSize(r, lineBuffer), line: 1}
	report := newReport(o.File)
	rows := newJMeterRows(report, 1)
	var first time.Time
	depth, roots := 0, 0
	for {
		err := x.next()
		switch {
		case errors.Is(err, io.EOF) && depth == 0 && roots > 0:
			if err := rows.finish(); err != nil {
				return nil, err
			}
			return jmeterRun(report, first), nil
		case errors.Is(err, io.EOF):
			return nil, lineError(o.File, x.line, "the file is cut off before </testResults>: JMeter was killed, or is still writing")
		case err != nil:
			return nil, lineError(o.File, x.line, "%w", readError(err))
		}
		name, end, empty := x.element()
		switch {
		case end:
			if depth--; depth < 0 {
				return nil, lineError(o.File, x.line, "</%.40s> ends nothing: the file is damaged", name)
			}
			continue
		case depth == 0 && (string(name) != "testResults" || roots > 0):
			return nil, lineError(o.File, x.line, "<%.40s> where the file should have ended: the file is damaged", name)
		case depth == 0:
			roots++
		case depth == 1 && (string(name) == "httpSample" || string(name) == "sample"):
			s, err := x.sample()
			if err == nil && !rows.add(s) {
				err = fmt.Errorf("an elapsed time of %v s cannot be", s.elapsed)
			}
			if err != nil {
				return nil, lineError(o.File, x.line, "%w", err)
			}
			if first.IsZero() && s.timed {
				first = s.begin
			}
		}
		if !empty {
			depth++
		}
	}
}

// sample reads the attributes of a sample. It is valid until the next tag.
func (x *jmeterXML) sample() (*jmeterSample, error) {
	s := &x.one
	*s = jmeterSample{elapsed: -1}
	coded, passed := false, false
	for rest := bytes.TrimLeft(x.tag, " \t\r\n"); len(rest) > 0; rest = bytes.TrimLeft(rest, " \t\r\n") {
		name, after, found := bytes.Cut(rest, []byte{'='})
		after = bytes.TrimLeft(after, " \t\r\n")
		if !found || len(after) == 0 || after[0] != '"' && after[0] != '\'' {
			return nil, fmt.Errorf("an attribute without a value in quotes: %.40q", rest)
		}
		end := bytes.IndexByte(after[1:], after[0])
		if end < 0 {
			return nil, fmt.Errorf("an attribute without an end: %.40q", rest)
		}
		value := after[1 : end+1]
		rest = after[end+2:]
		ok := true
		switch string(bytes.TrimSpace(name)) {
		case "t":
			s.elapsed, ok = parseNumber(value, -3)
		case "ts":
			s.begin, ok = jmeterTime(value)
			s.timed = ok
		case "lb":
			s.label = value
			if bytes.IndexByte(value, '&') >= 0 {
				s.label = []byte(html.UnescapeString(string(value)))
			}
		case "s":
			s.checked, s.failed = true, string(value) == "false"
			ok = s.failed || string(value) == "true"
		case "rc":
			coded, passed = true, jmeterPassed(value)
		case "by":
			s.bytes, s.sized = parseNumber(value, 0)
		case "sc":
			ok = string(value) == "1"
		}
		if !ok {
			return nil, fmt.Errorf("%s=%.40q of a sample cannot be read", name, value)
		}
	}
	if s.elapsed < 0 {
		return nil, errors.New("a sample without t, its elapsed time (jmeter.save.saveservice.time=true)")
	}
	if coded && !s.checked {
		s.checked, s.failed = true, !passed
	}
	return s, nil
}
