package regress

import (
	"slices"

	"github.com/org/regress-gate/regress/infer"
)

// anchorRuns is how many runs an anchor rests on once it is complete.
const anchorRuns = 5

// growing tells whether the anchor still takes in runs: it is not complete, and no
// person has pinned it.
func (e *Entry) growing() bool {
	return e.Anchor == nil || 0 < e.Anchor.N && e.Anchor.N < anchorRuns
}

// pin returns the anchor of a history: the median of the first five runs since
// the last accepted change, or of as many as there are. It moves with the first
// five and then stays, so that the baseline may drift away from it, and be seen to.
func pin(points []Point) *Point {
	list := slices.DeleteFunc(sinceRebase(points), func(i int) bool { return !points[i].takenIn() })
	if len(list) == 0 {
		return nil
	}
	return medianPoint(points, list[:min(len(list), anchorRuns)])
}

// Pin returns the baseline with every anchor set anew, to the median of the last
// five runs: at a release, after which drift is counted from there. b stays as it is.
func (b *Baseline) Pin() *Baseline {
	next := *b
	next.Entries = slices.Clone(b.Entries)
	for i := range next.Entries {
		e := &next.Entries[i]
		points, _ := e.runs(b.stored(e))
		list := sinceRebase(points)
		if len(list) == 0 {
			continue // a value that a person wrote since has no run of its own
		}
		e.Anchor = medianPoint(points, list[max(0, len(list)-anchorRuns):])
		e.Anchor.N = 0 // it stays
	}
	return &next
}

// medianPoint is the median of some points, as of the latest of them.
func medianPoint(points []Point, at []int) *Point {
	centers := make([]float64, len(at))
	for i, j := range at {
		centers[i] = points[j].Center
	}
	latest := points[at[len(at)-1]]
	return &Point{Commit: latest.Commit, Time: latest.Time, Center: infer.Median(centers), N: len(at)}
}
