package regress

import (
	"fmt"
	"math"
	"slices"

	"github.com/org/regress-gate/regress/infer"
	"github.com/org/regress-gate/regress/unit"
)

// Track is one metric over the runs that a baseline remembers, and where its
// level changed.
type Track struct {
	Key
	Unit      string         `json:"unit"` // of all values
	Direction unit.Direction `json:"direction"`
	Threshold Threshold      `json:"threshold"`
	Exact     bool           `json:"exact"`            // without noise: every difference is a change
	Points    []Point        `json:"points"`           // oldest first, those that were refused too
	Anchor    *Point         `json:"anchor,omitempty"` // the pinned value, nil where there is none
	Accepted  *Acceptance    `json:"accepted,omitempty"`
	RunSD     Figure         `json:"run_sd,omitzero"` // standard deviation of one run, a fraction, from those that Compare would learn it from; absent for fewer than three, and where Exact
	Changes   []Change       `json:"changes"`         // oldest first
}

// Tracks returns the history of every entry, sorted by key. The policy's and the
// entries' settings say which way is worse and how much matters, as in Compare.
// The tracks share their points with the baseline.
func (b *Baseline) Tracks(p Policy) ([]Track, error) {
	tracks := make([]Track, 0, len(b.Entries))
	for i := range b.Entries {
		e := &b.Entries[i]
		s, err := p.settle(&sides{entry: e})
		if err != nil {
			return nil, fmt.Errorf("tracking: %w", err)
		}
		t := Track{
			Key: e.Key, Unit: s.unit, Direction: s.direction, Threshold: s.threshold,
			Anchor: e.Anchor, Accepted: e.Accepted,
		}
		if t.Points = e.History; len(e.Samples) > 0 {
			t.Points, _ = e.runs(b.stored(e))
		}
		t.Exact = (e.Exact || s.unit == "allocs/op") && t.steady()
		t.follow()
		tracks = append(tracks, t)
	}
	slices.SortFunc(tracks, func(a, b Track) int { return compareKeys(a.Key, b.Key) })
	return tracks, nil
}

// steady tells that the samples of no run differed among themselves: what does
// differ is noise, whatever was declared.
func (t *Track) steady() bool {
	return !slices.ContainsFunc(t.Points, func(p Point) bool {
		spread, _ := p.Spread.Get()
		return spread > 0
	})
}

// follow finds the noise of the runs and the changes: on the log scale where it
// exists, as in Compare.
func (t *Track) follow() {
	runs := make([]float64, len(t.Points))
	for i, p := range t.Points {
		runs[i] = p.Center
	}
	if len(runs) == 0 {
		return
	}
	center := infer.Median(runs)
	limit, size := t.Threshold.Around(center), math.Abs(center)
	if infer.ScaleOf(runs, nil) == infer.Log {
		for i, v := range runs {
			runs[i] = math.Log(v)
		}
		limit, size = math.Log1p(limit/center), 1
	}
	if t.Exact {
		t.steps()
		return
	}
	var ordinary []float64
	for _, i := range sinceRebase(t.Points) {
		ordinary = append(ordinary, runs[i])
	}
	if sd, ok := infer.RunSD(ordinary); ok {
		t.RunSD = NewFigure(sd / size)
	}
	t.levels(infer.Changes(runs, limit+1e-12*max(limit, size))) // a change of exactly the threshold does not matter
}
