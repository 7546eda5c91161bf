package infer

import (
	"math"
	"slices"
)

// Drift is how the latest runs of a main branch stand to its anchor, the location at the last release: what adds up
// from changes that were each too small to fail. All values are on the scale of the runs.
type Drift struct {
	Estimate float64 // median of the latest runs − anchor
	Least    float64 // the one of the latest runs that is nearest to the anchor, or best, − anchor
	SE, DF   float64 // standard error and degrees of freedom of Estimate, from the steps between runs
	P        float64 // one-sided p of "no worse than the anchor"
}

// NewDrift compares the latest window runs with the anchor, the median of five runs. anchor and runs are oriented so
// that positive is worse: sign·ln(median) for Log, sign·median for Linear; runs are oldest first and may reach back
// before the anchor. ok is false for fewer than max(window, 2) runs, or for a window < 1.
//
//	t = Estimate / (sd·√(1.4/window + 1.4/5)),  sd² = V/2,  df = ⅔(K−1)
//
// over the newest K ≤ 20 runs, with V as in Trends; 1.4/n is the variance of the median of a few normal values. Where
// sd is 0, P is as in PBeyond. The slices stay as they are.
func NewDrift(anchor float64, runs []float64, window int) (d Drift, ok bool) {
	if window < 1 || len(runs) < max(window, 2) {
		return Drift{}, false
	}
	latest := runs[len(runs)-window:]
	recent := runs[max(0, len(runs)-20):]
	d.Estimate = Median(latest) - anchor
	d.Least = slices.Min(latest) - anchor
	d.SE = math.Sqrt(stepVariance(recent) / 2 * (1.4/float64(window) + 1.4/5))
	d.DF = stepDF(len(recent))
	d.P = PBeyond(d.Estimate, d.SE, 0, d.DF)
	return d, true
}

// Beyond reports whether every one of the latest runs is worse than the anchor by more than delta: the warning. Ten
// merges of +2 % under a threshold of 5 % are so found at the fifth. With P < 0.001, corrected for the number of
// metrics, on top of it, it is a failure.
func (d Drift) Beyond(delta float64) bool { return d.Least > delta }
