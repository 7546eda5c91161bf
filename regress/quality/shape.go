package main

import (
	"math"
	"math/rand/v2"
)

// shape is how the samples of one metric spread within one run, on the log
// scale. The zero shape is no single one: each metric draws its own.
type shape uint8

const (
	anyShape    shape = iota
	lognormal         // the textbook's noise
	bimodal           // 70/30 in two modes 2.1 sd apart: memory layout, a cache that fits or does not
	heavyTailed       // Student's t with three degrees of freedom
	spiked            // lognormal, and 5 % of the samples 20 … 100 % slower: a neighbour, a collection
	exponential       // shifted: a sharp best case and a tail of delays
	serial            // lognormal, first-order autoregressive: a machine that warms up or throttles
)

var shapeNames = [...]string{
	anyShape: "all shapes", lognormal: "lognormal", bimodal: "bimodal", heavyTailed: "t₃",
	spiked: "spikes", exponential: "exponential", serial: "AR(1)",
}

// independent are the shapes that "mixed" noise draws from.
var independent = [...]shape{lognormal, bimodal, heavyTailed, spiked, exponential}

// serialCorrelation is the ρ of the shape serial.
const serialCorrelation = 0.5

// String names the shape, as scenarios and tables do.
func (s shape) String() string { return shapeNames[s] }

// fill draws the samples of one run as logarithms around 0. Their standard
// deviation is cv, beside which come the spikes: they do not shrink with it.
func (s shape) fill(r *rand.Rand, cv float64, out []float64) {
	for i := range out {
		z := s.standard(r)
		if s == serial && i > 0 {
			z = serialCorrelation*out[i-1]/cv + math.Sqrt(1-serialCorrelation*serialCorrelation)*z
		}
		out[i] = cv * z
		if s == spiked && r.Float64() < 0.05 {
			out[i] += math.Log1p(0.2 + 0.8*r.Float64())
		}
	}
}

// standard draws one value of mean 0 and standard deviation 1.
func (s shape) standard(r *rand.Rand) float64 {
	switch s {
	case bimodal:
		const share, apart, within = 0.3, 2.1, 0.3
		mode := 0.0
		if r.Float64() < share {
			mode = apart
		}
		sd := math.Sqrt(within*within + share*(1-share)*apart*apart)
		return (mode - share*apart + within*r.NormFloat64()) / sd
	case heavyTailed:
		a, b, c := r.NormFloat64(), r.NormFloat64(), r.NormFloat64()
		return r.NormFloat64() / math.Sqrt(a*a+b*b+c*c) // t₃ is √3 times that, and so is its sd
	case exponential:
		return r.ExpFloat64() - 1
	}
	return r.NormFloat64()
}
