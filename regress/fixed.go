package regress

import (
	"math"

	"github.com/org/regress-gate/regress/infer"
	"github.com/org/regress-gate/regress/unit"
)

// decide judges what needs no statistics, and tells whether the verdict stands.
func (p *pair) decide(c *Comparison) bool {
	if c.Verdict != Unjudged || c.Direction == unit.Info {
		if c.Direction == unit.Info && c.Verdict == Unjudged {
			c.Reason = "shown, not judged"
			c.change(p.entry.Center(), infer.Median(p.head))
		}
		return true
	}
	base, head := p.entry.Samples, p.head
	constants := constant(base) && constant(head)
	switch {
	case constants && p.deterministic():
		c.Exact, c.Method, c.Evidence = true, ExactValue, ByDetermination
		c.fixed(base[0], head[0])
		return true
	case p.entry.Exact:
		c.Notes = append(c.Notes, "declared exact, but its samples differ: judged as a sampled metric")
	}
	if min(len(base), len(head)) == 1 && p.setting.explicit && p.evidence != ByHistory {
		c.Method, c.Evidence = PlainValue, Unverified
		c.fixed(infer.Median(base), infer.Median(head))
		return true
	}
	return false
}

// deterministic tells whether constant samples are to be taken for the metric's
// own constancy and not for luck.
func (p *pair) deterministic() bool {
	m, n := len(p.entry.Samples), len(p.head)
	switch {
	case p.entry.Exact, p.entry.Samples[0] == 0 && p.head[0] == 0:
		return true
	case p.setting.unit == "allocs/op": // Go counts each allocation
		return true
	case p.setting.class == unit.Count:
		return min(m, n) >= 3 || p.evidence == ByHistory && p.past.steady()
	}
	return infer.NewShift(p.entry.Samples, p.head, 1, infer.Linear).MinP <= rankLevel
}

func constant(samples []float64) bool {
	for _, v := range samples {
		if v != samples[0] {
			return false
		}
	}
	return true
}

// fixed compares two values as they are: worse by more than the threshold is a
// regression, better by more an improvement.
func (c *Comparison) fixed(base, head float64) {
	c.change(base, head)
	limit := c.Threshold.Around(base)
	diff := head - base
	up, down := exceeds(diff, limit, base), exceeds(-diff, limit, base)
	switch worse, better := c.ways(up, down); {
	case worse:
		c.Verdict = Regressed
	case better:
		c.Verdict = Improved
	default:
		c.Verdict = Unchanged
	}
	c.Reason = c.describeFixed()
}

// ways turns "larger" and "smaller" into "worse" and "better".
func (c *Comparison) ways(up, down bool) (worse, better bool) {
	switch c.Direction {
	case unit.Higher:
		return down, up
	case unit.Stable:
		return up || down, false
	}
	return up, down
}

// change sets the delta between two values, without an interval.
func (c *Comparison) change(base, head float64) {
	c.Delta.Absolute = NewFigure(head - base)
	if base != 0 {
		c.Delta.Relative = NewFigure((head - base) / math.Abs(base))
	}
}

// exceeds tells whether diff is larger than limit by more than the rounding of
// numbers the size of base: a change of exactly the threshold does not matter.
func exceeds(diff, limit, base float64) bool {
	return diff-limit > 1e-12*max(math.Abs(base), limit)
}
