package infer

import "slices"

// MinFamily is the least number of metrics from which a property of the whole suite (a common shift, a typical
// variance, a serial correlation) is read off.
const MinFamily = 10

// SuiteShift returns the median of the shifts of a suite: what a slower runner, or a change that hits everything, does
// to all metrics at once. ok is false for fewer than MinFamily of them, which cannot tell it from their own changes.
func SuiteShift(theta []float64) (s float64, ok bool) {
	if len(theta) < MinFamily {
		return 0, false
	}
	return Median(theta), true
}

// BetweenRunVariance returns the variance v ≥ 0 that runs measured apart add to the squared standard errors se2 of the
// shifts theta: the one that makes the suite as spread out as it is,
//
//	median((θ̂−S)²/(se²+v)) = 0.45494,  S = median θ̂,
//
// where 0.45494 is the median of χ² with one degree of freedom, so that true changes in less than half of the metrics
// do not count. 0 if the samples' own noise explains the spread. For fewer than MinFamily metrics it is the constant
// 2·0.02², a run-to-run standard deviation of 2 % on each side. theta and se2 have the same length and stay as they are.
func BetweenRunVariance(theta, se2 []float64) float64 {
	s, ok := SuiteShift(theta)
	if !ok {
		return 2 * 0.02 * 0.02
	}
	// A metric's ratio is at the median of χ² for v = (θ̂−S)²/0.45494 − se². The v that puts the median ratio there lies
	// between the two middle ones of these, and is the middle one where N is odd.
	at := make([]float64, len(theta))
	for i, t := range theta {
		at[i] = (t-s)*(t-s)/chiMedian - se2[i]
	}
	hi := nth(at, len(at)/2)
	lo := hi
	if len(at)%2 == 0 {
		lo = slices.Max(at[:len(at)/2])
	}
	lo, hi = max(lo, 0), max(hi, 0)
	ratios := at
	tooSmall := func(v float64) bool {
		for i, t := range theta {
			ratios[i] = 0 // also where both are 0
			if t != s {
				ratios[i] = (t - s) * (t - s) / (se2[i] + v)
			}
		}
		return medianInPlace(ratios) > chiMedian
	}
	if lo == hi || !tooSmall(lo) {
		return lo
	}
	for step := 0; step < 100 && hi-lo > 1e-13*hi; step++ {
		if v := lo + (hi-lo)/2; tooSmall(v) {
			lo = v
		} else {
			hi = v
		}
	}
	return hi
}

const chiMedian = 0.4549364231195724 // median of χ²₁ = (Φ⁻¹(¾))²
