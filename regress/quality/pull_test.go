package main

import (
	"testing"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/infer"
	"github.com/stretchr/testify/require"
)

func TestChangesAreMultiplesOfTheThreshold(t *testing.T) {
	p := drawn(scenario{world: still(world{}), n: 4, metrics: 3}.change(2, 3))
	for i, want := range []float64{1.15, 1.15, 1} {
		require.InDelta(t, 1, infer.Median(p.baseline.Entries[i].Samples), same)
		require.InDelta(t, want, infer.Median(p.head.Series[i].Samples), same)
	}
}

func TestHistoryEndsWithTheBaseline(t *testing.T) {
	p := drawn(scenario{world: hosted, design: stored, runs: 8, n: 5, metrics: 3})
	for i, e := range p.baseline.Entries {
		require.Len(t, e.History, 8)
		require.Equal(t, infer.Median(e.Samples), e.History[7].Center)
		for run, point := range e.History {
			require.Equal(t, p.baseline.Entries[0].History[run].Time, point.Time)
			if run > 0 {
				require.True(t, e.History[run-1].Time.Before(point.Time), "metric %d", i)
				require.NotEqual(t, e.History[run-1].Center, point.Center)
			}
		}
	}
}

func TestDesignsAreDeclared(t *testing.T) {
	for d, want := range map[design]regress.Evidence{
		blocks: regress.ByVouching, interleaved: regress.ByInterleaving, stored: regress.Unverified, confirmed: regress.Unverified,
	} {
		p := drawn(scenario{world: mixed, design: d, n: 5, metrics: 1})
		require.Equal(t, want, compare(p.baseline, p.head).Comparisons[0].Evidence, "%s", d)
	}
}

func TestKeysAreInTheOrderOfAReport(t *testing.T) {
	p := drawn(scenario{world: mixed, n: 4, metrics: suiteSize})
	for i, c := range compare(p.baseline, p.head).Comparisons {
		require.Equal(t, keys[i], c.Key)
	}
}
