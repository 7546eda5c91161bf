package infer

import (
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestChangesByHand(t *testing.T) {
	series := []float64{0, 1, 0, 10, 11, 10}
	before := slices.Clone(series)
	got := Changes(series, 5)
	require.Equal(t, before, series, "the caller's slice")
	require.Len(t, got, 1)
	require.Equal(t, 3, got[0].At)
	require.Equal(t, 10., got[0].Shift)
	se := math.Sqrt((2./3 + 2./3) / 4 * (1./3 + 1./3)) // one place for a cut, so that nothing is corrected
	require.InEpsilon(t, 2*StudentTail(10/se, 4), got[0].P, 1e-12)
	require.Empty(t, Changes(series, 10), "more than delta, strictly")
}

func TestChangesEdges(t *testing.T) {
	for _, c := range []struct {
		why    string
		series []float64
		want   []int
	}{
		{"nothing", nil, nil},
		{"five values have no room for two levels", []float64{0, 0, 0, 9, 9}, nil},
		{"the fewest that have", []float64{0, 0, 0, 9, 9, 9}, []int{3}},
		{"a constant", []float64{7, 7, 7, 7, 7, 7, 7, 7}, nil},
		{"a constant that no float64 holds exactly", []float64{.1, .1, .1, .1, .1, .1, .1}, nil},
		{"a step below delta", []float64{0, 0, 0, 0.9, 0.9, 0.9}, nil},
		{"a step down", []float64{2, 2, 2, 2, 0, 0, 0}, []int{4}},
		{"one odd run", []float64{0, 0, 0, 0, 9, 0, 0, 0, 0}, nil},
		{"one odd run at the end: it has not lasted", []float64{0, 0, 0, 0, 0, 0, 0, 0, 9}, nil},
		{"two odd runs, apart", []float64{0, 0, 9, 0, 0, 0, 9, 0, 0}, nil},
		{"two odd runs in a row, among quiet ones", []float64{0, 0, 0, 0, 0, 9, 9, 0, 0, 0, 0, 0, 0}, nil},
		{"two odd runs at the end", []float64{0, 0, 0, 0, 0, 0, 0, 0, 9, 9}, nil},
		{"three in a row are a level", []float64{0, 0, 0, 0, 0, 9, 9, 9, 0, 0, 0, 0, 0}, []int{5, 8}},
		{"two steps up", []float64{0, 0, 0, 0, 5, 5, 5, 9, 9, 9, 9}, []int{4, 7}},
		{"up, and back: no single cut of the whole is strong", []float64{0, 0.1, 0, 0.1, 9, 9.1, 9, 9.1, 0, 0.1, 0, 0.1}, []int{4, 8}},
		{"an odd run hides no step", []float64{0, 0.1, 0, 0.1, 30, 0.1, 0, 2, 2.1, 2, 2.1, 2, 2.1}, []int{7}},
		{"on, off, on, off: noise of two values", []float64{0, 9, 0, 9, 0, 9, 0, 9, 0, 9}, nil},
		{"an even slope has levels only where they differ enough", []float64{0, .1, .2, .3, .4, .5, .6, .7, .8, .9}, nil},
		{"squares beyond the range of a float64", []float64{-1e300, -1e300, -1e300, 1e300, 1e300, 1e300}, []int{3}},
	} {
		var at []int
		for _, change := range Changes(c.series, 1) {
			at = append(at, change.At)
		}
		require.Equal(t, c.want, at, c.why)
	}
	got := Changes([]float64{0, 0, 0, 9, 9, 9}, 1)
	require.Equal(t, []Change{{At: 3, Shift: 9, P: 0}}, got, "no noise, no doubt")
}

// The scan by sums finds the cut that Student's t, written out, is largest at.
func TestWidestCutByBruteForce(t *testing.T) {
	rng := rand.New(rand.NewPCG(71, 72))
	for range 2000 {
		x := normalSample(rng, rng.IntN(30), 1e6*rng.NormFloat64())
		if rng.IntN(4) == 0 {
			for i := range x {
				x[i] = math.Round(x[i]) // ties
			}
		}
		largest := 0.0
		for at := lasting; at <= len(x)-lasting; at++ {
			largest = max(largest, squaredT(x, at))
		}
		got := widestCut(x)
		if largest == 0 {
			require.Zero(t, got, "%v", x)
			continue
		}
		require.InEpsilon(t, largest, squaredT(x, got), 1e-6, "%v", x)
	}
}

func squaredT(x []float64, at int) float64 {
	variance := func(x []float64) (mean, squares float64) {
		for _, v := range x {
			mean += v / float64(len(x))
		}
		for _, v := range x {
			squares += (v - mean) * (v - mean)
		}
		return mean, squares
	}
	m1, s1 := variance(x[:at])
	m2, s2 := variance(x[at:])
	m, n := float64(at), float64(len(x)-at)
	return (m2 - m1) * (m2 - m1) / ((s1 + s2) / (m + n - 2) * (1/m + 1/n))
}

// Units and signs do not matter, and a series read backwards has its changes mirrored.
func TestChangesProperties(t *testing.T) {
	rng := rand.New(rand.NewPCG(73, 74))
	changed := 0
	for range 1000 {
		x := normalSample(rng, 6+rng.IntN(30), 0)
		for range rng.IntN(3) {
			for i := rng.IntN(len(x)); i < len(x); i++ {
				x[i] += 8
			}
		}
		want := Changes(x, 2)
		changed += len(want)
		scaled, mirrored := make([]float64, len(x)), slices.Clone(x)
		for i, v := range x {
			scaled[i] = -4*v + 1000
		}
		slices.Reverse(mirrored)
		up, back := Changes(scaled, 8), Changes(mirrored, 2)
		require.Len(t, up, len(want))
		require.Len(t, back, len(want))
		slices.Reverse(back)
		for i, c := range want {
			require.Less(t, c.P, 0.001)
			require.Greater(t, math.Abs(c.Shift), 2.)
			require.Equal(t, c.At, up[i].At)
			require.InDelta(t, -4*c.Shift, up[i].Shift, 1e-9)
			require.InEpsilon(t, c.P, up[i].P, 1e-6)
			require.Equal(t, len(x)-c.At, back[i].At)
			require.InDelta(t, -c.Shift, back[i].Shift, 1e-12)
			require.InEpsilon(t, c.P, back[i].P, 1e-6)
		}
	}
	require.Greater(t, changed, 300, "the test must not be easy")
}

// Twenty runs, a threshold of 5 %: how often a quiet series shows a change, and how often a real one is found where it
// is, within one run. The figures in the documentation of Changes are from here.
func TestChangesFindJumps(t *testing.T) {
	const length, jump, series = 20, 0.09531, 4000 // ln 1.1
	delta := math.Log(1.05)
	for _, c := range []struct {
		why           string
		sd, spikes    float64 // a spike is one run of +20 … +100 %
		alarms        float64 // most, as a share of quiet series
		step, newest3 float64 // least, of the jumps in the middle and at the third newest run
		repaired      float64 // least, of the jumps that are undone six runs later
	}{
		{"a quiet machine", 0.01, 0, 0, 0.999, 0.999, 0.995},
		{"a noisy one", 0.03, 0, 0.002, 0.90, 0.45, 0.22},
		{"a quiet one with spikes in 5 % of the runs", 0.01, 0.05, 0.005, 0.80, 0.80, 0.80},
	} {
		rng := rand.New(rand.NewPCG(75, 76))
		share := func(jumps ...int) float64 {
			hits := 0
			for range series {
				x := make([]float64, length)
				for i := range x {
					x[i] = c.sd * rng.NormFloat64()
					if rng.Float64() < c.spikes {
						x[i] += math.Log(1.2 + 0.8*rng.Float64())
					}
					for k, at := range jumps {
						if i >= at {
							x[i] += jump * float64(1-2*k)
						}
					}
				}
				found := Changes(x, delta)
				near := func(a Change, b int) int {
					if a.At < b-1 || a.At > b+1 {
						return 1
					}
					return 0
				}
				if len(jumps) == 0 && len(found) > 0 || len(jumps) > 0 && slices.CompareFunc(found, jumps, near) == 0 {
					hits++
				}
			}
			return float64(hits) / series
		}
		alarms, step, newest3, repaired := share(), share(10), share(17), share(7, 13)
		t.Logf("%s: false alarms %.2f %%, step %.1f %%, three newest %.1f %%, repaired %.1f %%", c.why, alarms*100, step*100, newest3*100, repaired*100)
		require.LessOrEqual(t, alarms, c.alarms, c.why)
		require.GreaterOrEqual(t, step, c.step, c.why)
		require.GreaterOrEqual(t, newest3, c.newest3, c.why)
		require.GreaterOrEqual(t, repaired, c.repaired, c.why)
	}
}

func TestChangesOfLongSeries(t *testing.T) {
	rng := rand.New(rand.NewPCG(77, 78))
	quiet := normalSample(rng, 10_000, 0)
	stairs, steep := slices.Clone(quiet), make([]float64, len(quiet))
	for i := range stairs {
		stairs[i] += float64(i / 1000 * 10)
		steep[i] = math.Exp(float64(i) / 20) // cuts peel off three values at a time
	}
	require.Empty(t, Changes(quiet, 1))
	require.Len(t, Changes(stairs, 1), 9)
	require.Empty(t, Changes(steep, 1), "a slope without levels")
}

func BenchmarkChanges(b *testing.B) {
	for _, n := range []int{30, 10_000} {
		x := normalSample(rand.New(rand.NewPCG(79, 80)), n, 0)
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Changes(x, 1)
			}
		})
	}
}
