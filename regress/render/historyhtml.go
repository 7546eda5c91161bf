package render

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/unit"
)

// maxSeries is how many metrics a page of a history draws, those with the newest
// changes: some 2 kB each.
const maxSeries = 1000

// renderHistoryHTML writes one file that needs nothing else: what changed and
// when, and the series of each metric with its changes, its anchor, and the
// threshold around that.
func renderHistoryHTML(w io.Writer, h *regress.History, o Options) error {
	title := shorten(visible(cmp.Or(o.Title, DefaultHistoryTitle)), maxTitle)
	var p page
	p.open(title)
	fmt.Fprintf(&p, "<main>\n<h1>%s</h1>\n<p class=why>%s</p>\n", esc(title), esc(historyHeadline(h)))
	for _, l := range baselineLine(h) {
		fmt.Fprintf(&p, "<p class=refs>%s</p>\n", esc(l.String()))
	}
	p.list("Slow drift", drifts(&h.Drift))
	p.list("At once", together(h))
	p.list("Accepted", acceptances(h))
	tracks := newsFirst(h.Tracks)
	p.changes(tracks)
	if len(tracks) > 0 {
		p.WriteString("<h2>Series</h2>\n<p class=note>Hollow: a run that was not taken in. Line across: the anchor of slow drift, the shaded band its threshold. Upright: a change, between the commits that it names.</p>\n")
	}
	for _, t := range tracks[:min(len(tracks), maxSeries)] {
		fmt.Fprintf(&p, "<h3>%s</h3>\n<p class=refs>%s</p>\n%s\n", esc(trackName(t)), esc(trackRuns(t)), seriesPlot(t))
	}
	if more := len(tracks) - maxSeries; more > 0 {
		fmt.Fprintf(&p, "<p class=note>%s</p>\n", notShown(more, "series"))
	}
	p.WriteString("</main>\n")
	p.close()
	_, err := io.WriteString(w, p.String())
	return err
}

// changes writes the table of all changes.
func (p *page) changes(tracks []*regress.Track) {
	if !slices.ContainsFunc(tracks, func(t *regress.Track) bool { return len(t.Changes) > 0 }) {
		return
	}
	p.WriteString("<h2>Changes</h2>\n<div class=scroll tabindex=0><table><thead><tr>")
	for _, head := range [...]string{"Benchmark", "Metric", "Since", "Commits", "Change", "", "Before", "After", "Certainty"} {
		fmt.Fprintf(p, "<th scope=col>%s</th>", head)
	}
	p.WriteString("</tr></thead><tbody>")
	for _, t := range tracks {
		for i := range t.Changes {
			c := &t.Changes[i]
			x := changeCells(t, c)
			fmt.Fprintf(p, "<tr><th scope=row>%s</th><td>%s</td><td>%s</td><td>%s</td><td class=number>%s</td><td class=%s>%s</td><td class=number>%s</td><td class=number>%s</td><td>%s</td></tr>",
				esc(name(t.Benchmark)), esc(name(t.Metric)), day(c.To), esc(commits(c)), esc(name(x.change)), wayClass(c.Way), c.Way,
				esc(name(x.base)), esc(name(x.head)), esc(certainty(t, c)))
		}
	}
	p.WriteString("</tbody></table></div>\n")
}

func wayClass(w regress.Way) string {
	switch w {
	case regress.Worse:
		return "bad"
	case regress.Better:
		return "good"
	}
	return "doubt"
}

// seriesPlot shows the runs of one metric, oldest first.
func seriesPlot(t *regress.Track) string {
	const left, right, top, bottom = 90, 630, 10, 90
	if len(t.Points) == 0 {
		return ""
	}
	var values []float64
	for i := range t.Points {
		values = append(values, t.Points[i].Center)
	}
	band := 0.0
	if t.Anchor != nil {
		band = t.Threshold.Around(t.Anchor.Center)
		values = append(values, t.Anchor.Center-band, t.Anchor.Center+band)
	}
	y := newAxis(bottom, top, values...)
	x := axis{0, float64(max(1, len(t.Points)-1)), left, right}
	p := newSVG("plot", trackName(t)+": "+plural(len(t.Points), "run")+" and "+plural(len(t.Changes), "change"), 640, 100)
	p.text("tick start", 4, top+4, name(unit.Format(y.hi, t.Unit)))
	p.text("tick start", 4, bottom+4, name(unit.Format(y.lo, t.Unit)))
	if t.Anchor != nil {
		p.rect("band", left, y.at(t.Anchor.Center+band), right-left, y.at(t.Anchor.Center-band)-y.at(t.Anchor.Center+band))
		p.line("axis", left, y.at(t.Anchor.Center), right, y.at(t.Anchor.Center))
	}
	var path, taken, hollow [][2]float64
	for i := range t.Points {
		at := [2]float64{x.at(float64(i)), y.at(t.Points[i].Center)}
		path = append(path, at)
		if m := t.Points[i].Mark; m == regress.Refused || m == regress.Doubted {
			hollow = append(hollow, at)
		} else {
			taken = append(taken, at)
		}
	}
	for i := range t.Changes {
		c := &t.Changes[i]
		at := x.at(float64(c.At) - 0.5)
		fmt.Fprintf(p, "<g><title>%s</title>", esc(name(commits(c))))
		p.line("interval "+wayClass(c.Way), at, top, at, bottom)
		p.WriteString("</g>")
	}
	p.polyline("path", path)
	p.dots("dots head", taken)
	p.dots("dots hollow", hollow)
	p.dots("dots hole", hollow)
	return p.end()
}
