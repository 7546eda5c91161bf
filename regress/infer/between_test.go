package infer

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSuiteShift(t *testing.T) {
	_, ok := SuiteShift(make([]float64, 9))
	require.False(t, ok, "nine metrics are no suite")
	s, ok := SuiteShift([]float64{9, 1, 2, 3, 4, 6, 7, 8, 5, 100})
	require.True(t, ok)
	require.Equal(t, 5.5, s)
}

func TestBetweenRunVarianceSolvesItsEquation(t *testing.T) {
	rng := rand.New(rand.NewPCG(25, 26))
	for n := 10; n < 60; n++ {
		theta, se2 := make([]float64, n), make([]float64, n)
		for i := range theta {
			se2[i] = 0.01 * rng.ExpFloat64() * rng.ExpFloat64()
			theta[i] = 0.2 + 0.3*rng.NormFloat64()
		}
		before := slices.Clone(theta)
		v := BetweenRunVariance(theta, se2)
		require.Equal(t, before, theta, "the caller's slice")
		require.Positive(t, v)
		ratios := make([]float64, n)
		for i := range ratios {
			d := theta[i] - Median(theta)
			ratios[i] = d * d / (se2[i] + v)
		}
		require.InDelta(t, 0.45494, Median(ratios), 1e-5, "n = %d", n)
	}
}

func TestBetweenRunVarianceEdges(t *testing.T) {
	fill := func(v float64, n int) []float64 { return slices.Repeat([]float64{v}, n) }
	rising := []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
	require.Equal(t, 0.0008, BetweenRunVariance(rising[:9], fill(1, 9)), "too few metrics: 2 % a run")
	require.Equal(t, 0., BetweenRunVariance(rising, fill(1000, 10)), "explained by the samples' own noise")
	require.Equal(t, 0., BetweenRunVariance(fill(0.1, 10), fill(0, 10)), "0/0 is no spread")
	require.InDelta(t, 6.25/chiMedian, BetweenRunVariance(rising, fill(0, 10)), 1e-9, "se 0: the squares are .25 .25 2.25 2.25 6.25 6.25 …")
}

func TestBetweenRunVarianceFindsTheVariance(t *testing.T) {
	rng := rand.New(rand.NewPCG(27, 28))
	theta, se2 := make([]float64, 5000), make([]float64, 5000)
	for i := range theta {
		se2[i] = 0.02 * 0.02
		theta[i] = 0.05*rng.NormFloat64() + 0.02*rng.NormFloat64() + 0.1
		if i%10 == 0 {
			theta[i] += 0.5 // true changes
		}
	}
	require.InEpsilon(t, 0.05*0.05, BetweenRunVariance(theta, se2), 0.4)
}

func BenchmarkBetweenRunVariance30000(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	theta, se2 := normalSample(rng, 30_000, 0), make([]float64, 30_000)
	for b.Loop() {
		BetweenRunVariance(theta, se2)
	}
}
