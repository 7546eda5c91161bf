package regress

import "math"

// Threshold is the largest change that does not matter: around a base value b
// it is max(Relative·|b|, Absolute). A change of exactly that size does not
// matter either. The zero Threshold says that every change matters.
type Threshold struct {
	Relative float64 `json:"relative"` // a fraction: 0.05 is 5 %
	Absolute float64 `json:"absolute"` // in the unit of the metric
}

// Around returns the largest change of base, in its own unit, that does not
// matter.
func (t Threshold) Around(base float64) float64 {
	return max(t.Relative*math.Abs(base), t.Absolute)
}
