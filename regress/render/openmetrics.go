package render

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/org/regress-gate/regress"
)

// gauge is one metric family, with a value for each comparison that has one.
type gauge struct {
	name, help string
	of         func(c *regress.Comparison) regress.Figure
}

var gauges = [...]gauge{
	{"base", "Median of the base, in the unit of the label.", func(c *regress.Comparison) regress.Figure { return c.Base.Center }},
	{"head", "Median of the head, in the unit of the label.", func(c *regress.Comparison) regress.Figure { return c.Head.Center }},
	{"change_ratio", "Change from base to head, a fraction, positive where larger.", func(c *regress.Comparison) regress.Figure { return c.Delta.Relative }},
	{"change_lower_ratio", "Lower end of the 95 % interval of the change.", func(c *regress.Comparison) regress.Figure { return c.Delta.Lo }},
	{"change_upper_ratio", "Upper end of the 95 % interval of the change.", func(c *regress.Comparison) regress.Figure { return c.Delta.Hi }},
	{"threshold_ratio", "Largest change that does not matter, a fraction.", thresholdRatio},
	{"p_adjusted", "Probability of such a change by chance, corrected over the suite.", func(c *regress.Comparison) regress.Figure { return c.PAdjusted }},
	{"detectable_ratio", "Smallest loss that these data would have shown in four cases of five.", func(c *regress.Comparison) regress.Figure { return c.MDE }},
}

// thresholdRatio is the threshold as a fraction of the base, the absolute one too
// where there is a base that it is a fraction of.
func thresholdRatio(c *regress.Comparison) regress.Figure {
	if base, ok := c.Base.Center.Get(); ok && base != 0 {
		return regress.NewFigure(c.Threshold.Around(base) / math.Abs(base))
	}
	return regress.NewFigure(c.Threshold.Relative)
}

// renderOpenMetrics writes gauges in the text format that Prometheus, its textfile
// collector and its Pushgateway all read: OpenMetrics without what the older text
// format does not know. No sample has a time; the scrape gives it one.
func renderOpenMetrics(w io.Writer, r *regress.Report, _ Options) error {
	out := exposition{w: bufio.NewWriter(w)}
	out.family("gate", "Decision of the gate: 1 for the one that holds.")
	for _, g := range [...]regress.Gate{regress.Open, regress.Shut, regress.Unproven} {
		out.sample("gate", flag(r.Gate() == g), label{"state", g.String()})
	}
	n := r.Count()
	out.family("comparisons", "Number of metrics by verdict.")
	for _, kind := range [...]struct {
		verdict regress.Verdict
		n       int
	}{
		{regress.Regressed, n.Regression}, {regress.Improved, n.Improvement}, {regress.Unchanged, n.Unchanged},
		{regress.Inconclusive, n.Inconclusive}, {regress.Missing, n.Missing}, {regress.New, n.New},
		{regress.Incomparable, n.Incomparable}, {regress.Unjudged, n.Unjudged},
	} {
		out.sample("comparisons", float64(kind.n), label{"verdict", kind.verdict.String()})
	}
	if t := r.Head.Time; !t.IsZero() {
		out.family("head_timestamp_seconds", "When the head was measured, in seconds since 1970.")
		out.sample("head_timestamp_seconds", float64(t.UnixMilli())/1000)
	}
	of := make([]string, len(r.Comparisons)) // the labels that the families share
	for i := range r.Comparisons {
		c := &r.Comparisons[i]
		of[i] = labelSet(label{"benchmark", c.Benchmark}, label{"metric", c.Metric}, label{"unit", c.Unit})
	}
	for _, g := range gauges {
		out.family(g.name, g.help)
		for i := range r.Comparisons {
			if v, ok := g.of(&r.Comparisons[i]).Get(); ok {
				out.value(g.name, of[i], v)
			}
		}
	}
	out.family("verdict", "1 for the verdict on a metric; closes says whether it shuts the gate, direction which way is better.")
	for i := range r.Comparisons {
		c := &r.Comparisons[i]
		out.value("verdict", of[i]+","+labelSet(label{"verdict", c.Verdict.String()}, label{"closes", strconv.FormatBool(c.Closes())}, label{"direction", c.Direction.String()}), 1)
	}
	out.family("alert_fired", "1 for an alert of the policy that fired, 0 for one that did not.")
	for i := range r.Alerts {
		a := &r.Alerts[i]
		if !a.Blind() {
			out.sample("alert_fired", flag(a.Fired), label{"alert", a.Name}, label{"benchmark", a.Benchmark}, label{"severity", alertSeverity(a)})
		}
	}
	fmt.Fprintln(out.w, "# EOF")
	return out.w.Flush()
}

type label struct{ name, value string }

// exposition writes metric families; the writer keeps the first error.
type exposition struct{ w *bufio.Writer }

const metricPrefix = "regress_gate_"

func (e exposition) family(name, help string) {
	fmt.Fprintf(e.w, "# TYPE %s%s gauge\n# HELP %[1]s%[2]s %[3]s\n", metricPrefix, name, help)
}

func (e exposition) sample(name string, v float64, labels ...label) {
	e.value(name, labelSet(labels...), v)
}

// value writes one sample; labels are such as labelSet returns.
func (e exposition) value(name, labels string, v float64) {
	if labels != "" {
		labels = "{" + labels + "}"
	}
	e.w.WriteString(metricPrefix + name + labels + " " + strconv.FormatFloat(v, 'g', -1, 64) + "\n")
}

func labelSet(labels ...label) string {
	list := make([]string, len(labels))
	for i, l := range labels {
		list[i] = l.name + `="` + labelEscapes.Replace(unarmed(visible(l.value))) + `"`
	}
	return strings.Join(list, ",")
}

var labelEscapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

func flag(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
