package regress

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"github.com/org/regress-gate/regress/infer"
)

// maxPast bounds the earlier runs that are looked at (STATISTICS 2.1).
const maxPast = 30

// past is what the earlier runs of one metric say of the noise between runs.
type past struct {
	points []Point // oldest first
	base   int     // index of the run that the stored samples are from
}

// pastOf returns the runs of the entry that can tell the noise between runs;
// none where they are too few.
func (b *Baseline) pastOf(e *Entry) past {
	if len(e.History) < infer.MinRuns-1 || len(e.Samples) == 0 {
		return past{}
	}
	points, stored := e.runs(b.stored(e))
	list := sinceRebase(points)
	base := slices.Index(list, stored)
	if base < 0 || len(list) < infer.MinRuns {
		return past{}
	}
	list, base = latest(list, base, maxPast)
	p := past{base: base}
	for _, i := range list {
		p.points = append(p.points, points[i])
	}
	return p
}

// latest returns the newest n of a list, the one at index stay always among them,
// and where that is then.
func latest[T any](list []T, stay, n int) ([]T, int) {
	switch over := len(list) - n; {
	case over <= 0:
		return list, stay
	case stay < over:
		return append([]T{list[stay]}, list[over+1:]...), 0
	default:
		return slices.Clone(list[over:]), stay - over
	}
}

// known tells whether there are enough earlier runs.
func (p *past) known() bool { return len(p.points) > 0 }

// locations brings the medians of the runs to the scale of the test.
func (p *past) locations(scale infer.Scale, sign float64) []float64 {
	at := make([]float64, len(p.points))
	for i := range p.points {
		if at[i] = sign * p.points[i].Center; scale == infer.Log {
			at[i] = sign * math.Log(p.points[i].Center)
		}
	}
	return at
}

// doubted says which runs tell of the noise alone, nil where none does.
func (p *past) doubted() []bool {
	if !slices.ContainsFunc(p.points, func(p Point) bool { return p.Mark == Doubted }) {
		return nil
	}
	list := make([]bool, len(p.points))
	for i := range p.points {
		list[i] = p.points[i].Mark == Doubted
	}
	return list
}

// positive tells whether every run can be put on the log scale.
func (p *past) positive() bool {
	return !slices.ContainsFunc(p.points, func(p Point) bool { return !(p.Center > 0) })
}

// steady tells whether all runs found the same.
func (p *past) steady() bool {
	return p.known() && !slices.ContainsFunc(p.points, func(q Point) bool { return q.Center != p.points[0].Center })
}

// runID tells the runs of one baseline apart. Two runs of the same commit at the
// same second are told apart by their order.
type runID struct {
	nanos  int64
	commit string
	again  int
}

// ages numbers the runs of several histories from the newest, 0, backwards, so
// that what one run measured can be set against each other (infer.Past.Ages).
// Where a point has no time, or times that do not rise, nothing tells which run it
// is from: the result is nil, and all histories are taken to end with the same run.
func ages(histories [][]Point) [][]int {
	ids := make([][]runID, len(histories))
	all := map[runID]int{}
	for i, points := range histories {
		for j := range points {
			p := &points[j]
			if p.Time.IsZero() {
				return nil
			}
			id := runID{p.Time.UnixNano(), p.Commit, 0}
			if j > 0 && p.Time.Equal(points[j-1].Time) && p.Commit == points[j-1].Commit {
				id.again = ids[i][j-1].again + 1
			}
			ids[i] = append(ids[i], id)
			all[id] = 0
		}
	}
	order := slices.SortedFunc(maps.Keys(all), func(a, b runID) int {
		return cmp.Or(cmp.Compare(b.nanos, a.nanos), cmp.Compare(b.commit, a.commit), cmp.Compare(b.again, a.again))
	})
	for age, id := range order {
		all[id] = age
	}
	result := make([][]int, len(ids))
	for i := range ids {
		for j, id := range ids[i] {
			result[i] = append(result[i], all[id])
			if j > 0 && result[i][j] >= result[i][j-1] {
				return nil // not in the order of time
			}
		}
	}
	return result
}
