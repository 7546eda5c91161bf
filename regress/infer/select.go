package infer

import (
	"math"
	"slices"
)

// differences is the multiset { y_j − x_i } of two sorted samples: a matrix sorted along rows and columns, never
// written out.
type differences struct{ x, y []float64 }

// rank returns the r-th smallest difference, r from 1 to m·n, in O(m+n) memory-free passes: halve the range of values
// that can hold it until few are left, then sort those. Both ends of the range are always differences, so that
// many equal ones end it as well.
func (d differences) rank(r int) float64 {
	m, n := len(d.x), len(d.y)
	low, high := d.y[0]-d.x[m-1], d.y[n-1]-d.x[0]
	below, upTo := 0, m*n // number of differences < low, ≤ high
	for step := 0; low < high; step++ {
		if upTo-below <= few {
			return d.between(low, high, r-below)
		}
		v := mid(low, high)
		if step >= 32 || v >= high {
			v = bitsMid(low, high) // far outliers: halve the number of floats, which ends within 64 steps
		}
		count, last, next := d.split(v)
		if count >= r {
			high, upTo = last, count
		} else {
			low, below = next, count
		}
	}
	return low
}

// few is how many differences are sorted rather than halved again.
const few = 16

// split returns the number of differences ≤ v, the largest of them, and the smallest of the others. It walks the border
// between both sets through the matrix. low ≤ v < high, so neither set is empty.
func (d differences) split(v float64) (count int, last, next float64) {
	last, next = math.Inf(-1), math.Inf(1)
	j := 0
	for _, x := range d.x {
		for j < len(d.y) && d.y[j]-x <= v {
			j++
		}
		count += j
		if j > 0 {
			last = max(last, d.y[j-1]-x)
		}
		if j < len(d.y) {
			next = min(next, d.y[j]-x)
		}
	}
	return count, last, next
}

// between returns the r-th smallest of the differences in [low, high], at most few.
func (d differences) between(low, high float64, r int) float64 {
	var buf [few]float64
	found := buf[:0]
	from := 0
	for _, x := range d.x {
		for from < len(d.y) && d.y[from]-x < low {
			from++
		}
		for j := from; j < len(d.y) && d.y[j]-x <= high; j++ {
			found = append(found, d.y[j]-x)
		}
	}
	slices.Sort(found)
	return found[r-1]
}

// bitsMid returns a float v with low ≤ v < high that has as many floats below it as above, within the range.
func bitsMid(low, high float64) float64 {
	a, b := ordinal(low), ordinal(high)
	m := a + int64(uint64(b-a)/2)
	if m < 0 {
		return math.Float64frombits(uint64(math.MinInt64 - m))
	}
	return math.Float64frombits(uint64(m))
}

// ordinal numbers the floats in ascending order, with 0 for both zeros.
func ordinal(v float64) int64 {
	b := int64(math.Float64bits(v))
	if b < 0 {
		return math.MinInt64 - b
	}
	return b
}
