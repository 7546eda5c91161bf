package infer

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestMedian(t *testing.T) {
	for _, c := range []struct {
		why  string
		x    []float64
		want float64
	}{
		{"one value", []float64{3}, 3},
		{"odd", []float64{3, 1, 2}, 2},
		{"even: mean of the middle ones", []float64{4, 1, 2, 9}, 3},
		{"no overflow", []float64{1e308, 1.6e308}, 1.3e308},
		{"no underflow", []float64{5e-324, 5e-324}, 5e-324},
		{"opposite extremes", []float64{-1.7e308, 1.7e308}, 0},
	} {
		x := slices.Clone(c.x)
		require.Equal(t, c.want, Median(x), c.why)
		require.Equal(t, c.x, x, "reordered")
	}
}

func TestMedianOfManyEqualsSorting(t *testing.T) {
	rng := rand.New(rand.NewPCG(19, 20))
	shapes := map[string]func(i, n int) float64{
		"random":     func(int, int) float64 { return rng.Float64() },
		"few values": func(int, int) float64 { return float64(rng.IntN(3)) },
		"sorted":     func(i, _ int) float64 { return float64(i) },
		"reversed":   func(i, _ int) float64 { return float64(-i) },
		"organ pipe": func(i, n int) float64 { return float64(min(i, n-i)) },
		"one value":  func(int, int) float64 { return 7 },
	}
	for name, shape := range shapes {
		for range 100 {
			n := 1 + rng.IntN(400)
			x := make([]float64, n)
			for i := range x {
				x[i] = shape(i, n)
			}
			s := slices.Sorted(slices.Values(x))
			require.Equal(t, (s[(n-1)/2]+s[n/2])/2, Median(x), name)
		}
	}
}

func TestMedianInterval(t *testing.T) {
	// Ranks of the 95 % interval: Dixon & Massey 1969, table A-25, also in Conover 1999.
	for _, c := range []struct {
		n, k     int
		coverage float64
	}{
		{5, 0, 0}, {6, 1, 1 - 2./64}, {8, 1, 1 - 2./256}, {9, 2, 1 - 20./512}, {10, 2, 1 - 22./1024},
		{15, 4, 0.9648}, {20, 6, 0.9586}, {100, 40, 0.9648},
	} {
		k, coverage := signRank(c.n)
		require.Equal(t, c.k, k, "n = %d", c.n)
		if k > 0 {
			require.InDelta(t, c.coverage, coverage, 5e-5, "n = %d", c.n)
		}
	}
	require.Equal(t, Interval{Center: 3, Lo: 3, Hi: 3}, MedianInterval([]float64{5, 1, 2, 3, 4}), "a bare point")
	require.Equal(t, Interval{Center: 3.5, Lo: 1, Hi: 6, Confidence: 0.96875}, MedianInterval([]float64{5, 1, 2, 3, 4, 6}))
}

func TestMedianIntervalIsContinuousAtTheApproximation(t *testing.T) {
	exact, coverage := signRank(1000)
	require.GreaterOrEqual(t, coverage, 0.95)
	above, coverage := signRank(1001)
	require.InDelta(t, exact, above, 1)
	require.InDelta(t, 0.95, coverage, 0.01)
	_, coverage = signRank(200_000)
	require.InDelta(t, 0.95, coverage, 1e-3)
}

func BenchmarkMedianInterval20(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	x := normalSample(rng, 20, 100)
	b.ReportAllocs()
	for b.Loop() {
		MedianInterval(x)
	}
}

func ExampleMedianInterval() {
	i := MedianInterval([]float64{12.1, 11.9, 12.0, 12.4, 12.2, 11.8, 12.3, 15.9})
	fmt.Printf("%.2f [%.1f, %.1f] at %.1f %%\n", i.Center, i.Lo, i.Hi, 100*i.Confidence)
	// Output: 12.15 [11.8, 15.9] at 99.2 %
}
