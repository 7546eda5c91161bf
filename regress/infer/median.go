package infer

import (
	"math"
	"slices"
)

// Interval is an estimate with its confidence interval. Center, Lo and Hi have the unit of the sample; Confidence is
// the coverage as a fraction. Confidence 0 is a bare point: the sample is too small for an interval, and
// Lo == Hi == Center.
type Interval struct{ Center, Lo, Hi, Confidence float64 }

// Median returns the sample median of x, the mean of the two middle values where their number is even. It never
// reorders x, and it does not overflow for finite x. x must hold at least one value.
func Median(x []float64) float64 {
	var buf [stackSize]float64
	return medianInPlace(append(buf[:0], x...))
}

// MedianInterval returns the sample median of x and its distribution-free 95 % interval between two order statistics,
// [x₍ₖ₎, x₍ₙ₊₁₋ₖ₎] with the largest k such that P(Bin(n, ½) ≤ k−1) ≤ 0.025 (Thompson 1936). Confidence is the exact
// coverage, never below 0.95: 0.969 for n = 6. Below n = 6 no such interval exists and the result is a bare point.
// It never reorders x; x must hold at least one value.
func MedianInterval(x []float64) Interval {
	var buf [stackSize]float64
	s := append(buf[:0], x...)
	slices.Sort(s)
	n := len(s)
	center := mid(s[(n-1)/2], s[n/2])
	k, coverage := signRank(n)
	if k == 0 {
		return Interval{Center: center, Lo: center, Hi: center}
	}
	return Interval{Center: center, Lo: s[k-1], Hi: s[n-k], Confidence: coverage}
}

// stackSize is how many values are copied without asking the heap: the largest sample for which nulls are exact.
const stackSize = exactTotal

// signRank returns the rank k of MedianInterval, 0 if there is none, and the coverage it gives.
func signRank(n int) (k int, coverage float64) {
	const exact = 1000 // 2⁻ⁿ is still a normal float64, and the normal approximation is good to four digits
	if n > exact {
		sd := math.Sqrt(float64(n)) / 2
		mean := float64(n) / 2
		k = int(math.Floor(mean + 0.5 - normal975*sd))
		return k, 1 - math.Erfc((mean+0.5-float64(k))/sd/math.Sqrt2)
	}
	term := math.Ldexp(1, -n) // P(Bin = k)
	below := 0.0              // P(Bin ≤ k−1)
	for below+term <= tailLevel {
		below += term
		term *= float64(n-k) / float64(k+1)
		k++
	}
	return k, 1 - 2*below
}

// medianInPlace is Median for a slice that may be reordered.
func medianInPlace(s []float64) float64 {
	n := len(s)
	hi := nth(s, n/2)
	if n%2 == 1 {
		return hi
	}
	return mid(slices.Max(s[:n/2]), hi) // nth left the smaller half in front
}

// nth returns the value of rank k (from 0) of s by quickselect, and leaves nothing larger before it and nothing
// smaller behind it. Inputs made to defeat the choice of pivot end in a sort, so that it is never quadratic.
func nth(s []float64, k int) float64 {
	lo, hi := 0, len(s)-1
	for round := 0; round < 64 && hi-lo > 12; round++ {
		pivot := median3(s[lo], s[(lo+hi)/2], s[hi])
		i, j := lo, hi
		for i <= j {
			for s[i] < pivot {
				i++
			}
			for s[j] > pivot {
				j--
			}
			if i <= j {
				s[i], s[j] = s[j], s[i]
				i++
				j--
			}
		}
		switch {
		case k <= j:
			hi = j
		case k >= i:
			lo = i
		default:
			return s[k]
		}
	}
	slices.Sort(s[lo : hi+1])
	return s[k]
}

func median3(a, b, c float64) float64 {
	return max(min(a, b), min(max(a, b), c))
}

// mid returns the mean of two finite values without overflow, and exactly a where a == b.
func mid(a, b float64) float64 {
	if m := (a + b) / 2; !math.IsInf(m, 0) {
		return m
	}
	return a/2 + b/2
}
