package render

import (
	"time"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/unit"
)

// newest is the value of the last run.
func newest(t *regress.Track) string {
	if len(t.Points) == 0 {
		return none
	}
	return unit.Format(t.Points[len(t.Points)-1].Center, t.Unit)
}

// changeCells shows a change as the comparison of its two levels.
func changeCells(t *regress.Track, c *regress.Change) cells {
	return cellsOf(&regress.Comparison{
		Unit:      t.Unit,
		Base:      regress.Summary{Center: regress.NewFigure(c.Before)},
		Head:      regress.Summary{Center: regress.NewFigure(c.After)},
		Delta:     regress.Delta{Absolute: regress.NewFigure(c.After - c.Before), Relative: c.Relative},
		PAdjusted: c.P,
	})
}

// certainty is the p of a change, or why it has none.
func certainty(t *regress.Track, c *regress.Change) string {
	switch {
	case t.Exact:
		return "exact"
	case c.P.IsZero():
		return "no noise"
	}
	return "p " + pValue(c.P)
}

// day is when a change was first seen.
func day(m regress.Moment) string {
	if m.Time.IsZero() {
		return none
	}
	return m.Time.UTC().Format(time.DateOnly)
}

// commits is the range that brought the change, as git reads it.
func commits(c *regress.Change) string {
	return abbreviated(c.From.Commit) + ".." + abbreviated(c.To.Commit)
}

// abbreviated is a commit as people write it: the first seven digits of a hash.
func abbreviated(commit string) string {
	if commit == "" {
		return none
	}
	const digits, hash = 7, 40
	for i := range len(commit) {
		if len(commit) < hash || !isHex(commit[i]) {
			return shorten(visible(commit), hash)
		}
	}
	return commit[:digits]
}

func wayColour(w regress.Way) string {
	switch w {
	case regress.Worse:
		return red
	case regress.Better:
		return green
	}
	return yellow
}
