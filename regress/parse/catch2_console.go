package parse

import (
	"bytes"
	"io"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/internal/lazy"
)

// The table of the console. A long name is broken at its blanks over several
// lines; the last of them has the numbers. With --benchmark-no-analysis the mean
// is in that line, else in the next one, and the standard deviation in the third.
var (
	catch2Header = lazy.Regexp(`^benchmark name +samples +iterations +(estimated|est run time|mean)`)
	catch2First  = lazy.Regexp(`^(.*?)\s+(\d+)\s+(\d+)\s+(\S+) (ns|us|ms|s)\s*$`)
	catch2Next   = lazy.Regexp(`^\s+(\S+) (ns|us|ms|s)\s+\S+ (?:ns|us|ms|s)\s+\S+ (?:ns|us|ms|s)\s*$`)
	catch2Failed = lazy.Regexp(`^(.*?)\s*Benchmark failed \((.*)\)\s*$`)
	catch2End    = lazy.Regexp(`^(?:test cases: |All tests passed|No tests ran|No test cases matched)`)
	catch2Rule   = lazy.Regexp(`^-{20,}$`)
)

func sniffCatch2Console(head []byte) bool {
	return anyLine(head, catch2Header().Match, "benchmark name")
}

type catch2Console struct {
	warnings
	ended   bool // the summary at the end was read
	list    []catch2Benchmark
	heading []string // of the test case, between two rules
	reading bool     // a heading is being read
	header  bool     // the header of a table is being read
	table   bool     // results follow
	single  bool     // the table has the mean in its last column
	name    []string // parts of a name so far
	rest    int      // lines of the present result that are still to come
}

func parseCatch2Console(r io.Reader, o Options) (*regress.Run, error) {
	c := catch2Console{warnings: warnings{file: o.File}}
	if err := eachLine(r, o.File, c.line); err != nil {
		return nil, err
	}
	if c.rest > 0 {
		last := c.list[len(c.list)-1]
		return nil, lineError(o.File, last.line, "the result of %.200q is not whole: the program was killed, or the file is cut off", last.name)
	}
	if !c.ended {
		c.failure(0, "there is no summary at the end: the program was killed, or the file is cut off")
	}
	return catch2Run(c.list, c.warnings)
}

func (c *catch2Console) line(l *lines) error {
	text := bytes.TrimRight(l.text, " ")
	switch m := catch2Header().FindSubmatch(text); {
	case m != nil:
		c.header, c.table, c.single, c.name = true, false, string(m[1]) == "mean", nil
	case catch2Rule().Match(text):
		switch {
		case c.header:
			c.header, c.table = false, true
		case c.reading:
			c.reading = false
		default:
			c.reading, c.table, c.heading = true, false, nil
		}
	case catch2End().Match(text):
		c.ended = true
	case bytes.HasSuffix(text, []byte(": FAILED:")):
		c.failure(l.number, "the test case %.200q failed: its benchmarks may be missing", strings.Join(c.heading, "/"))
	case c.reading:
		c.heading = append(c.heading, strings.TrimSpace(string(text)))
	case len(text) == 0:
		c.name = nil
	case c.table:
		return c.row(l, string(text))
	}
	return nil
}

func (c *catch2Console) row(l *lines, text string) error {
	if c.rest > 0 {
		m := catch2Next().FindStringSubmatch(text)
		if m == nil {
			return lineError(c.file, l.number, "not three times, or cut off: %.80q", text)
		}
		b := &c.list[len(c.list)-1]
		if c.rest--; c.rest == 1 {
			return c.time(l, &b.mean, m[1], m[2])
		}
		b.spread = true
		return c.time(l, &b.stdDev, m[1], m[2])
	}
	b := catch2Benchmark{line: l.number, test: strings.Join(c.heading, "/")}
	if m := catch2First().FindStringSubmatch(text); m != nil {
		b.name = c.whole(m[1])
		if c.single {
			if err := c.time(l, &b.mean, m[4], m[5]); err != nil {
				return err
			}
		} else {
			c.rest = 2
		}
		c.list = append(c.list, b)
	} else if m := catch2Failed().FindStringSubmatch(text); m != nil {
		b.name, b.failure = c.whole(m[1]), m[2]
		c.list = append(c.list, b)
	} else {
		c.name = append(c.name, strings.TrimSpace(text))
	}
	return nil
}

// whole returns the name with the parts of it that stood in the lines before.
func (c *catch2Console) whole(last string) string {
	name := strings.TrimSpace(strings.Join(append(c.name, strings.TrimSpace(last)), " "))
	c.name = nil
	return name
}

func (c *catch2Console) time(l *lines, to *float64, number, unit string) error {
	v, ok := parseNumber([]byte(number), 0)
	if !ok {
		return lineError(c.file, l.number, "not a number: %.40q", number)
	}
	*to, _ = seconds(v, unit)
	return nil
}
