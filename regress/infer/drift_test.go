package infer

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestDriftByHand(t *testing.T) {
	// Steps of 1 in 9 runs: V = 1, sd² = ½, 16/3 degrees of freedom.
	runs := []float64{0, 1, 0, 1, 2, 3, 4, 5, 4}
	before := slices.Clone(runs)
	d, ok := NewDrift(1, runs, 3)
	require.True(t, ok)
	require.Equal(t, before, runs, "the caller's slice")
	require.Equal(t, 3., d.Estimate)
	require.Equal(t, 3., d.Least)
	require.InDelta(t, math.Sqrt(0.5*(1.4/3+1.4/5)), d.SE, 1e-15)
	require.InDelta(t, 16./3, d.DF, 1e-15)
	require.InDelta(t, StudentTail(3/d.SE, 16./3), d.P, 1e-15)
	require.True(t, d.Beyond(2.9))
	require.False(t, d.Beyond(3), "strictly")
}

func TestDriftEdges(t *testing.T) {
	for _, c := range []struct {
		why    string
		runs   []float64
		window int
		ok     bool
	}{
		{"no runs", nil, 3, false},
		{"fewer runs than the window", []float64{1, 2}, 3, false},
		{"just enough", []float64{1, 2, 3}, 3, true},
		{"a window of one still needs a step", []float64{1}, 1, false},
		{"no window", []float64{1, 2, 3}, 0, false},
	} {
		_, ok := NewDrift(0, c.runs, c.window)
		require.Equal(t, c.ok, ok, c.why)
	}
	d, _ := NewDrift(1, []float64{2, 2, 2}, 3)
	require.Equal(t, 0., d.P, "no noise, and worse")
	d, _ = NewDrift(2, []float64{2, 2, 2}, 3)
	require.Equal(t, 1., d.P, "no noise, and not worse")
	d, _ = NewDrift(0, []float64{1, -1, 1}, 3)
	require.False(t, d.Beyond(0.5), "one of the three is fine")

	old := append([]float64{1e6}, make([]float64, 20)...)
	d, _ = NewDrift(0, old, 3)
	require.Equal(t, 0., d.SE, "only the last 20 tell the noise")
}

// Ten merges of +2 % each at 1 % noise, under a threshold of 5 %, and as many quiet ones.
func TestDriftFindsWhatAddsUp(t *testing.T) {
	rng := rand.New(rand.NewPCG(39, 40))
	const series = 400
	delta := math.Log(1.05)
	caught, early, alarms, failures := 0, 0, 0, 0
	for range series {
		runs := normalSample(rng, 12, 0)
		for i := range runs {
			runs[i] *= 0.01
		}
		anchor := Median(runs[7:])
		for range 29 {
			runs = append(runs, 0.01*rng.NormFloat64())
			d, _ := NewDrift(anchor, runs, 3)
			if d.Beyond(delta) {
				alarms++
			}
		}
		at := 0
		for merge := 1; merge <= 10 && at == 0; merge++ {
			runs = append(runs, float64(merge)*math.Log(1.02)+0.01*rng.NormFloat64())
			if d, _ := NewDrift(anchor, runs, 3); d.Beyond(delta) {
				at = merge
			}
		}
		if at > 0 {
			caught++
		}
		if at > 0 && at <= 5 {
			early++
		}
		for merge := 11; merge <= 14; merge++ { // it stays
			runs = append(runs, 10*math.Log(1.02)+0.01*rng.NormFloat64())
		}
		if d, _ := NewDrift(anchor, runs, 3); d.Beyond(delta) && d.P < 0.001 {
			failures++
		}
	}
	require.GreaterOrEqual(t, caught, series*99/100)
	require.Greater(t, early, series/2, "half of them by the fifth merge")
	require.LessOrEqual(t, alarms, series*5/1000)
	require.GreaterOrEqual(t, failures, series*99/100, "no doubt is left")
}
