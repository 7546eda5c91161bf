package main

import (
	"math"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
)

// The outcome depends on the seeds alone: not on the number of processors, and
// not on what was measured before in the same memory.
func TestMeasureIsDeterministic(t *testing.T) {
	scenarios := []scenario{clean(5, suiteSize).change(5, 1.5), hostedConfirmed.change(1, 3)}
	measureOn := func(processors int) (all [][]rates) {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		l := newLab(20, nil)
		for _, s := range scenarios {
			all = append(all, l.measure(s))
		}
		return all
	}
	one := measureOn(1)
	require.Equal(t, one, measureOn(2))
	require.Equal(t, one, measureOn(3))
}

func TestScenariosDrawDifferentData(t *testing.T) {
	names := map[string]scenario{}
	l := newLab(1, nil)
	for _, b := range bars() {
		if b.row != 6 {
			b.of(l)
		}
	}
	for s := range l.known {
		s.rivals, s.cell = false, false // the same data, looked at differently
		before, twice := names[s.String()]
		require.True(t, !twice || before == s, "%s names two scenarios", s)
		names[s.String()] = s
	}
}

func TestRates(t *testing.T) {
	r := meanOf([]float64{0, 0, 0, 100})
	require.Equal(t, 25.0, r.value)
	require.InDelta(t, math.Sqrt(25*75/3.), r.se, 1e-9) // √(p(1−p)/(R−1))
	require.Equal(t, "25.0 ±25.0", r.String())
	require.InDelta(t, 0.07, meanOf(make([]float64, 1000)).se, 0.001, "never seen is not never")
	require.Equal(t, 4.5, medianOf([]float64{9, 4, 5, 1}).value)
}

func TestLimits(t *testing.T) {
	for _, c := range []struct {
		limit    limit
		text     string
		in, out  float64
		boundary float64
	}{
		{atMost(2.5), "≤ 2.5 %", 0, 2.6, 2.5},
		{atLeast(78), "≥ 78 %", 100, 77.9, 78},
		{between(72, 92), "72 – 92 %", 80, 92.1, 72},
		{atMost(25).in(""), "≤ 25", 0, 26, 25},
	} {
		require.Equal(t, c.text, c.limit.String())
		require.True(t, c.limit.holds(rate{value: c.in}))
		require.True(t, c.limit.holds(rate{value: c.boundary}))
		require.False(t, c.limit.holds(rate{value: c.out}))
		require.False(t, c.limit.holds(rate{value: math.NaN()}))
	}
}
