package regress

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// suites draws comparable runs of several shapes: the properties below hold for
// every comparison, not for chosen ones.
func suites(t *testing.T, check func(t *testing.T, base, head *Run, rng *rand.Rand)) {
	for seed := range uint64(60) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			rng := rand.New(rand.NewPCG(seed, 1))
			base, head := &Run{}, &Run{}
			metrics := [...]struct{ metric, unit string }{{"sec/op", "sec/op"}, {"B/s", "B/s"}, {"allocs/op", "allocs/op"}, {"hit-ratio", "hit-ratio"}}
			for i := range 1 + rng.IntN(20) {
				m := metrics[rng.IntN(len(metrics))]
				center, noise, change := 1+100*rng.Float64(), 0.1*rng.Float64(), 0.8+0.5*rng.Float64()
				draw := func(n int, factor float64) (s []float64) {
					for range n {
						v := center * factor * (1 + noise*rng.NormFloat64())
						if m.metric == "allocs/op" {
							v = float64(int(center * factor))
						}
						s = append(s, v)
					}
					return s
				}
				name := fmt.Sprintf("B%02d", i)
				base.Series = append(base.Series, series(name, m.metric, m.unit, draw(1+rng.IntN(12), 1)...))
				head.Series = append(head.Series, series(name, m.metric, m.unit, draw(1+rng.IntN(12), change)...))
			}
			check(t, base, head, rng)
		})
	}
}

func verdicts(r *Report) map[Key]Verdict {
	m := map[Key]Verdict{}
	for _, c := range r.Comparisons {
		m[c.Key] = c.Verdict
	}
	return m
}

// clone copies a run with every sample multiplied.
func scaled(r *Run, factor float64) *Run {
	c := &Run{}
	for _, s := range r.Series {
		samples := make([]float64, len(s.Samples))
		for i, v := range s.Samples {
			samples[i] = v * factor
		}
		s.Samples = samples
		c.Series = append(c.Series, s)
	}
	return c
}

func TestScalingKeepsVerdicts(t *testing.T) {
	suites(t, func(t *testing.T, base, head *Run, _ *rand.Rand) {
		// By a power of two, so that the scaled samples hold no rounding of their own.
		require.Equal(t, verdicts(vouched(t, base, head, Policy{})), verdicts(vouched(t, scaled(base, 1024), scaled(head, 1024), Policy{})))
	})
}

func TestSwappingSidesSwapsImprovedAndRegressed(t *testing.T) {
	suites(t, func(t *testing.T, base, head *Run, _ *rand.Rand) {
		// The threshold is a fraction of the base, so that it is another one seen
		// from the other side; without it the two sides are alike. A two-sided
		// metric has a p among the losses only, and would make the families differ.
		p := Policy{Threshold: PercentOf(0)}
		twoSided := func(s Series) bool { return s.Metric == "hit-ratio" }
		base.Series, head.Series = slices.DeleteFunc(base.Series, twoSided), slices.DeleteFunc(head.Series, twoSided)
		there, back := verdicts(vouched(t, base, head, p)), verdicts(vouched(t, head, base, p))
		for k, v := range there {
			switch {
			case v == Improved:
				require.Equal(t, Regressed, back[k], "%s", k)
			case v == Regressed:
				require.Equal(t, Improved, back[k], "%s", k)
			}
		}
	})
}

func TestDroppingASeriesIsOneMissing(t *testing.T) {
	suites(t, func(t *testing.T, base, head *Run, rng *rand.Rand) {
		i := rng.IntN(len(head.Series))
		dropped := head.Series[i].Key
		head.Series = append(head.Series[:i:i], head.Series[i+1:]...)
		r := vouched(t, base, head, Policy{})
		require.Equal(t, 1, r.Count().Missing)
		require.Equal(t, Missing, verdicts(r)[dropped])
		require.Error(t, r.Err(), "and the gate is not open")
	})
}

func TestTighteningAThresholdExcusesNothing(t *testing.T) {
	suites(t, func(t *testing.T, base, head *Run, _ *rand.Rand) {
		wide, tight := verdicts(vouched(t, base, head, Policy{Threshold: PercentOf(0.10)})), verdicts(vouched(t, base, head, Policy{Threshold: PercentOf(0.02)}))
		for k, v := range wide {
			if v == Regressed {
				require.Equal(t, Regressed, tight[k], "%s", k)
			}
		}
	})
}

func TestCompareDoesNotTouchItsInputs(t *testing.T) {
	suites(t, func(t *testing.T, base, head *Run, _ *rand.Rand) {
		before, after := scaled(base, 1), scaled(head, 1)
		vouched(t, base, head, Policy{})
		require.Equal(t, before.Series, base.Series)
		require.Equal(t, after.Series, head.Series)
	})
}
