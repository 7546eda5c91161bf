package render

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/unit"
)

// none stands for a figure that does not exist.
const none = "–"

// cells are the texts of one comparison. Every format shows these and escapes
// them itself: the units in them are not ours.
type cells struct {
	base, head, change, interval, p, n, mde, threshold string
}

func cellsOf(c *regress.Comparison) cells {
	base, head := values(c)
	return cells{
		base: base, head: head,
		change: change(c), interval: interval(c.Delta),
		p: pValue(c.PAdjusted), n: count(c.Base.N) + "+" + count(c.Head.N),
		mde: share(c.MDE), threshold: threshold(c),
	}
}

// values shows both centers with one prefix, so that they compare at a glance.
func values(c *regress.Comparison) (base, head string) {
	b, hasBase := c.Base.Center.Get()
	h, hasHead := c.Head.Center.Get()
	switch {
	case hasBase && hasHead:
		return unit.FormatPair(b, h, c.Unit)
	case hasBase:
		return unit.Format(b, c.Unit), none
	case hasHead:
		return none, unit.Format(h, c.Unit)
	}
	return none, none
}

// change is the relative change, the absolute one where there is no percentage
// of the base.
func change(c *regress.Comparison) string {
	if v, ok := c.Delta.Relative.Get(); ok {
		return unit.FormatChange(v)
	}
	v, ok := c.Delta.Absolute.Get()
	if !ok {
		return none
	}
	text := unit.Format(v, c.Unit)
	if v > 0 {
		text = "+" + text
	}
	return text
}

// interval is that of the relative change, in percent.
func interval(d regress.Delta) string {
	if d.Lo.IsZero() && d.Hi.IsZero() {
		return none
	}
	return "[" + percent(d.Lo) + ", " + percent(d.Hi) + "]"
}

// percent is a signed percentage without its sign %.
func percent(f regress.Figure) string {
	v, ok := f.Get()
	if !ok {
		return none
	}
	return strings.TrimSuffix(unit.FormatChange(v), " %")
}

// share is a percentage without a sign.
func share(f regress.Figure) string {
	v, ok := f.Get()
	if !ok {
		return none
	}
	return unit.FormatShare(v)
}

// pValue never reads 0.000: what is smaller than 0.0001 says so.
func pValue(f regress.Figure) string {
	p, ok := f.Get()
	switch {
	case !ok:
		return none
	case p < 0.0001:
		return "<0.0001"
	case p < 0.001:
		return strconv.FormatFloat(p, 'f', 4, 64)
	}
	return strconv.FormatFloat(p, 'f', 3, 64)
}

// squares is the size of a change at a glance: a square for each threshold that it
// is large, five at most, in the colour of the verdict.
func squares(c *regress.Comparison) string {
	const most = 5
	base, _ := c.Base.Center.Get()
	change, relative := c.Delta.Relative.Get()
	if change *= math.Abs(base); !relative {
		change, _ = c.Delta.Absolute.Get()
	}
	n := most // beyond a threshold of zero, any change is
	if around := c.Threshold.Around(base); change == 0 {
		n = 0
	} else if around > 0 {
		n = int(min(most, math.Abs(change)/around))
	}
	colour := map[regress.Verdict]string{regress.Regressed: "🟥", regress.Improved: "🟩", regress.Inconclusive: "🟨"}[c.Verdict]
	if colour == "" {
		colour = "🟦"
	}
	return strings.Repeat(colour, n) + strings.Repeat("⬜", most-n)
}

func count(n int) string {
	if n == 0 {
		return none
	}
	return strconv.Itoa(n)
}

// threshold is the largest change that does not matter: the larger of the two
// where both are set.
func threshold(c *regress.Comparison) string {
	if c.Verdict == regress.Missing || c.Verdict == regress.New {
		return none
	}
	return thresholdText(c.Threshold, c.Unit)
}

func thresholdText(t regress.Threshold, u string) string {
	relative := unit.FormatShare(t.Relative)
	if t.Absolute == 0 {
		return relative
	}
	absolute := unit.Format(t.Absolute, u)
	if t.Relative == 0 {
		return absolute
	}
	return fmt.Sprintf("%s or %s", relative, absolute)
}
