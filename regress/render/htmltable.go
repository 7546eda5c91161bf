package render

import (
	"fmt"
	"strings"

	"github.com/go-json-experiment/json"

	"github.com/org/regress-gate/regress"
)

// maxDetails is for how many metrics, the most important ones, a page holds plots
// and reasoning: some 3 kB each.
const maxDetails = 1000

// inOrder lists all comparisons, what wants a look first, and the worst of a kind
// before the others.
func inOrder(r *regress.Report) []*regress.Comparison {
	list := make([]*regress.Comparison, 0, len(r.Comparisons))
	for _, v := range [...]regress.Verdict{
		regress.Regressed, regress.Missing, regress.Incomparable, regress.Inconclusive,
		regress.Improved, regress.New, regress.Unchanged, regress.Unjudged,
	} {
		list = append(list, r.WorstFirst(v)...)
	}
	return list
}

// verdictClass is the colour of a verdict in the page.
func verdictClass(c *regress.Comparison) string {
	switch {
	case c.Verdict == regress.Regressed, c.Verdict == regress.Missing:
		return "bad"
	case c.Verdict == regress.Improved:
		return "good"
	case c.Verdict == regress.Incomparable, c.Cause == regress.CauseSuspect, c.Cause == regress.CauseSuiteShift:
		return "doubt"
	}
	return "plain"
}

var tableHeads = [...]struct{ text, class string }{
	{"Benchmark", ""}, {"Metric", ""}, {"Verdict", ""}, {"Base", "number wide"}, {"Head", "number wide"}, {"Change", "number"},
	{"95 % interval", "number wide"}, {"p adj.", "number wide"}, {"Samples", "number wide"}, {"Threshold", "number wide"},
}

// metrics writes the table, and what its details are made of.
func (p *page) metrics(r *regress.Report, all []*regress.Comparison) error {
	if len(all) == 0 {
		return nil
	}
	p.WriteString("<h2 id=all>All metrics</h2>\n<div class=tools role=search>\n<label for=filter>Filter by name<input id=filter type=search autocomplete=off></label>\n" +
		"<label for=verdict>Verdict<select id=verdict><option value=\"\">all</option>")
	seen := map[regress.Verdict]bool{}
	for _, c := range all {
		if !seen[c.Verdict] {
			seen[c.Verdict] = true
			fmt.Fprintf(p, "<option value=%s>%s</option>", c.Verdict, verdictName(c.Verdict))
		}
	}
	fmt.Fprintf(p, "</select></label>\n<output id=shown>%s</output>\n</div>\n", plural(len(all), "metric"))
	p.WriteString("<div class=scroll tabindex=0 role=region aria-labelledby=all>\n<table id=metrics>\n<thead><tr>")
	for _, h := range tableHeads {
		fmt.Fprintf(p, `<th scope=col class="%s" aria-sort=none><button>%s</button></th>`, h.class, h.text)
	}
	p.WriteString("</tr></thead>\n<tbody>")
	var details []string
	for i, c := range all {
		more := -1
		if i < maxDetails {
			more = i
			details = append(details, detail(r, c))
		}
		p.row(c, more)
	}
	p.WriteString("</tbody>\n</table>\n</div>\n")
	if more := len(all) - maxDetails; more > 0 {
		fmt.Fprintf(p, "<p class=note>Plots and reasoning of the first %d; of the others, <code>regress-gate explain report.json NAME</code> tells.</p>\n", maxDetails)
	}
	doc, err := json.Marshal(details)
	if err != nil {
		return err
	}
	// No text may end the element or begin a comment in it (HTML, 4.12.1.3).
	p.WriteString(`<script type="application/json" id=details>` + strings.ReplaceAll(string(escapeJSON(doc)), "<", `\u003c`) + "</script>\n")
	return nil
}

// row writes one metric. detail is the place of its details, -1 for none.
func (p *page) row(c *regress.Comparison, detail int) {
	x := cellsOf(c)
	title := esc(name(c.Benchmark))
	if c.Benchmark == "" {
		title = "–"
	}
	if detail >= 0 {
		title = fmt.Sprintf(`<button aria-expanded=false data-detail=%d>%s</button>`, detail, title)
	}
	fmt.Fprintf(p, "<tr data-verdict=%s><th scope=row>%s</th><td>%s</td><td class=%s>%s</td>",
		c.Verdict, title, esc(name(c.Metric)), verdictClass(c), esc(weighed(c)))
	for _, cell := range [...]struct {
		class, text string
		value       regress.Figure
	}{
		{"number wide", name(x.base), c.Base.Center}, {"number wide", name(x.head), c.Head.Center}, {"number", name(x.change), c.Delta.Relative},
		{"number wide", x.interval, c.Delta.Lo}, {"number wide", x.p, c.PAdjusted},
		{"number wide", x.n, regress.NewFigure(float64(c.Base.N + c.Head.N))}, {"number wide", name(x.threshold), regress.NewFigure(c.Threshold.Relative)},
	} {
		fmt.Fprintf(p, `<td class="%s" data-value="%s">%s</td>`, cell.class, plainFigure(cell.value), esc(cell.text))
	}
	p.WriteString("</tr>")
}

// detail is the plots and the reasoning of one metric.
func detail(r *regress.Report, c *regress.Comparison) string {
	var b strings.Builder
	b.WriteString(samplePlot(c) + pastPlot(c) + "<dl>")
	for _, line := range reasoning(r, c) {
		fmt.Fprintf(&b, "<dt>%s</dt><dd>%s</dd>", line.label, esc(line.text))
	}
	b.WriteString("</dl>")
	return b.String()
}
