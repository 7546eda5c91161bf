package infer

import (
	"math"
	"sync/atomic"
)

const (
	exactTotal = 100               // up to this m+n every null distribution is exact, above it is normal
	tailLevel  = 0.025             // each side of a 95 % interval
	normal975  = 1.959963984540054 // Φ⁻¹(0.975)
	maxLevel   = 0.2               // above this level an interval end says nothing of the spread
)

// null is what the distribution of U without ties, both samples from one population, gives for sizes m and n.
type null struct {
	below []float64 // P(U ≤ u) for u ≤ mn/2; nil above exactTotal
	minP  float64   // least two-sided p: 2/C(m+n, n), at most 1
	k     int       // largest k with P(U ≤ k−1) ≤ 0.025: the rank of the interval; 0 if there is none
	level float64   // a = P(U ≤ max(k,1)−1), the level of the rank that the standard error is read from
	t     float64   // t quantile at level a with m+n−2 degrees of freedom; 0 if a ≥ maxLevel
}

var nulls [exactTotal][exactTotal]atomic.Pointer[null]

// nullOf returns the null for sizes m, n ≥ 1. The exact ones are computed once and kept; two goroutines may do so at
// the same time, with the same result.
func nullOf(m, n int) *null {
	if m+n > exactTotal {
		return normalNull(m, n)
	}
	slot := &nulls[m-1][n-1]
	if d := slot.Load(); d != nil {
		return d
	}
	d := exactNull(m, n)
	slot.Store(d)
	return d
}

func exactNull(m, n int) *null {
	d := &null{below: uCounts(m, n)}
	total := choose(m+n, n)
	sum := 0.0
	for u, count := range d.below {
		sum += count
		d.below[u] = sum / total
	}
	d.minP = min(1, 2/total)
	for d.k < len(d.below) && d.below[d.k] <= tailLevel {
		d.k++
	}
	d.level = d.below[max(d.k, 1)-1]
	d.spread(m, n)
	return d
}

// normalNull approximates U by a normal variable with continuity correction.
func normalNull(m, n int) *null {
	mean, sd := uMoments(m, n, 0)
	d := &null{minP: max(math.Exp(math.Ln2-logChoose(m+n, n)), leastP)}
	d.k = max(0, int(math.Floor(mean+0.5-normal975*sd)))
	d.level = math.Erfc((mean+0.5-float64(max(d.k, 1)))/sd/math.Sqrt2) / 2
	d.spread(m, n)
	return d
}

func (d *null) spread(m, n int) {
	if d.level < maxLevel {
		d.t = upperQuantile(d.level, float64(m+n-2))
	}
}

// twoSided returns min(1, 2·min(P(U ≤ u), P(U ≥ u))); the distribution is symmetric about mn/2.
func (d *null) twoSided(u, mn float64) float64 {
	return min(1, 2*d.below[int(min(u, mn-u))])
}

// uCounts returns the number of orderings of m and n distinct values with U = u, for u ≤ mn/2, by the recurrence of
// Mann & Whitney 1947: the largest value is a y and beats all m, or it is an x and beats none,
// f(m, n, u) = f(m, n−1, u−m) + f(m−1, n, u).
// Only additions of positive numbers: exact up to 2⁵³, and to 1e-14 above.
func uCounts(m, n int) []float64 {
	size := m*n/2 + 1
	rows := make([][]float64, n+1) // rows[j] = f(i, j, ·), for i growing
	for j := range rows {
		rows[j] = make([]float64, size)
		rows[j][0] = 1
	}
	for i := 1; i <= m; i++ {
		for j := 1; j <= n; j++ {
			for u := i; u < size; u++ {
				rows[j][u] += rows[j-1][u-i]
			}
		}
	}
	return rows[n]
}

// uMoments returns mean and standard deviation of U under the null; ties is Σ(t³−t) over the groups of equal values.
func uMoments(m, n int, ties float64) (mean, sd float64) {
	mn, total := float64(m)*float64(n), float64(m+n)
	return mn / 2, math.Sqrt(mn / 12 * (total + 1 - ties/(total*(total-1))))
}

// choose returns the binomial coefficient C(n, k), exact up to 2⁵³.
func choose(n, k int) float64 {
	c := 1.0
	for i := 1; i <= min(k, n-k); i++ {
		c = c * float64(n-i+1) / float64(i)
	}
	return c
}

func logChoose(n, k int) float64 {
	lg := func(v int) float64 { l, _ := math.Lgamma(float64(v) + 1); return l }
	return lg(n) - lg(k) - lg(n-k)
}
