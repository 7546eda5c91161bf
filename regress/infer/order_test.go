package infer

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLag1(t *testing.T) {
	for _, c := range []struct {
		why     string
		samples [][]float64
		want    float64
		ok      bool
	}{
		{"by hand: deviations -1.5 -.5 .5 1.5, products 1.25, squares 5", [][]float64{{1, 2, 3, 4}}, 0.25, true},
		{"alternating", [][]float64{{1, -1, 1, -1}}, -0.75, true},
		{"the mean of both sides", [][]float64{{1, 2, 3, 4}, {1, -1, 1, -1}}, -0.25, true},
		{"a constant side has none", [][]float64{{5, 5, 5, 5}, {1, 2, 3, 4}}, 0.25, true},
		{"both constant, not exact in binary", [][]float64{{0.1, 0.1, 0.1}, {0.3, 0.3, 0.3}}, 0, false},
		{"all zero", [][]float64{{0, 0}}, 0, false},
		{"one value", [][]float64{{3}}, 0, false},
		{"squares out of range", [][]float64{{1e308, 1.1e308, 1.2e308, 1.3e308}}, 0.25, true},
		{"squares below it", [][]float64{{1e-308, 2e-308, 3e-308, 4e-308}}, 0.25, true},
	} {
		r, ok := Lag1(c.samples...)
		require.Equal(t, c.ok, ok, c.why)
		require.InDelta(t, c.want, r, 1e-12, c.why)
	}
}

func TestSerialCorrelation(t *testing.T) {
	same := func(r float64, metrics int) []float64 {
		x := make([]float64, metrics)
		for i := range x {
			x[i] = r
		}
		return x
	}
	for _, c := range []struct {
		why         string
		lag1        []float64
		n           int
		rho, factor float64
	}{
		{"by hand: r_c = 0.3, ρ = 0.3/0.6", same(0.2, 10), 10, 0.5, 3},
		{"too few metrics", same(0.2, 9), 10, 0, 1},
		{"too few samples", same(0.2, 10), 4, 0, 1},
		{"five samples are enough: r_c = 0.3, ρ = 0.3/0.2 cut to 0.9", same(0.1, 20), 5, 0.9, 19},
		{"below 2.5/√(2·10·20) = 0.125", same(0.024, 20), 10, 0, 1},
		{"above it", same(0.026, 20), 10, 0.21, 1.21 / 0.79},
		{"independent samples have −1/n", same(-0.1, 200), 10, 0, 1},
	} {
		rho, factor := SerialCorrelation(c.lag1, c.n)
		require.InDelta(t, c.rho, rho, 1e-12, c.why)
		require.InDelta(t, c.factor, factor, 1e-9, c.why)
	}
}

// Families of 200 metrics of 10 samples with neighbours correlated by ½, and by nothing.
func TestSerialCorrelationFindsRho(t *testing.T) {
	rng := rand.New(rand.NewPCG(23, 24))
	estimate := func(rho float64) (mean float64, found int) {
		for range 100 {
			lag1 := make([]float64, 200)
			for i := range lag1 {
				lag1[i], _ = Lag1(autoregressive(rng, 10, rho), autoregressive(rng, 10, rho))
			}
			r, _ := SerialCorrelation(lag1, 10)
			mean += r / 100
			if r > 0 {
				found++
			}
		}
		return mean, found
	}
	mean, found := estimate(0.5)
	require.Equal(t, 100, found)
	require.InDelta(t, 0.5, mean, 0.1)
	_, found = estimate(0)
	require.LessOrEqual(t, found, 5)
}

func autoregressive(rng *rand.Rand, n int, rho float64) []float64 {
	x := make([]float64, n)
	v := rng.NormFloat64()
	for i := range x {
		x[i] = v
		v = rho*v + rng.NormFloat64()*math.Sqrt(1-rho*rho)
	}
	return x
}
