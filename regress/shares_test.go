package regress

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// profiled is a run of shares as a profile gives them.
func profiled(shares map[string]float64) *Run {
	total := series("", "cpu.total", "s", 10)
	r := run(total)
	for function, share := range shares {
		s := series(function, "cpu.flat", "ratio", share)
		s.ThresholdAbs = NewFigure(0.01)
		r.Series = append(r.Series, s)
	}
	return r
}

func TestAlignShares(t *testing.T) {
	base := profiled(map[string]float64{"encode": 0.6, "rare": 0.006})
	head := profiled(map[string]float64{"encode": 0.6, "seldom": 0.007, "hot": 0.3})
	AlignShares(base, head)
	report, err := Compare(NewBaseline(base), head, Policy{})
	require.NoError(t, err)
	got := map[string]Verdict{}
	for _, c := range report.Comparisons {
		got[c.Benchmark] = c.Verdict
	}
	require.Equal(t, map[string]Verdict{
		"": Inconclusive, "encode": Unchanged, "rare": Unchanged, "seldom": Unchanged, "hot": Regressed,
	}, got, "what comes and goes at the edge is nothing; what is new and hot is a loss")

	// Nothing else is filled in: a benchmark that is gone is missing.
	base, head = run(series("A", "cpu.flat", "ratio", 0.5)), run(series("B", "cpu.flat", "ratio", 0.5))
	AlignShares(base, head)
	require.Len(t, base.Series, 1)
	require.Len(t, head.Series, 1)

	stored := NewBaseline(profiled(map[string]float64{"encode": 0.6}))
	head = profiled(map[string]float64{"hot": 0.3})
	stored.AlignShares(head)
	require.Len(t, stored.Entries, 3)
	require.Len(t, head.Series, 3)
}
