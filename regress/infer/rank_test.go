package infer

import (
	"fmt"
	"math"
	"math/bits"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// enumerateU computes u and both one-sided p-values from their definition, over every split of the pooled values.
func enumerateU(x, y []float64) (u, atMost, atLeast float64) {
	all := append(append([]float64{}, x...), y...)
	twice := func(heads uint) (u2 int) {
		for i := range all {
			for j := range all {
				if heads>>j&1 == 1 && heads>>i&1 == 0 {
					switch {
					case all[j] > all[i]:
						u2 += 2
					case all[j] == all[i]:
						u2++
					}
				}
			}
		}
		return u2
	}
	seen := twice((1<<len(y) - 1) << len(x))
	var total float64
	for heads := uint(0); heads < 1<<len(all); heads++ {
		if bits.OnesCount(heads) != len(y) {
			continue
		}
		total++
		u2 := twice(heads)
		if u2 <= seen {
			atMost++
		}
		if u2 >= seen {
			atLeast++
		}
	}
	return float64(seen) / 2, atMost / total, atLeast / total
}

func TestUTestEqualsEnumeration(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for m := 1; m < 14; m++ {
		for n := 1; m+n <= 14; n++ {
			rounds := 20
			if m+n > 11 {
				rounds = 4
			}
			for range rounds {
				x, y := tiedSample(rng, m), tiedSample(rng, n)
				u, p := UTest(x, y)
				wantU, low, high := enumerateU(x, y)
				require.Equal(t, wantU, u, "%v %v", x, y)
				require.InDelta(t, min(1, 2*min(low, high)), p, 1e-12, "%v %v", x, y)
				require.GreaterOrEqual(t, p, min(low, high)*(1-1e-12), "two-sided below one-sided: %v %v", x, y)
			}
		}
	}
}

// tiedSample draws n values on one of many grids, from all equal to hardly a tie.
func tiedSample(rng *rand.Rand, n int) []float64 {
	x := make([]float64, n)
	levels := 1 + rng.IntN(1<<rng.IntN(6))
	for i := range x {
		x[i] = float64(rng.IntN(levels) + rng.IntN(2)*rng.IntN(3))
	}
	return x
}

func TestUTestReferences(t *testing.T) {
	for _, c := range []struct {
		why  string
		x, y []float64
		u, p float64
	}{
		{"separated, 5 v 5: the least p there is", []float64{1, 2, 3, 4, 5}, []float64{6, 7, 8, 9, 10}, 25, 1. / 126},
		{"separated the other way: the same p", []float64{6, 7, 8, 9, 10}, []float64{1, 2, 3, 4, 5}, 0, 1. / 126},
		{"quantised timer, ties across the samples", []float64{12, 12, 13, 12, 12, 13}, []float64{13, 14, 13, 14, 14, 13}, 33, 5. / 231},
		{"unequal sizes and skewed ties, where a mirrored tail gives 0", []float64{2, 1, 3, 5}, []float64{1, 1, 1, 1, 1}, 2.5, 2. / 21},
		{"all equal: nothing to tell apart", []float64{7, 7, 7}, []float64{7, 7}, 3, 1},
		{"1 v 1", []float64{1}, []float64{2}, 1, 1},
		{"2 v 2", []float64{1, 2}, []float64{3, 4}, 4, 1. / 3},
		{"3 v 3 cannot be significant", []float64{1, 2, 3}, []float64{4, 5, 6}, 9, 0.1},
		{"3 v 5", []float64{1, 2, 3}, []float64{4, 5, 6, 7, 8}, 15, 2. / 56},
		{"4 v 4", []float64{1, 2, 3, 4}, []float64{5, 6, 7, 8}, 16, 2. / 70},
		{"both zeros are one value", []float64{0, math.Copysign(0, -1)}, []float64{0, 0}, 2, 1},
		{"negative values", []float64{-3, -2}, []float64{-1, -4}, 2, 1},
	} {
		u, p := UTest(c.x, c.y)
		require.Equal(t, c.u, u, c.why)
		require.InDelta(t, c.p, p, 1e-15, c.why)
	}
}

func TestUTestCriticalValues(t *testing.T) {
	// Largest U with two-sided p ≤ 0.05 (Milton 1964; the table of every textbook).
	for _, c := range []struct{ m, n, u int }{{4, 4, 0}, {5, 5, 2}, {6, 6, 5}, {8, 8, 13}, {10, 10, 23}, {5, 9, 7}, {12, 15, 49}, {20, 20, 127}} {
		require.Equal(t, c.u, nullOf(c.m, c.n).k-1, "%d v %d", c.m, c.n)
		require.Equal(t, nullOf(c.m, c.n).k, nullOf(c.n, c.m).k)
	}
}

func TestExactNullSums(t *testing.T) {
	for _, c := range [][2]int{{1, 1}, {1, 99}, {50, 50}, {33, 66}, {7, 8}} {
		m, n := c[0], c[1]
		count := uCounts(m, n)
		sum := 0.0
		for _, v := range count {
			sum += 2 * v
		}
		if m*n%2 == 0 {
			sum -= count[m*n/2] // the middle one is its own mirror image
		}
		require.InEpsilon(t, choose(m+n, n), sum, 1e-13, "%d v %d", m, n)
	}
}

// One tie that does not matter must give nearly the p of no ties: the two ways to compute it share no code.
func TestTiedMeetsUntied(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 60 {
		m, n := 1+rng.IntN(40), 1+rng.IntN(40)
		x, y := normalSample(rng, m, 0), normalSample(rng, n, rng.Float64())
		xs, ys := sorted(nil, x), sorted(nil, y)
		r := pool(xs, ys)
		require.Zero(t, r.cubes)
		require.InEpsilon(t, r.twoSided(nullOf(m, n)), r.tied(), 1e-12, "%d v %d, u = %v", m, n, r.u)
	}
}

func TestUTestProperties(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 400 {
		sizes := []int{1, 2, 3, 5, 10, 20, 40, 60, 97} // on both sides of the exact limit
		m, n := sizes[rng.IntN(len(sizes))], sizes[rng.IntN(len(sizes))]
		x, y := tiedSample(rng, m), tiedSample(rng, n)
		requireUTest(t, x, y)
	}
}

func requireUTest(t *testing.T, x, y []float64) {
	t.Helper()
	m, n := len(x), len(y)
	x0, y0 := append([]float64{}, x...), append([]float64{}, y...)
	u, p := UTest(x, y)
	require.Equal(t, x0, x, "reordered")
	require.Equal(t, y0, y, "reordered")
	require.True(t, p > 0 && p <= 1, "p = %v for %v %v", p, x, y)
	require.True(t, u >= 0 && u <= float64(m*n), "u = %v for %v %v", u, x, y)
	back, same := UTest(y, x)
	require.Equal(t, float64(m*n), u+back, "%v %v", x, y)
	rounding := 1e-12
	if m+n > exactTotal {
		rounding = 1e-9 // far out in the normal tail the rounding of z counts z times as much
	}
	require.InEpsilon(t, p, same, rounding, "swapped: %v %v", x, y)
	require.GreaterOrEqual(t, p, nullOf(m, n).minP*(1-1e-12), "%v %v", x, y)
}

func TestUTestNormalIsNearExact(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for range 200 {
		x, y := normalSample(rng, 50, 0), normalSample(rng, 50, 0.4)
		r := pool(sorted(nil, x), sorted(nil, y))
		require.InDelta(t, r.twoSided(nullOf(50, 50)), r.normal(0), 2e-3)
	}
	require.InDelta(t, nullOf(50, 50).k, normalNull(50, 50).k, 1)
	require.InDelta(t, nullOf(50, 50).level, normalNull(50, 50).level, 1e-3)
}

func TestUTestLargeSeparatedIsNeverZero(t *testing.T) {
	x, y := make([]float64, 2000), make([]float64, 2000)
	for i := range x {
		x[i], y[i] = float64(i), float64(5000+i)
	}
	_, p := UTest(x, y)
	require.Positive(t, p)
	require.Less(t, p, 1e-300)
	_, p = UTest(x, x)
	require.Equal(t, 1., p)
	_, p = UTest(make([]float64, 60), make([]float64, 60))
	require.Equal(t, 1., p, "all equal: no variance to divide by")
}

func TestUTestConcurrently(t *testing.T) {
	for i := range 8 {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			rng := rand.New(rand.NewPCG(9, 10))
			for range 50 {
				requireUTest(t, tiedSample(rng, 1+rng.IntN(30)), tiedSample(rng, 1+rng.IntN(30)))
			}
		})
	}
}

func normalSample(rng *rand.Rand, n int, mean float64) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = mean + rng.NormFloat64()
	}
	return x
}
