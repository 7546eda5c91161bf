package regress

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/org/regress-gate/regress/unit"
	"github.com/stretchr/testify/require"
)

// tracked is a baseline of one metric with these runs, the last of which is its own.
func tracked(metric, u string, runs ...float64) *Baseline {
	e := Entry{Series: Series{Key: Key{Benchmark: "Encode-8", Metric: metric}, Unit: u}}
	for i, v := range runs {
		e.History = append(e.History, Point{
			Commit: fmt.Sprintf("c%02d", i), Time: time.Date(2026, 11, 1+i, 0, 0, 0, 0, time.UTC), Center: v, N: 5,
		})
	}
	e.Samples = []float64{runs[len(runs)-1]}
	return &Baseline{Commit: "own", Time: time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC), Entries: []Entry{e}}
}

func trackOf(t *testing.T, b *Baseline, p Policy) Track {
	t.Helper()
	tracks, err := b.Tracks(p)
	require.NoError(t, err)
	require.Len(t, tracks, 1)
	return tracks[0]
}

func TestTrackOfAJump(t *testing.T) {
	b := tracked("sec/op", "sec/op", 1.00e-6, 1.01e-6, 0.99e-6, 1.00e-6, 1.10e-6, 1.11e-6, 1.09e-6, 1.10e-6)
	track := trackOf(t, b, Policy{})
	require.Len(t, track.Points, 8, "the last point of the history is the baseline's own run")
	require.Equal(t, unit.Lower, track.Direction)
	require.Equal(t, Threshold{Relative: 0.05}, track.Threshold)
	sd, ok := track.RunSD.Get()
	require.True(t, ok)
	require.InDelta(t, 0.02, sd, 0.01)
	require.Len(t, track.Changes, 1)
	c := track.Changes[0]
	p, ok := c.P.Get()
	require.True(t, ok)
	require.True(t, p > 0 && p < 0.001, "%v", p)
	relative, ok := c.Relative.Get()
	require.True(t, ok)
	require.InEpsilon(t, 0.1, relative, 1e-9)
	c.P, c.Relative = Figure{}, Figure{}
	want := Change{
		At: 4, From: Moment{Commit: "c03", Time: b.Entries[0].History[3].Time},
		To:     Moment{Commit: "c04", Time: b.Entries[0].History[4].Time},
		Before: 1.00e-6, After: 1.10e-6, Way: Worse,
	}
	require.Empty(t, cmp.Diff(want, c, cmp.AllowUnexported(Figure{})))
	require.Empty(t, trackOf(t, b, Policy{Threshold: PercentOf(0.2)}).Changes, "a threshold of 20 %")
}

func TestTrackWays(t *testing.T) {
	up := []float64{1, 1, 1, 2, 2, 2}
	down := []float64{2, 2, 2, 1, 1, 1}
	for _, c := range []struct {
		why       string
		direction unit.Direction
		runs      []float64
		want      Way
	}{
		{"more where less is better", unit.Lower, up, Worse},
		{"less where less is better", unit.Lower, down, Better},
		{"more where more is better", unit.Higher, up, Better},
		{"less where more is better", unit.Higher, down, Worse},
		{"a metric that is to stay where it is", unit.Stable, up, Changed},
		{"a metric that is only shown", unit.Info, down, Changed},
		{"a metric of which nobody says anything", unit.Undeclared, down, Changed},
	} {
		b := tracked("widgets", "widgets", c.runs...)
		b.Entries[0].Direction = c.direction
		changes := trackOf(t, b, Policy{}).Changes
		require.Len(t, changes, 1, c.why)
		require.Equal(t, c.want, changes[0].Way, c.why)
		require.True(t, changes[0].P.IsZero(), "nothing varies, so there is no p to name")
	}
}

func TestTrackScales(t *testing.T) {
	for _, c := range []struct {
		why    string
		unit   string
		exact  bool
		spread float64 // of every point
		runs   []float64
		want   []int
	}{
		{"allocations are exact: every step is a change at once", "allocs/op", false, 0, []float64{2, 2, 3}, []int{2}},
		{"… each of them", "allocs/op", false, 0, []float64{2, 3, 2}, []int{1, 2}},
		{"… from zero too", "allocs/op", false, 0, []float64{0, 0, 1}, []int{2}},
		{"… but not where the samples of one run differ", "allocs/op", false, 0.5, []float64{200, 201, 200, 201, 200}, nil},
		{"what is declared exact is", "B", true, 0, []float64{100, 100, 101}, []int{2}},
		{"other counts need three runs on either level", "B/op", false, 0, []float64{2, 2, 2, 3, 3}, nil},
		{"… and then have no doubt", "B/op", false, 0, []float64{2, 2, 2, 3, 3, 3}, []int{3}},
		{"a change of exactly the threshold does not matter", "B/op", false, 0, []float64{100, 100, 100, 105, 105, 105}, nil},
		{"values that are not positive: differences around the median", "widgets", false, 0, []float64{-10, -10, -10, 10, 10, 10}, []int{3}},
		{"… of which few do not matter", "widgets", false, 0, []float64{0, 100, 100, 100, 104, 104, 104}, nil},
	} {
		b := tracked(c.unit, c.unit, c.runs...)
		b.Entries[0].Exact = c.exact
		for i := range b.Entries[0].History {
			b.Entries[0].History[i].Spread = NewFigure(c.spread)
		}
		var at []int
		for _, change := range trackOf(t, b, Policy{}).Changes {
			at = append(at, change.At)
		}
		require.Equal(t, c.want, at, c.why)
	}
}

