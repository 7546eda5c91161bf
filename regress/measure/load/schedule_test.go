package load

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	vegeta "github.com/tsenart/vegeta/v12/lib"
)

func TestConstantSchedule(t *testing.T) {
	for _, c := range []struct {
		rate     float64
		duration time.Duration
		want     int
	}{
		{10, time.Minute, 600}, {300, time.Second, 300}, {7, 100 * time.Second, 700}, {0.5, 5 * time.Second, 2},
		{1e6, 10 * time.Millisecond, 10_000}, {1e-12, time.Hour, 0},
	} {
		moments := slices.Collect(phase{duration: c.duration, rate: c.rate, rampTo: c.rate}.arrivals())
		require.Len(t, moments, c.want)
		for i, at := range moments {
			require.InDelta(t, float64(i+1)/c.rate, at.Seconds(), 1e-6, "evenly spaced")
		}
	}
}

func TestRamps(t *testing.T) {
	for _, c := range []struct {
		from, to float64
		want     int // the mean rate times 10 s
	}{{1, 100, 505}, {0, 50, 250}, {50, 0, 250}, {100, 10, 550}} {
		p := phase{duration: 10 * time.Second, rate: c.from, rampTo: c.to}
		moments := slices.Collect(p.arrivals())
		require.InDelta(t, c.want, len(moments), 1)
		require.True(t, slices.IsSorted(moments))
		half, _ := slices.BinarySearch(moments, 5*time.Second)
		require.InDelta(t, 5*(c.from+(c.to-c.from)/4), half, 1, "in the first half the mean is that of a quarter")
		require.InDelta(t, (c.from+c.to)/2, p.pacer().Rate(5*time.Second), 1e-9)
	}
}

// Why the ramp is ours: vegeta's waits through the first seconds of this phase and
// then sends what it owes at once.
func TestLinearPacerSendsInBursts(t *testing.T) {
	bursts := func(pacer vegeta.Pacer) (n int) {
		at := time.Duration(0)
		for sent := range uint64(500) {
			wait, _ := pacer.Pace(at, sent)
			if at += wait; sent > 0 && wait == 0 {
				n++
			}
		}
		return n
	}
	require.Greater(t, bursts(vegeta.LinearPacer{StartAt: vegeta.Rate{Freq: 1, Per: time.Second}, Slope: 100}), 100)
	require.Zero(t, bursts(ramp{1, 100}))
}

func TestSleepIsPunctual(t *testing.T) {
	late := make([]time.Duration, 50)
	for i := range late {
		moment := time.Now().Add(3 * time.Millisecond)
		require.True(t, sleepUntil(t.Context(), moment))
		late[i] = time.Since(moment)
		require.GreaterOrEqual(t, late[i], time.Duration(0), "never early")
	}
	slices.Sort(late)
	require.Less(t, late[len(late)/2], 5*time.Millisecond)
}
