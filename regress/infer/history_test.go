package infer

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"
)

// trendsByTheBook spells out the five steps for a family whose histories have one length, one step after the other.
func trendsByTheBook(family []Past) []Trend {
	n, k := len(family), len(family[0].Runs)
	median := func(f func(i int) float64) float64 {
		x := make([]float64, n)
		for i := range x {
			x[i] = f(i)
		}
		return Median(x)
	}
	suite := n >= 10

	c := make([]float64, k) // 1
	for j := 1; j < k && suite; j++ {
		c[j] = c[j-1] + median(func(i int) float64 { return family[i].Runs[j] - family[i].Runs[j-1] })
	}
	h := make([][]float64, n)
	v := make([]float64, n)
	for i, m := range family {
		for j, run := range m.Runs {
			h[i] = append(h[i], run-c[j]+c[k-1])
		}
		var d []float64 // 2
		mean := 0.0
		for j := range k - 1 {
			d = append(d, math.Abs(h[i][j+1]-h[i][j]))
			mean += d[j] / float64(k-1)
		}
		for _, step := range d {
			if k >= 6 {
				step = min(step, 3*1.2533*mean)
			}
			v[i] += step * step / float64(k-1)
		}
	}
	nu0 := 2. / 3 * float64(k-1)
	out := make([]Trend, n)
	for i, m := range family {
		vs, nu := v[i], nu0 // 3
		if suite {
			v0 := median(func(i int) float64 { return v[i] })
			vs, nu = max(v[i], (2*v0+nu0*v[i])/(2+nu0)), nu0+2
		}
		center := Median(h[i])
		theta := func(i int) float64 { return family[i].Shift.Estimate + family[i].Runs[k-1] - Median(h[i]) } // 4
		t := Trend{Estimate: theta(i), Step: m.Shift.Estimate, Lowest: slices.Min(h[i]) - center, Highest: slices.Max(h[i]) - center}
		if suite {
			t.Estimate -= median(theta)
			t.Step -= median(func(i int) float64 { return family[i].Shift.Estimate })
		}
		se2 := vs / 2 * (1 + 1.57/float64(k)) // 5
		t.SE, t.DF, t.SEUpper, t.DFUpper = math.Sqrt(se2), nu, math.Sqrt(se2), nu
		if own := m.Shift.SE * m.Shift.SE / 2; own > se2 {
			t.SE, t.DF = math.Sqrt(own), m.Shift.DF
		}
		if own := m.Shift.SEUpper * m.Shift.SEUpper / 2; own > se2 {
			t.SEUpper, t.DFUpper = math.Sqrt(own), m.Shift.DF
		}
		t.RunSD = math.Sqrt(vs / 2)
		out[i] = t
	}
	return out
}

func randomFamily(rng *rand.Rand, metrics, runs int) []Past {
	family := make([]Past, metrics)
	for i := range family {
		sd := 0.02 * rng.ExpFloat64()
		h := make([]float64, runs)
		for j := range h {
			h[j] = float64(i) + sd*rng.NormFloat64()
		}
		family[i] = Past{Shift: &Shift{Estimate: sd * rng.NormFloat64(), SE: 0.03 * rng.ExpFloat64(), SEUpper: 0.03 * rng.ExpFloat64(), DF: 18}, Runs: h}
	}
	return family
}

var close12 = cmpopts.EquateApprox(1e-9, 1e-12)

func TestTrendsByTheBook(t *testing.T) {
	rng := rand.New(rand.NewPCG(31, 32))
	for _, size := range [][2]int{{1, 8}, {9, 8}, {10, 8}, {11, 30}, {200, 20}, {30, 5}, {30, 6}, {12, 2}} {
		family := randomFamily(rng, size[0], size[1])
		got, _ := Trends(family)
		require.Empty(t, cmp.Diff(trendsByTheBook(family), got, close12), "%d metrics, %d runs", size[0], size[1])
	}
}

func TestTrendsByHand(t *testing.T) {
	// Steps 2 2 4 2 2 4 2: mean 18/7, no cut; V = 52/7 with 14/3 degrees of freedom. Median 2, newest 4.
	m := Past{Shift: &Shift{Estimate: 10, SE: 1, SEUpper: 4, DF: 18}, Runs: []float64{0, 2, 0, 4, 2, 0, 4, 2}}
	got, common := Trends([]Past{m})
	require.Zero(t, common)
	run := math.Sqrt(26. / 7)
	want := Trend{
		Estimate: 10, Step: 10, Lowest: -2, Highest: 2, RunSD: run,
		SE: run * math.Sqrt(1+1.57/8), DF: 14. / 3, // the history is noisier than the samples
		SEUpper: 4 / math.Sqrt2, DFUpper: 18, // here the samples are
	}
	require.Empty(t, cmp.Diff([]Trend{want}, got, close12))
}

