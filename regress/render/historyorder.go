package render

import (
	"cmp"
	"math"
	"slices"

	"github.com/org/regress-gate/regress"
)

// newsFirst returns the tracks in the order in which people want to read them:
// the newest losses, the larger first where several came with one run, then the
// newest other changes, then what never changed, by name.
func newsFirst(tracks []regress.Track) []*regress.Track {
	list := make([]*regress.Track, len(tracks))
	news := make(map[*regress.Track]news, len(tracks))
	for i := range tracks {
		list[i] = &tracks[i]
		news[list[i]] = newsOf(list[i])
	}
	slices.SortStableFunc(list, func(a, b *regress.Track) int { return news[a].compare(news[b]) })
	return list
}

// news is the latest change of a track, the latest loss where there is one.
type news struct {
	class int     // 0: a loss, 1: another change, 2: nothing
	age   int     // in runs
	size  float64 // as a fraction; +Inf from zero
}

func newsOf(t *regress.Track) news {
	latest := news{class: 2}
	for _, c := range t.Changes { // oldest first
		class := 1
		if c.Way == regress.Worse {
			class = 0
		}
		size, known := c.Relative.Get()
		if !known {
			size = math.Inf(1)
		}
		if class <= latest.class {
			latest = news{class, len(t.Points) - c.At, math.Abs(size)}
		}
	}
	return latest
}

func (n news) compare(o news) int {
	return cmp.Or(cmp.Compare(n.class, o.class), cmp.Compare(n.age, o.age), cmp.Compare(o.size, n.size))
}
