package render

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"github.com/org/regress-gate/regress"
)

// csvColumns are the columns of the table, in order. Those that benchstat's CSV
// has too carry its names and mean the same: center, half-width of its interval,
// change ("~" where none is shown) and the U test's p.
var csvColumns = [...]struct {
	name string
	of   func(c *regress.Comparison) string
}{
	{"name", func(c *regress.Comparison) string { return harmless(c.Benchmark) }},
	{"metric", func(c *regress.Comparison) string { return harmless(c.Metric) }},
	{"unit", func(c *regress.Comparison) string { return harmless(c.Unit) }},
	{"base", func(c *regress.Comparison) string { return plainFigure(c.Base.Center) }},
	{"base CI", func(c *regress.Comparison) string { return halfWidth(c.Base) }},
	{"head", func(c *regress.Comparison) string { return plainFigure(c.Head.Center) }},
	{"head CI", func(c *regress.Comparison) string { return halfWidth(c.Head) }},
	{"vs base", versus},
	{"P", func(c *regress.Comparison) string { return plainFigure(c.P) }},
	{"base n", func(c *regress.Comparison) string { return strconv.Itoa(c.Base.N) }},
	{"head n", func(c *regress.Comparison) string { return strconv.Itoa(c.Head.N) }},
	{"change", func(c *regress.Comparison) string { return plainFigure(c.Delta.Relative) }},
	{"change lo", func(c *regress.Comparison) string { return plainFigure(c.Delta.Lo) }},
	{"change hi", func(c *regress.Comparison) string { return plainFigure(c.Delta.Hi) }},
	{"p adjusted", func(c *regress.Comparison) string { return plainFigure(c.PAdjusted) }},
	{"threshold", func(c *regress.Comparison) string { return plainFigure(regress.NewFigure(c.Threshold.Relative)) }},
	{"threshold abs", func(c *regress.Comparison) string { return plainFigure(regress.NewFigure(c.Threshold.Absolute)) }},
	{"direction", func(c *regress.Comparison) string { return c.Direction.String() }},
	{"evidence", func(c *regress.Comparison) string { return c.Evidence.String() }},
	{"verdict", func(c *regress.Comparison) string { return c.Verdict.String() }},
	{"cause", func(c *regress.Comparison) string {
		if c.Verdict != regress.Inconclusive {
			return ""
		}
		return causeName(c.Cause)
	}},
	{"closes", func(c *regress.Comparison) string { return strconv.FormatBool(c.Closes()) }},
	{"reason", func(c *regress.Comparison) string { return harmless(c.Reason) }},
}

// renderCSV writes one row for each metric, sorted by name; numbers are in the
// unit of the row, changes and thresholds are fractions, and what does not exist
// is empty.
func renderCSV(w io.Writer, r *regress.Report, _ Options) error {
	out := csv.NewWriter(w)
	row := make([]string, len(csvColumns))
	for i, column := range csvColumns {
		row[i] = column.name
	}
	if err := out.Write(row); err != nil {
		return err
	}
	for i := range r.Comparisons {
		for j, column := range csvColumns {
			row[j] = column.of(&r.Comparisons[i])
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// harmless makes a text of others a cell that no spreadsheet takes for a formula
// (OWASP, CSV injection) and no runner for a command.
func harmless(s string) string {
	s = unarmed(visible(s))
	if s != "" && strings.ContainsRune("=+-@'", rune(s[0])) {
		return "'" + s
	}
	return s
}

func plainFigure(f regress.Figure) string {
	v, ok := f.Get()
	if !ok {
		return ""
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

// halfWidth is the larger half of the interval of a median, in percent of it.
func halfWidth(s regress.Summary) string {
	center, ok := s.Center.Get()
	lo, hasLo := s.Lo.Get()
	hi, hasHi := s.Hi.Get()
	if !ok || !hasLo || !hasHi || center == 0 {
		return ""
	}
	return strconv.Itoa(int(100*max(center-lo, hi-center)/max(center, -center)+0.5)) + "%"
}

// versus is the change as benchstat prints it.
func versus(c *regress.Comparison) string {
	v, ok := c.Delta.Relative.Get()
	p, tested := c.P.Get()
	switch {
	case !ok:
		return ""
	case tested && p > 0.05:
		return "~"
	}
	text := strconv.FormatFloat(100*v, 'f', 2, 64) + "%"
	if v >= 0 {
		text = "+" + text
	}
	return text
}
