package render

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/org/regress-gate/regress"
)

// renderHistoryText writes a block for each metric: its name, its runs in one
// line, and a line for each change.
func renderHistoryText(w io.Writer, h *regress.History, o Options) error {
	t := text{w: bufio.NewWriter(w), paint: painter(o.Color)}
	t.line(historyHeadline(h))
	for _, l := range baselineLine(h) {
		t.line(l.String())
	}
	t.section("slow drift", drifts(&h.Drift))
	t.section("at once", together(h))
	for _, track := range newsFirst(h.Tracks) {
		t.line("")
		t.line(trackName(track))
		t.line("  " + trackRuns(track))
		t.changes(track)
		if a := track.Accepted; a != nil {
			t.line("  " + sentence(accepted(a)))
		}
	}
	return t.w.Flush()
}

// trackName is the metric with its unit, where its own name does not say it.
func trackName(t *regress.Track) string {
	if t.Unit == "" || t.Unit == t.Metric {
		return subject(t.Key)
	}
	return subject(t.Key) + " (" + name(t.Unit) + ")"
}

func trackRuns(t *regress.Track) string {
	line := sparkline(t.Points) + "  " + name(newest(t))
	if sd := share(t.RunSD); sd != none {
		line += ", run sd " + sd
	}
	line += ", " + plural(len(t.Points), "run")
	for _, mark := range []regress.Mark{regress.Refused, regress.Doubted} { // what was not taken in
		if n := marked(t, mark); n > 0 {
			line += fmt.Sprintf(" (%d %s)", n, mark)
		}
	}
	return line
}

func marked(t *regress.Track, m regress.Mark) (n int) {
	for i := range t.Points {
		if t.Points[i].Mark == m {
			n++
		}
	}
	return n
}

// changes writes the changes of a metric in aligned columns.
func (t *text) changes(track *regress.Track) {
	all := table{columns: make([]column, 6)}
	for i := range track.Changes {
		c := &track.Changes[i]
		x := changeCells(track, c)
		all.rows = append(all.rows, []string{
			day(c.To), commits(c), name(x.change), c.Way.String(), name(x.base) + " → " + name(x.head), certainty(track, c),
		})
	}
	const way = 3
	widths := all.widths()
	for i, row := range all.rows {
		for j, cell := range row[:len(row)-1] {
			row[j] = pad(cell, widths[j], false)
		}
		row[way] = t.paint(wayColour(track.Changes[i].Way), row[way])
		t.line("  " + strings.Join(row, "  "))
	}
}
