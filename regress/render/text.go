package render

import (
	"bufio"
	"io"
	"strings"

	"github.com/org/regress-gate/regress"
)

// maxUnchanged is how many unchanged metrics the table still lists; more of
// them would bury the rest, and are a number.
const maxUnchanged = 40

// renderText writes a table for a terminal or a log.
func renderText(w io.Writer, r *regress.Report, o Options) error {
	t := text{w: bufio.NewWriter(w), paint: painter(o.Color)}
	decision, why := headline(r)
	t.line(t.paint(gateColour(r.Gate()), decision) + ": " + why)
	for _, l := range refLines(r) {
		t.line(l.String())
	}
	hidden := t.comparisons(r)
	t.section("what to do", remedies(r))
	t.section("cause", causes(r))
	t.section("to reproduce", reproduce(r))
	t.section("measure again, base and head in turns", reruns(r))
	t.alerts(r.Alerts)
	t.section(strings.ToLower(editsHeading[:1])+editsHeading[1:], edits(r))
	t.section("slow drift of the main branch", drifts(&r.Drift))
	t.section("notes", notes(r))
	t.section("warnings", warnings(r))
	t.line("")
	if hidden > 0 {
		t.line(notShown(hidden, "unchanged"))
	}
	t.line("suite: " + suiteLine(r))
	return t.w.Flush()
}

// text writes lines; the bufio.Writer keeps the first error for Flush.
type text struct {
	w     *bufio.Writer
	paint func(colour, s string) string
}

// line writes one line. It is unarmed as a whole, since a command may only come
// about where two harmless texts meet.
func (t *text) line(s string) {
	_, _ = t.w.WriteString(unarmed(s))
	_ = t.w.WriteByte('\n')
}

// section writes a heading and its lines, nothing where there are none.
func (t *text) section(heading string, list []remark) {
	if len(list) == 0 {
		return
	}
	t.line("")
	t.line(heading + ":")
	for _, m := range list {
		t.line("  " + m.String())
	}
}

func (t *text) alerts(alerts []regress.AlertResult) {
	if len(alerts) == 0 {
		return
	}
	t.line("")
	t.line("alerts:")
	for i := range alerts {
		a := &alerts[i]
		state := pad(alertState(a)+" ("+alertSeverity(a)+")", 17, false)
		t.line("  " + t.paint(alertColour(a), state) + " " + sentence(alertName(a)+": "+alertText(a)))
	}
}

// comparisons writes the table, the worst first, and returns how many unchanged
// metrics it left out.
func (t *text) comparisons(r *regress.Report) (hidden int) {
	all := table{columns: []column{
		{"benchmark", false}, {"metric", false}, {"base", true}, {"", false}, {"head", true},
		{"change", true}, {intervalHead(r), true}, {"p adj.", true}, {"n", true}, {"verdict", false},
	}}
	var colours []string
	for _, v := range verdictOrder {
		list := r.WorstFirst(v)
		if v == regress.Unchanged && len(list) > maxUnchanged {
			hidden = len(list)
			break
		}
		for _, c := range list {
			all.rows = append(all.rows, textRow(c))
			colours = append(colours, verdictColour(c))
		}
	}
	if len(all.rows) > 0 {
		t.line("")
		t.table(all.trimmed(), colours)
	}
	return hidden
}

// verdictOrder is the order of importance in which findings are listed.
var verdictOrder = [...]regress.Verdict{
	regress.Regressed, regress.Improved, regress.Inconclusive, regress.Missing, regress.New,
	regress.Incomparable, regress.Unjudged, regress.Unchanged,
}

func textRow(c *regress.Comparison) []string {
	x := cellsOf(c)
	arrow := "→"
	if x.base == none && x.head == none {
		arrow = ""
	}
	verdict := weighed(c)
	switch {
	case c.Verdict == regress.Incomparable && c.Reason != "":
		verdict += ": " + sentence(c.Reason)
	case c.Verdict == regress.Inconclusive && x.mde != none:
		verdict += ", detects from " + x.mde
	}
	row := []string{c.Benchmark, c.Metric, x.base, arrow, x.head, x.change, x.interval, x.p, x.n, verdict}
	for i, cell := range row[:len(row)-1] {
		row[i] = unarmed(name(cell))
	}
	return row
}

// table writes the rows with aligned columns. The last column is left as it is.
func (t *text) table(all table, colours []string) {
	heads := make([]string, len(all.columns))
	for i, c := range all.columns {
		heads[i] = c.head
	}
	widths := all.widths()
	write := func(row []string, colour string) {
		var b strings.Builder
		last := len(row) - 1
		for i, cell := range row[:last] {
			b.WriteString(pad(cell, widths[i], all.columns[i].right))
			b.WriteString("  ")
		}
		t.line(b.String() + t.paint(colour, row[last]))
	}
	write(heads, "")
	for i, row := range all.rows {
		write(row, colours[i])
	}
}