func TestTrackPoints(t *testing.T) {
	b := tracked("sec/op", "sec/op", 1, 2)
	history := b.Entries[0].History
	b.Entries[0].Samples = []float64{2.9, 3.1, 3}
	track := trackOf(t, b, Policy{})
	require.Len(t, track.Points, 3, "the baseline's own run is not in its history")
	own := track.Points[2]
	spread, ok := own.Spread.Get()
	require.True(t, ok)
	require.InDelta(t, 0.1, spread, 1e-12)
	own.Spread = Figure{}
	require.Equal(t, Point{Commit: "own", Time: b.Time, Center: 3, N: 3}, own)
	require.Equal(t, history, b.Entries[0].History, "the baseline stays as it is")

	b.Entries[0].History = nil
	track = trackOf(t, b, Policy{})
	require.Len(t, track.Points, 1, "no history")
	require.True(t, track.RunSD.IsZero())
	require.Empty(t, track.Changes)

	b.Entries[0].Samples, b.Entries[0].Broken = nil, "sample 1 is NaN"
	require.Empty(t, trackOf(t, b, Policy{}).Points, "a broken one has no run of its own")
}

func TestTracksFollowThePolicy(t *testing.T) {
	match, err := NewPattern("Encode")
	require.NoError(t, err)
	rule := Rule{Match: match, Direction: unit.Higher, Threshold: PercentOf(0.5)}
	track := trackOf(t, tracked("sec/op", "sec/op", 1), Policy{Rules: []Rule{rule}})
	require.Equal(t, unit.Higher, track.Direction)
	require.Equal(t, 0.5, track.Threshold.Relative)

	rule.ThresholdAbs, err = ParseQuantity("5B")
	require.NoError(t, err)
	_, err = tracked("sec/op", "sec/op", 1).Tracks(Policy{Rules: []Rule{rule}})
	require.ErrorContains(t, err, "tracking: policy: rule 1")
}

// Scaling all runs changes no finding, and turning the direction round only its sense.
func TestTrackProperties(t *testing.T) {
	runs := []float64{1.00, 1.01, 0.99, 1.00, 1.30, 1.29, 1.31, 1.02, 0.98, 1.01, 1.00}
	want := trackOf(t, tracked("sec/op", "sec/op", runs...), Policy{})
	require.Len(t, want.Changes, 2)
	for _, factor := range []float64{1e-9, 1e9} {
		scaled := slices.Clone(runs)
		for i := range scaled {
			scaled[i] *= factor
		}
		got := trackOf(t, tracked("sec/op", "sec/op", scaled...), Policy{})
		require.Len(t, got.Changes, 2)
		for i := range got.Changes {
			require.Equal(t, want.Changes[i].At, got.Changes[i].At)
			require.Equal(t, want.Changes[i].Way, got.Changes[i].Way)
		}
	}
	b := tracked("sec/op", "sec/op", runs...)
	b.Entries[0].Direction = unit.Higher
	turned := trackOf(t, b, Policy{})
	require.Equal(t, []Way{Worse, Better}, []Way{want.Changes[0].Way, want.Changes[1].Way})
	require.Equal(t, []Way{Better, Worse}, []Way{turned.Changes[0].Way, turned.Changes[1].Way})
}

func TestHistorySelectAndWrite(t *testing.T) {
	b := tracked("allocs/op", "allocs/op", 0, 2)
	b.Entries = append(b.Entries, Entry{Series: Series{Key: Key{Metric: "p95"}, Samples: []float64{math.Pi}}})
	h, err := NewHistory(b, Policy{})
	require.NoError(t, err)
	require.Equal(t, "p95", h.Tracks[0].Metric, "sorted by key")
	encode, err := NewPattern("Encode")
	require.NoError(t, err)
	none, err := NewPattern("none")
	require.NoError(t, err)
	require.Len(t, h.Select(Pattern{}, Pattern{}).Tracks, 2, "unset patterns match everything")
	require.Len(t, h.Select(encode, Pattern{}).Tracks, 1, "without its -8")
	require.Empty(t, h.Select(encode, none).Tracks)

	var out bytes.Buffer
	n, err := h.Select(encode, Pattern{}).WriteTo(&out)
	require.NoError(t, err)
	require.EqualValues(t, out.Len(), n)
	want := `{
  "schema": 1,
  "baseline": {"commit": "own", "time": "2026-12-31T00:00:00Z"},
  "metrics": [{
    "benchmark": "Encode-8", "metric": "allocs/op", "unit": "allocs/op", "direction": "lower",
    "threshold": {"relative": 0.05, "absolute": 0}, "exact": true,
    "points": [{"commit": "c00", "timestamp": "2026-11-01T00:00:00Z", "value": 0, "n": 5},
               {"commit": "c01", "timestamp": "2026-11-02T00:00:00Z", "value": 2, "n": 5}],
    "changes": [{"index": 1, "from": {"commit": "c00", "timestamp": "2026-11-01T00:00:00Z"},
                 "to": {"commit": "c01", "timestamp": "2026-11-02T00:00:00Z"}, "before": 0, "after": 2, "way": "worse"}]
  }],
  "drift": {"metrics": 0}
}`
	require.JSONEq(t, want, out.String(), "a number that does not exist is absent")
	require.True(t, strings.HasSuffix(out.String(), "}\n"))
}
