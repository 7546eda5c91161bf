package infer

import (
	"math"
	"slices"
)

// leastP keeps a p-value above 0 where the true one is below what a float64 can hold.
const leastP = 0x1p-1022

// UTest returns the statistic of Mann & Whitney 1947, u = #{y > x} + ½·#{y = x} over all pairs, and its two-sided
// p-value under the null that both samples come from one population,
//
//	p = min(1, 2·min(P(U ≥ u), P(U ≤ u))), in (0, 1].
//
// For len(x)+len(y) ≤ 100 the null is exact, given the ties of the pooled sample: the distribution of U over all
// C(m+n, n) splits of the values seen. Above that it is normal, corrected for ties and continuity.
// The slices stay as they are. Values must be finite, and both samples hold at least one.
func UTest(x, y []float64) (u, p float64) {
	var xs, ys [stackSize]float64
	r := pool(sorted(xs[:0], x), sorted(ys[:0], y))
	return r.u, r.twoSided(nullOf(r.m, r.n))
}

func sorted(buf, x []float64) []float64 {
	buf = append(buf, x...)
	slices.Sort(buf)
	return buf
}

// pooled is what a rank test sees of two samples: U and the sizes of the groups of equal values, in ascending order.
type pooled struct {
	m, n   int
	u      float64
	cubes  float64           // Σ(t³−t) over the groups
	count  int               // number of groups, if m+n ≤ exactTotal
	groups [exactTotal]uint8 // their sizes
}

// pool merges two sorted samples.
func pool(x, y []float64) pooled {
	r := pooled{m: len(x), n: len(y)}
	exact := r.m+r.n <= exactTotal
	for i, j := 0, 0; i < len(x) || j < len(y); {
		i0, j0 := i, j
		var v float64
		if j == len(y) || i < len(x) && x[i] < y[j] {
			v = x[i]
		} else {
			v = y[j]
		}
		for i < len(x) && x[i] == v {
			i++
		}
		for j < len(y) && y[j] == v {
			j++
		}
		nx, ny := float64(i-i0), float64(j-j0)
		r.u += ny * (float64(i0) + nx/2)
		t := nx + ny
		r.cubes += t * (t*t - 1)
		if exact {
			r.groups[r.count] = uint8(t)
			r.count++
		}
	}
	return r
}

func (r *pooled) twoSided(d *null) float64 {
	mn := float64(r.m) * float64(r.n)
	switch {
	case d.below == nil:
		return r.normal(d.minP)
	case r.cubes == 0:
		return d.twoSided(r.u, mn)
	}
	return r.tied()
}

func (r *pooled) normal(minP float64) float64 {
	mean, sd := uMoments(r.m, r.n, r.cubes)
	if !(sd > 0) {
		return 1 // all values are equal
	}
	z := max(0, math.Abs(r.u-mean)-0.5) / sd
	return max(math.Erfc(z/math.Sqrt2), minP)
}
