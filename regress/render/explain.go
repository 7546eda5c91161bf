package render

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/unit"
)

// Explain writes the whole reasoning of one verdict in plain words, from the
// report's own numbers, for a person. c is a comparison of r.
func Explain(w io.Writer, r *regress.Report, c *regress.Comparison) error {
	out := bufio.NewWriter(w)
	fmt.Fprintln(out, unarmed(subject(c.Key)+": "+weighed(c)))
	for _, line := range reasoning(r, c) {
		fmt.Fprintf(out, "  %-10s %s\n", line.label, unarmed(line.text))
	}
	return out.Flush()
}

// reason is one step of the reasoning.
type reason struct{ label, text string }

// reasoning tells what there is to tell of a verdict, in the order in which it
// came about.
func reasoning(r *regress.Report, c *regress.Comparison) []reason {
	list := []reason{
		{"base", sideText(&c.Base, c.Unit)},
		{"head", sideText(&c.Head, c.Unit)},
		{"change", changeText(c)},
		{"better", directionText(c.Direction)},
	}
	if c.Verdict.Compared() {
		list = append(list,
			reason{"threshold", thresholdText(c.Threshold, name(c.Unit)) + ": a change of up to that does not matter"},
			reason{"evidence", evidenceText(c.Evidence, &r.Suite)})
	}
	list = append(list,
		reason{"history", historyText(c)},
		reason{"test", testText(r, c)},
		reason{"suite", correctionText(r, c)},
		reason{"power", powerText(c)},
		reason{"reason", sentence(c.Reason)})
	if c.First != nil {
		list = append(list, reason{"before", sentence(again(c))})
	}
	if c.Waiver != nil {
		list = append(list, reason{"waiver", sentence(waived(c.Waiver))})
	}
	for _, note := range c.Notes {
		list = append(list, reason{"note", sentence(note)})
	}
	list = append(list, reason{"gate", consequence(r, c)}, reason{"otherwise", sentence(otherwise(c))}, reason{"to do", sentence(c.Remedy)})
	return slices.DeleteFunc(list, func(l reason) bool { return l.text == "" })
}

// sideText is "1.23 µs, the median of 10 samples [1.20 µs, 1.25 µs], from 1.19 µs to 1.30 µs".
func sideText(s *regress.Summary, u string) string {
	center, ok := s.Center.Get()
	if !ok {
		return "not measured"
	}
	format := func(v float64) string { return name(unit.Format(v, u)) }
	text := format(center)
	if s.N > 1 {
		text += ", the median of " + plural(s.N, "sample")
	}
	lo, hasLo := s.Lo.Get()
	if hi, hasHi := s.Hi.Get(); hasLo && hasHi {
		text += " (95 % interval " + format(lo) + " to " + format(hi) + ")"
	}
	if v, ok := s.Spread.Get(); ok {
		text += ", standard deviation " + format(v)
	}
	const most = 20
	if n := len(s.Samples); n > 1 && n <= most {
		values := make([]string, n)
		for i, v := range s.Samples {
			values[i] = format(v)
		}
		text += ": " + strings.Join(values, ", ")
	}
	return text
}

func changeText(c *regress.Comparison) string {
	text := name(change(c))
	if text == none {
		return ""
	}
	if i := interval(c.Delta); i != none {
		text += " " + i + ", the 95 % interval in percent"
	}
	switch c.Method {
	case regress.RankLog:
		text += "; the median of all ratios of a head to a base sample (Hodges–Lehmann)"
	case regress.RankLinear:
		text += "; the median of all differences of a head and a base sample (Hodges–Lehmann)"
	case regress.ExactValue:
		text += "; this metric has no noise"
	case regress.PlainValue:
		text += "; two single values, taken as they are"
	}
	return text
}

func directionText(d unit.Direction) string {
	switch d {
	case unit.Lower:
		return "is less"
	case unit.Higher:
		return "is more"
	case unit.Info:
		return "is nothing: the metric is shown and not judged"
	}
	return "is no change: nothing says which way is worse (direction: lower or higher tells)"
}

func historyText(c *regress.Comparison) string {
	if c.Past == nil {
		return ""
	}
	lo, _ := c.Past.Lo.Get()
	hi, _ := c.Past.Hi.Get()
	format := unit.FormatChange
	if c.Method != regress.RankLog {
		format = func(v float64) string { return name(unit.Format(v, c.Unit)) }
	}
	change, _ := c.Past.Change.Get()
	spread, _ := c.Past.Spread.Get()
	return fmt.Sprintf("%s, standard deviation of one %s; against their median the head is at %s, and they lay between %s and %s",
		plural(c.Past.Runs, "earlier run"), strings.TrimPrefix(format(spread), "+"), format(change), format(lo), format(hi))
}
