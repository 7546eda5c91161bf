package parse

import (
	"fmt"
	"io"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/internal/lazy"
	"github.com/org/regress-gate/regress/unit"
)

// The table at the end of JMH's output: parameters have columns of their own, and
// a row without several iterations has neither their number nor an error.
var (
	jmhHeader = lazy.Regexp(`^Benchmark\s+((?:\(\S+\)\s+)*)Mode\s+(?:Cnt|Samples)\s+Score\s+(?:Score )?[Ee]rror\s+Units\s*$`)
	jmhRow    = lazy.Regexp(`^(\S+)((?:\s+\S+)*?)\s+(thrpt|avgt|sample|ss)\s+(?:(\d+)\s+)?(≈ )?(\S+)(?:\s+(?:±|\?|\+-)\s+(\S+))?\s+(\S+)\s*$`)

	jmhPercentileName = lazy.Regexp(`^p([01]\.[0-9]+)$`)
)

func sniffJMHText(head []byte) bool { return anyLine(head, jmhHeader().Match, "Mode") }

// parseJMHText reads the table, which has one score of each benchmark.
func parseJMHText(r io.Reader, o Options) (*regress.Run, error) {
	c := newCollector(o.File)
	var columns []string
	inside := false
	err := eachLine(r, o.File, func(l *lines) error {
		line := string(l.text)
		if m := jmhHeader().FindStringSubmatch(line); m != nil {
			inside, columns = true, strings.Fields(m[1])
			return nil
		}
		if !inside {
			return nil
		}
		if strings.TrimSpace(line) == "" {
			inside = false
			return nil
		}
		m := jmhRow().FindStringSubmatch(line)
		if m == nil {
			return lineError(o.File, l.number, "not a row of JMH's table, or cut off: %.80q", line)
		}
		values := strings.Fields(m[2])
		if len(values) != len(columns) {
			return lineError(o.File, l.number, "%d values of %d parameters: use -rf json where a value has blanks", len(values), len(columns))
		}
		if m[5] != "" { // ≈ 10⁻³, ≈ 0
			c.remark(l.number, "the score of %.200q is an order of magnitude, and is left out: use -rf json", m[1])
			return nil
		}
		if err := c.jmhRow(m, columns, values); err != nil {
			return lineError(o.File, l.number, "%w", err)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return c.finish("there is no row in JMH's table")
}

func (c *collector) jmhRow(m, columns, values []string) error {
	var list []string
	for i, column := range columns {
		if values[i] != "N/A" {
			list = append(list, strings.Trim(column, "()")+"="+values[i])
		}
	}
	return c.jmhScore(m[1], parameters(list), m[3], m[6], m[8])
}

// jmhScore takes the score of a benchmark, of a percentile of it or of a profiler:
// B.call, B.call:call·p0.99, B.call:·gc.alloc.rate.norm; new versions have no dots.
func (c *collector) jmhScore(label, parameters, mode, score, printed string) error {
	v, ok := parseNumber([]byte(score), 0)
	if !ok {
		return fmt.Errorf("%.40q is not a number (JMH writes the decimal point of the locale: use -rf json)", score)
	}
	name, part, _ := strings.Cut(label, ":")
	mt := metric{mode, printed, jmhDirection(mode)}
	method := name[strings.LastIndexByte(name, '.')+1:]
	part = strings.TrimPrefix(strings.TrimPrefix(part, method+"\u00b7"), "\u00b7")
	if p := jmhPercentileName().FindStringSubmatch(part); p != nil {
		share, _ := parseNumber([]byte(p[1]), 2)
		if share == 0 || share == 100 {
			return nil // the extremes
		}
		mt = metric{fmt.Sprintf("%s.p%v", mode, share), printed, unit.Lower}
	} else if part != "" {
		mt = jmhProfile(part, printed)
	}
	c.take(name+parameters, mt, v)
	return nil
}
