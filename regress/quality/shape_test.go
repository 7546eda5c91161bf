package main

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/org/regress-gate/regress/infer"
	"github.com/stretchr/testify/require"
)

func source() *rand.Rand { return rand.New(rand.NewPCG(1, 2)) }

func drawShape(s shape, cv float64) []float64 {
	out := make([]float64, 1_000_000)
	s.fill(source(), cv, out)
	return out
}

func moments(x []float64) (m, sd float64) {
	m = mean(x)
	for _, v := range x {
		sd += (v - m) * (v - m) / float64(len(x))
	}
	return m, math.Sqrt(sd)
}

func TestShapesHaveTheStatedSize(t *testing.T) {
	for _, s := range []shape{lognormal, bimodal, heavyTailed, exponential, serial} {
		for _, cv := range []float64{0.005, 0.1} {
			m, sd := moments(drawShape(s, cv))
			require.InDelta(t, 0, m/cv, 0.01, "%s", s)
			require.InDelta(t, 1, sd/cv, 0.03, "%s", s) // the variance of t₃ converges slowly
		}
	}
}

func TestShapesAreWhatTheyAreCalled(t *testing.T) {
	share := func(x []float64, of func(float64) bool) float64 {
		n := 0
		for _, v := range x {
			if of(v) {
				n++
			}
		}
		return float64(n) / float64(len(x))
	}

	slow := share(drawShape(bimodal, 1), func(v float64) bool { return v > 0.4 }) // between the modes at −0.62 and 1.46
	require.InDelta(t, 0.3, slow, 0.01)

	// P(|t₃| > 5.841) = 0.01; standardised by √3.
	require.InDelta(t, 0.01, share(drawShape(heavyTailed, 1), func(v float64) bool { return math.Abs(v) > 5.841/math.Sqrt(3) }), 0.001)

	spikes := drawShape(spiked, 0.005)
	require.InDelta(t, 0.05, share(spikes, func(v float64) bool { return v > math.Log(1.15) }), 0.002)
	require.Less(t, slices.Max(spikes), math.Log(2.1))
	require.InDelta(t, 0, infer.Median(spikes), 0.001)

	require.GreaterOrEqual(t, slices.Min(drawShape(exponential, 1)), -1.0)

	lag, _ := infer.Lag1(drawShape(serial, 0.03))
	require.InDelta(t, serialCorrelation, lag, 0.005)
	lag, _ = infer.Lag1(drawShape(lognormal, 0.03))
	require.InDelta(t, 0, lag, 0.005)
}
