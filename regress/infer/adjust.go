package infer

import (
	"cmp"
	"slices"
)

// BenjaminiHochberg returns the p-values adjusted for their number so that rejecting all that are ≤ α keeps the false
// discovery rate at α (Benjamini & Hochberg 1995): q₍ᵢ₎ = min over j ≥ i of min(1, p₍ⱼ₎·N/j). The result is a new slice
// in the order of p; every p must be in [0, 1].
func BenjaminiHochberg(p []float64) []float64 {
	q := make([]float64, len(p))
	order := ascending(p)
	least := 1.0
	for i := len(order) - 1; i >= 0; i-- {
		least = min(least, p[order[i]]*(float64(len(p))/float64(i+1)))
		q[order[i]] = least
	}
	return q
}

// Holm returns the p-values adjusted so that rejecting all that are ≤ α keeps the probability of any false rejection at
// α, whatever their dependence (Holm 1979): max over j ≤ i of min(1, p₍ⱼ₎·(N+1−j)). The result is a new slice in the
// order of p; every p must be in [0, 1].
func Holm(p []float64) []float64 {
	q := make([]float64, len(p))
	largest := 0.0
	for i, at := range ascending(p) {
		largest = min(1, max(largest, p[at]*float64(len(p)-i)))
		q[at] = largest
	}
	return q
}

// ascending returns the indices of p in ascending order of their values.
func ascending(p []float64) []int {
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(p[a], p[b]) })
	return order
}
