package infer

import (
	"math"
	"slices"
)

// Scale is how two samples are set against each other. The zero Scale is invalid.
type Scale uint8

const (
	// Log compares by ratios: shifts are differences of natural logarithms, and every value must be > 0.
	Log Scale = iota + 1
	// Linear compares by differences, in the unit of the values, which may be zero or negative.
	Linear
)

// ScaleOf returns Log if every value is > 0, else Linear.
func ScaleOf(base, head []float64) Scale {
	for _, sample := range [2][]float64{base, head} {
		for _, v := range sample {
			if !(v > 0) {
				return Linear
			}
		}
	}
	return Log
}

// Shift is all that two samples say of their difference. D is the multiset of the m·n differences
// sign·(f(head_j) − f(base_i)) with f = ln for Log and the identity for Linear; positive is worse. Estimate, Lo, Hi, SE
// and SEUpper are on that scale: for Log, 100·(exp(sign·Estimate)−1) is the change in percent.
type Shift struct {
	Estimate float64 // median of D (Hodges & Lehmann 1963)

	// Lo and Hi are the exact rank interval [D₍ₖ₎, D₍ₘₙ₊₁₋ₖ₎] with the largest k such that P(U ≤ k−1) ≤ 0.025; for
	// k = 0 there is none, Bounded is false, and both equal Estimate. Confidence is its coverage, ≥ 0.95; else 0.
	Lo, Hi, Confidence float64
	Bounded            bool

	// SE and SEUpper are the standard errors that the lower and the upper half of the rank interval stand for:
	// half-width / t₁₋ₐ, with k* = max(k, 1) and a = P(U ≤ k*−1) the level at which that half is exact. As robust as
	// the interval, and t extrapolates them to levels that no rank test of this size reaches. 0 if the values that
	// decide are equal. HasSE is false where a ≥ 0.2 (1 v 1 to 1 v 4): there is no standard error then, and both are 0.
	SE, SEUpper float64
	HasSE       bool
	DF          float64 // m+n−2

	U    float64 // #{D > 0} + ½·#{D = 0}, of m·n
	P    float64 // two-sided p of U, as UTest gives it, in (0, 1]
	MinP float64 // least P that samples of these sizes can have: 2/C(m+n, n), at most 1
	M, N int     // sample sizes of base and head
}

// Interval returns the estimate with its rank interval.
func (s Shift) Interval() Interval {
	return Interval{Center: s.Estimate, Lo: s.Lo, Hi: s.Hi, Confidence: s.Confidence}
}

// NewShift compares head with base. sign is +1 where lower values are better and −1 where higher ones are.
//
// It is the caller's part that both samples hold at least one value, all finite, all > 0 for Log (see ScaleOf), and for
// Linear none beyond ±1e307; then every number of the result is finite. It panics on an invalid scale or sign. The
// slices stay as they are. For m+n ≤ 100 ranks and p are exact, above that from the normal approximation; memory stays
// linear in m+n.
func NewShift(base, head []float64, sign float64, scale Scale) Shift {
	if sign != 1 && sign != -1 {
		panic("infer: sign must be +1 or -1")
	}
	var xs, ys [stackSize]float64
	x, y := sorted(xs[:0], base), sorted(ys[:0], head)
	r := pool(x, y) // ranks from the values as they are: logarithms of neighbours may be equal
	null := nullOf(r.m, r.n)
	s := Shift{
		U: r.u, P: r.twoSided(null), MinP: null.minP,
		M: r.m, N: r.n, DF: float64(r.m + r.n - 2), HasSE: null.t > 0,
	}
	if sign < 0 {
		s.U = float64(r.m)*float64(r.n) - r.u
	}
	d := differences{orient(x, sign, scale), orient(y, sign, scale)}
	mn := r.m * r.n
	s.Estimate = mid(d.rank((mn+1)/2), d.rank(mn/2+1))
	s.Lo, s.Hi = s.Estimate, s.Estimate
	if !s.HasSE {
		return s
	}
	k := max(null.k, 1)
	lo, hi := d.rank(k), d.rank(mn+1-k)
	s.SE, s.SEUpper = (s.Estimate-lo)/null.t, (hi-s.Estimate)/null.t
	if null.k > 0 {
		s.Lo, s.Hi, s.Bounded, s.Confidence = lo, hi, true, 1-2*null.level
	}
	return s
}

// orient maps sorted values in place to sign·f(v), sorted again.
func orient(v []float64, sign float64, scale Scale) []float64 {
	switch scale {
	case Log:
		for i := range v {
			v[i] = sign * math.Log(v[i])
		}
	case Linear:
		for i := range v {
			v[i] *= sign
		}
	default:
		panic("infer: invalid scale")
	}
	if sign < 0 {
		slices.Reverse(v)
	}
	slices.Sort(v) // already sorted, unless math.Log is off by one in the last place
	return v
}

// PBeyond returns P(T ≥ (estimate−margin)/se) for Student's t with df degrees of freedom: the one-sided p of "the
// shift is at most margin" (the test relative to a threshold of McCarthy & Smyth 2009). estimate, se ≥ 0 and margin are
// on one scale. Where se is 0 there is no doubt: 0 if estimate > margin, else 1.
func PBeyond(estimate, se, margin, df float64) float64 {
	if se == 0 {
		if estimate > margin {
			return 0
		}
		return 1
	}
	return StudentTail((estimate-margin)/se, df)
}
