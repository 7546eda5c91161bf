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
