package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Each rule on pairs whose outcome can be seen: 12 v 12 separated samples have
// p < 1e-6, and 3 v 3 never less than 0.1.
func TestRivals(t *testing.T) {
	series := func(n int, center float64) []float64 {
		x := make([]float64, n)
		for i := range x {
			x[i] = center * (1 + 0.0001*float64(i))
		}
		return x
	}
	all := make([]bool, len(rivals))
	for i := range all {
		all[i] = true
	}
	for _, c := range []struct {
		why   string
		n     int
		ratio float64
		flags []bool // in the order of rivals: ±5 %, 105, 110, 150, 200 %, U, U and 5 %, the same with BH
	}{
		{"no change", 12, 1, make([]bool, len(rivals))},
		{"significant, and too small to matter", 12, 1.03, []bool{false, false, false, false, false, true, false, false}},
		{"twice the threshold", 12, 1.105, []bool{true, true, true, false, false, true, true, true}},
		{"more than doubled", 12, 2.1, all},
		{"an improvement, which only the specification flags", 12, 0.9, []bool{true, false, false, false, false, false, false, false}},
		{"too few samples for a test", 3, 1.6, []bool{true, true, true, true, false, false, false, false}},
	} {
		p := newPull(scenario{n: c.n, metrics: 1}.change(1, 1))
		p.baseline.Entries[0].Samples, p.head.Series[0].Samples = series(c.n, 1), series(c.n, c.ratio)
		seen := p.look()
		for i, v := range rivals {
			f := v.judge(p, seen)
			require.Equal(t, percent(c.flags[i]), f[failed], "%s: %s", c.why, v.name)
			require.Equal(t, f[failed], f[found], "%s: %s", c.why, v.name)
		}
	}
}

func TestCorrectedRivalCountsTheSuite(t *testing.T) {
	p := newPull(scenario{n: 5, metrics: suiteSize})
	r := source()
	p.draw(r)
	for i := range p.head.Series[0].Samples { // one separated pair: p = 0.0079, times 200
		p.head.Series[0].Samples[i] = 10
	}
	seen := p.look()
	require.Less(t, seen[0].p, level)
	require.Greater(t, seen[0].q, level)
}
