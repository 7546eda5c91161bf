package infer

import "math"

// Lag1 returns the mean of the lag-1 autocorrelations Σ(xᵢ−x̄)(xᵢ₊₁−x̄)/Σ(xᵢ−x̄)² of the samples, each in measuring
// order; usually of the base and head of one metric. A sample whose values are all equal has none and is left out; ok
// is false if that leaves none. The slices stay as they are.
func Lag1(samples ...[]float64) (r float64, ok bool) {
	count := 0
	for _, x := range samples {
		if one, ok := lag1(x); ok {
			r += one
			count++
		}
	}
	if count == 0 {
		return 0, false
	}
	return r / float64(count), true
}

func lag1(x []float64) (r float64, ok bool) {
	largest := 0.0
	for _, v := range x {
		largest = max(largest, math.Abs(v))
	}
	if largest == 0 {
		return 0, false
	}
	mean := 0.0
	for _, v := range x {
		mean += v / largest / float64(len(x)) // scaled, since squares may leave the range of a float64
	}
	var product, square, before float64
	constant := true
	for i, v := range x {
		dev := v/largest - mean
		product += before * dev
		square += dev * dev
		before = dev
		constant = constant && x[i] == x[0]
	}
	if constant || square == 0 {
		return 0, false
	}
	return product / square, true
}

// SerialCorrelation judges whether the samples of a suite depend on the order in which they were taken, as when a
// machine warms up or throttles. lag1 holds Lag1 of every metric, n is the (least) number of samples on a side. rho is
// the correlation of neighbouring samples and factor = (1+ρ)/(1−ρ) what every squared standard error has to be
// multiplied with.
//
// The median r over N metrics is corrected for its bias, r_c = r + 1/n, and counts if N ≥ 10, n ≥ 5 and
// r_c > 2.5/√(2nN); then ρ = min(0.9, r_c/(1−4/n)). Otherwise rho is 0 and factor 1.
func SerialCorrelation(lag1 []float64, n int) (rho, factor float64) {
	if len(lag1) < MinFamily || n < 5 {
		return 0, 1
	}
	size := float64(n)
	r := Median(lag1) + 1/size
	if r <= 2.5/math.Sqrt(2*size*float64(len(lag1))) {
		return 0, 1
	}
	rho = min(0.9, r/(1-4/size))
	return rho, (1 + rho) / (1 - rho)
}