// What is doubted shows the noise, and not where the metric stands.
func TestTrendsOfDoubtedRuns(t *testing.T) {
	m := Past{
		Shift: &Shift{Estimate: 10, SE: 1, SEUpper: 4, DF: 18}, Runs: []float64{0, 2, 0, 4, 2, 0, 4, 2},
		Doubted: []bool{3: true, 6: true, 7: false},
	}
	got, _ := Trends([]Past{m})
	run := math.Sqrt(26. / 7) // as with all of them
	want := Trend{
		Estimate: 11, Step: 10, Doubt: 1, Lowest: -1, Highest: 3, RunSD: run, // the others' median is 1, that of all 2
		SE: run * math.Sqrt(1+1.57/6), DF: 14. / 3,
		SEUpper: 4 / math.Sqrt2, DFUpper: 18,
	}
	require.Empty(t, cmp.Diff([]Trend{want}, got, close12))
}

func TestTrendsCutsOneJump(t *testing.T) {
	quiet := []float64{0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1}
	jump := []float64{0, 1, 0, 1, 0, 1, 100, 101, 100, 101, 100, 101}
	require.InDelta(t, 1, stepVariance(quiet), 1e-15)
	require.InDelta(t, 10./11+math.Pow(3*1.2533*109/11, 2)/11, stepVariance(jump), 1e-9, "mean step 109/11, the jump cut to 3.76 of it")
	require.InDelta(t, (3+99.*99)/4, stepVariance(jump[3:8]), 1e-9, "five runs: nothing is cut")
}

func TestTrendsRemoveWhatTheSuiteDoes(t *testing.T) {
	rng := rand.New(rand.NewPCG(33, 34))
	family := randomFamily(rng, 15, 12)
	want, s := Trends(family)
	moved := make([]Past, len(family))
	path := normalSample(rng, 12, 0)
	for i, m := range family {
		shift := *m.Shift
		shift.Estimate += 0.3 - path[11] // the head run stands at +0.3, its base at the end of the path
		h := slices.Clone(m.Runs)
		for j := range h {
			h[j] += path[j]
		}
		moved[i] = Past{Shift: &shift, Runs: h}
	}
	got, common := Trends(moved)
	require.Empty(t, cmp.Diff(want, got, close12), "nothing but the common shift may change")
	require.InDelta(t, s+0.3-path[11], common, 1e-12)
}

func TestTrendsAlignAtTheNewestRun(t *testing.T) {
	rng := rand.New(rand.NewPCG(35, 36))
	family := randomFamily(rng, 12, 10)
	path := normalSample(rng, 10, 0)
	for i := range family {
		for j := range family[i].Runs {
			family[i].Runs[j] += path[j]
		}
	}
	full := commonPath(family)
	family[0].Runs = family[0].Runs[5:]
	require.Less(t, math.Abs(commonPath(family)[9]-full[9]), 0.1, "eleven still tell the path")
	for i := range family {
		if i < 3 {
			family[i].Runs = family[i].Runs[max(0, len(family[i].Runs)-4):]
		}
	}
	short := commonPath(family)
	require.Len(t, short, 10)
	require.NotEqual(t, short[2], short[3])
	require.Equal(t, short[3], short[9], "nine metrics do not tell the older path")
	before := slices.Clone(family[0].Runs)
	Trends(family)
	require.Equal(t, before, family[0].Runs, "the caller's slice")
}

