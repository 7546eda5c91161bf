package regress

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// Where all of a suite is worse by half a threshold, a noisy metric whose estimate
// lies beyond it is no regression: it only looks like one by its noise.
func TestBesideTheSuite(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 8))
	suite := func(change float64) *Run {
		r := &Run{}
		for i := range 100 {
			s := series(fmt.Sprintf("B%02d", i), "sec/op", "sec/op")
			noise := []float64{0.002, 0.10}[i%2]
			for range 10 {
				s.Samples = append(s.Samples, math.Exp(noise*rng.NormFloat64()+math.Log1p(change)))
			}
			r.Series = append(r.Series, s)
		}
		return r
	}
	beside := 0
	for range 20 {
		r := vouched(t, suite(0), suite(0.025), Policy{})
		require.Zero(t, r.Count().Regression)
		for _, c := range r.Comparisons {
			if c.Cause == CauseSuspect && !c.PBeside.IsZero() {
				adjusted, _ := c.PAdjusted.Get()
				own, _ := c.PBeside.Get()
				require.LessOrEqual(t, adjusted, own)
				if adjusted <= DefaultAlpha {
					require.Contains(t, c.Reason, "beside what the whole suite did, its adjusted p is")
					beside++
				}
			}
		}
	}
	require.Positive(t, beside, "without this test they were regressions")

	whole := vouched(t, suite(0), suite(0.075), Policy{})
	require.Greater(t, whole.Count().Regression, 40, "a loss of everything beyond the threshold is one")
	better := vouched(t, suite(0.025), suite(0), Policy{})
	require.Zero(t, better.Count().Improvement, "and the same for the better")
}

// A machine that became faster at most things is no loss of the one that it left
// as it was, neither without nor with a history; nor the other way about.
func TestWhatAFasterMachineLeavesAlone(t *testing.T) {
	for _, runs := range []int{1, 12} {
		l := &lab{rng: rand.New(rand.NewPCG(9, 9)), metrics: 12, run: 0.004, sample: 0.004, n: 5}
		base := l.baseline(t, runs)
		for _, factor := range []float64{0.55, 1.8} {
			r, err := Compare(base, l.measure(func(i int) float64 { return map[bool]float64{true: 1, false: factor}[i == 4] }), Policy{})
			require.NoError(t, err)
			c := r.Comparisons[4]
			require.Equal(t, Inconclusive, c.Verdict, "%d runs, everything else × %v: %s", runs, factor, c.Reason)
		}
	}
}

// Where a run is of another kind than its history, and hits every metric as it
// likes, the noise that the history shows is not that of this run.
func TestARunThatIsNotLikeItsHistory(t *testing.T) {
	rng := rand.New(rand.NewPCG(10, 10))
	l := &lab{rng: rng, metrics: 40, run: 0.004, sample: 0.004, n: 5}
	base := l.baseline(t, 12)
	alarms := 0
	for range 20 {
		hit := make([]float64, l.metrics)
		for i := range hit {
			hit[i] = math.Exp(0.5 + 0.2*rng.NormFloat64())
		}
		r, err := Compare(base, l.measure(func(i int) float64 { return hit[i] }), Policy{})
		require.NoError(t, err)
		if r.Gate() == Shut {
			alarms++
		}
	}
	require.LessOrEqual(t, alarms, 2, "each of 20 runs hits half of the metrics more than the suite")
}
