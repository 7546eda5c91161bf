package regress

import (
	"fmt"
	"math"
	"slices"

	"github.com/org/regress-gate/regress/unit"
)

// doubt notes what cannot well be true of the measurement. It changes no
// verdict: a broken benchmark must be seen, and not be judged away.
func (c *Comparison) doubt() {
	if change, known := c.Delta.Relative.Get(); known && c.implausible(change) {
		c.Notes = append(c.Notes, "an improvement of "+unit.FormatShare(math.Abs(change))+" by one change: check that the work is still done")
	}
	if unit.Parse(c.Unit).Class != unit.Time {
		return
	}
	for _, side := range [...]struct {
		name    string
		samples []float64
	}{{"base", c.Base.Samples}, {"head", c.Head.Samples}} {
		if len(side.samples) == 0 {
			continue
		}
		if low := slices.Min(side.samples); low < 0 {
			c.Notes = append(c.Notes, fmt.Sprintf("a negative time in the %s: the clock or the tool is wrong", side.name))
		} else if low == 0 {
			c.Notes = append(c.Notes, fmt.Sprintf("a time of exactly 0 in the %s: below the resolution of the tool", side.name))
		}
	}
}

// implausible tells whether a change is an improvement that few changes make: to a
// tenth of the time, or to ten times the throughput. A benchmark whose work was
// optimised away looks like that.
func (c *Comparison) implausible(change float64) bool {
	const left = 0.1
	switch c.Direction {
	case unit.Lower:
		return 1+change < left
	case unit.Higher:
		return 1+change > 1/left
	}
	return false
}