// A metric that a run left out is judged as if that run had not been, by the path that the others show; and a shift
// measured from an older run leads to the same estimate as one from the newest.
func TestTrendsOverGaps(t *testing.T) {
	rng := rand.New(rand.NewPCG(43, 44))
	family := randomFamily(rng, 40, 12)
	path := normalSample(rng, 12, 0)
	for i := range family {
		for j := range family[i].Runs {
			family[i].Runs[j] += path[j]
		}
	}
	want, _ := Trends(family)

	older := slices.Clone(family)
	shift := *family[3].Shift
	shift.Estimate += family[3].Runs[11] - family[3].Runs[8]
	older[3] = Past{Shift: &shift, Runs: family[3].Runs, Base: 3}
	got, _ := Trends(older)
	require.InDelta(t, want[3].Estimate, got[3].Estimate, 1e-12, "the base of the shift does not matter")
	require.NotEqual(t, want[3].Step, got[3].Step, "but for the step, which is from there")

	gap := slices.Clone(family)
	gap[5].Runs = slices.Delete(slices.Clone(family[5].Runs), 4, 6)
	gap[5].Ages = []int{11, 10, 9, 8, 5, 4, 3, 2, 1, 0}
	got, _ = Trends(gap)
	full := commonPath(family)
	for age, v := range commonPath(gap) {
		require.InDelta(t, full[age], v, 0.05, "39 metrics still tell the path")
	}
	require.InDelta(t, want[5].RunSD, got[5].RunSD, 0.5*want[5].RunSD, "the path over the gap is not taken for noise")

	gap[5].Ages = nil
	wrong, _ := Trends(gap)
	require.Greater(t, wrong[5].RunSD, 5*got[5].RunSD, "as it would be without the ages")
}

func TestTrendsShrinkSmallVariancesOnly(t *testing.T) {
	family := make([]Past, 11)
	for i := range family {
		size := float64(i) // V = size², median 25
		family[i] = Past{Shift: &Shift{DF: 18}, Runs: []float64{0, size, 0, size, 0, size, 0, size, 0, size}}
	}
	for i := range family { // half of them in opposite phase, so that the suite does not move
		if i%2 == 1 {
			for j := range family[i].Runs {
				family[i].Runs[j] *= -1
			}
		}
	}
	family[5].Runs = []float64{5, 5, 0, 0, 5, 5, 0, 0, 5, 5} // no matter: only others are looked at
	got, _ := Trends(family)
	require.Positive(t, got[0].RunSD, "a constant history is not taken at its word")
	require.Equal(t, 8., got[10].DF, "6 of the nine steps, and 2 of the family")
	require.GreaterOrEqual(t, got[10].RunSD, 10/math.Sqrt2*0.9, "a noisy one stays so")
}

// In a world with a common offset, one for each metric, and no change, few families may have a finding.
func TestTrendsFalseAlarms(t *testing.T) {
	rng := rand.New(rand.NewPCG(37, 38))
	const families, metrics, runs, n = 150, 60, 12, 5
	delta := math.Log(1.05)
	alarms := 0
	for range families {
		var offsets [runs + 1]float64
		for j := range offsets {
			offsets[j] = 0.05 * rng.NormFloat64()
		}
		family := make([]Past, metrics)
		for i := range family {
			sample := func(run int) []float64 {
				x := make([]float64, n)
				at := offsets[run] + 0.03*rng.NormFloat64()
				for s := range x {
					x[s] = math.Exp(at + 0.02*rng.NormFloat64())
				}
				return x
			}
			var h []float64
			var base []float64
			for j := range runs {
				base = sample(j)
				h = append(h, math.Log(Median(base)))
			}
			s := NewShift(base, sample(runs), 1, Log)
			family[i] = Past{Shift: &s, Runs: h}
		}
		trends, _ := Trends(family)
		p := make([]float64, metrics)
		for i, t := range trends {
			p[i] = PBeyond(t.Estimate, t.SE, delta/4, t.DF)
		}
		alarm := false
		for i, q := range BenjaminiHochberg(p) {
			t := trends[i]
			alarm = alarm || q <= 0.05 && t.Estimate > t.Highest && t.Step > delta && family[i].Shift.P <= 0.05
		}
		if alarm {
			alarms++
		}
	}
	require.LessOrEqual(t, alarms, families*5/100)
}

func BenchmarkTrends30000(b *testing.B) {
	family := randomFamily(rand.New(rand.NewPCG(1, 2)), 30_000, 20)
	for b.Loop() {
		Trends(family)
	}
}

func TestRunSD(t *testing.T) {
	sd, ok := RunSD([]float64{0, 2, 0, 2})
	require.True(t, ok)
	require.InDelta(t, math.Sqrt2, sd, 1e-15, "steps of 2 have a variance of 4, a run half of it")
	_, ok = RunSD([]float64{0, 2})
	require.False(t, ok, "one step is no scatter")
}
