package regress

import (
	"math"

	"github.com/org/regress-gate/regress/infer"
)

// askPast judges the metrics that have enough earlier runs by what these show of
// the noise between runs (STATISTICS 2.5). Metrics that share what the machine
// does are looked at together, each other one by itself.
func (s *suite) askPast() {
	var shared []*trial
	for _, t := range s.family {
		switch {
		case t.Evidence != ByHistory:
		case t.common():
			shared = append(shared, t)
		default:
			follow([]*trial{t})
		}
	}
	common := follow(shared)
	if len(shared) >= infer.MinFamily {
		s.pastShift = NewFigure(common)
	}
}

// follow gives each metric of a family its trend, and returns the shift of the
// head run that they have in common.
func follow(family []*trial) (common float64) {
	histories := make([][]Point, len(family))
	for i, t := range family {
		histories[i] = t.past.points
	}
	aligned := ages(histories)
	pasts := make([]infer.Past, len(family))
	for i, t := range family {
		shift := t.shift // a copy, its errors widened for dependent samples
		shift.SE *= math.Sqrt(t.serial)
		shift.SEUpper *= math.Sqrt(t.serial)
		runs := t.past.locations(t.scale, t.sign)
		pasts[i] = infer.Past{Shift: &shift, Runs: runs, Doubted: t.past.doubted(), Base: len(runs) - 1 - t.past.base}
		if aligned != nil {
			pasts[i].Ages = aligned[i]
		}
	}
	trends, common := infer.Trends(pasts)
	shifts, variances := make([]float64, len(family)), make([]float64, len(family))
	for i := range trends {
		shifts[i], variances[i] = trends[i].Estimate, trends[i].SE*trends[i].SE
	}
	between := 0.0
	if len(family) >= infer.MinFamily {
		between = infer.BetweenRunVariance(shifts, variances)
	}
	for i, t := range family {
		t.between = between
		t.trend, t.estimate = &trends[i], trends[i].Estimate
		t.Comparison.Past = t.describePast()
	}
	return common
}

// Past is what the earlier runs of a metric said, where they were the evidence.
// Changes and figures are relative (fractions; in the unit of the comparison for
// the method RankLinear), positive where larger.
type Past struct {
	Runs   int    `json:"runs"`            // how many they were
	Spread Figure `json:"spread,omitzero"` // standard deviation of one run, as used, on the scale of the method
	Change Figure `json:"change,omitzero"` // of the head against the median of those that were taken in, the suite's shift taken off
	Lo     Figure `json:"lo,omitzero"`     // the smallest and the largest run among them, on that scale too
	Hi     Figure `json:"hi,omitzero"`

	Centers []float64 `json:"centers,omitempty"` // their medians, oldest first, in the unit of the comparison
}

func (t *trial) describePast() *Past {
	p := &Past{
		Runs: len(t.past.points), Spread: NewFigure(t.trend.RunSD), Change: t.relative(t.trend.Estimate),
		Lo: t.relative(t.trend.Lowest), Hi: t.relative(t.trend.Highest),
	}
	if t.sign < 0 {
		p.Lo, p.Hi = p.Hi, p.Lo
	}
	for i := range t.past.points {
		p.Centers = append(p.Centers, t.past.points[i].Center)
	}
	return p
}

// relative turns a shift on the scale of the test into a change of the metric.
func (t *trial) relative(shift float64) Figure {
	if t.scale == infer.Log {
		return NewFigure(math.Expm1(t.sign * shift))
	}
	return NewFigure(t.sign * shift)
}
