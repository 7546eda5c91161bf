package infer

import (
	"math"
	"slices"
)

// withoutSpikes returns a copy of a series in which every value that stands out from both its neighbours, on one side,
// is the nearer one of them: one run on a busy machine, which would blind a test of levels by the variance that it
// adds. Out stands what differs by more than 3·1.4826·√2 standard deviations of a run, 1.4826·median of the steps being
// the robust one of a step; in normal noise that is a value or two in 10,000. Steps from level to level stay as they are,
// and so do the first and the last value, of which nobody knows yet whether they last.
func withoutSpikes(series []float64) []float64 {
	calm := slices.Clone(series)
	if len(series) < 3 {
		return calm
	}
	steps := make([]float64, len(series)-1)
	for i := range steps {
		steps[i] = math.Abs(series[i+1] - series[i])
	}
	limit := 3 * 1.4826 * medianInPlace(steps)
	for i := 1; i < len(series)-1; i++ {
		level := median3(series[i-1], series[i], series[i+1])
		if math.Abs(series[i]-level) > limit {
			calm[i] = level
		}
	}
	return calm
}
