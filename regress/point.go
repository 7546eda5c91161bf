package regress

import (
	"math"
	"slices"
	"time"

	"github.com/org/regress-gate/regress/infer"
)

// Point is what one earlier run found for one metric.
type Point struct {
	Commit string    `json:"commit,omitzero"`
	Time   time.Time `json:"timestamp,omitzero"`
	Center float64   `json:"value"`           // median of its samples, in the unit of the entry
	Spread Figure    `json:"spread,omitzero"` // their standard deviation, absent for one sample
	N      int       `json:"n,omitzero"`      // how many they were, 0 where not known
	Mark   Mark      `json:"mark,omitzero"`
}

// Mark says what an update made of a run, where it is not simply one of many.
type Mark uint8

// The marks. The zero value is an ordinary run, whose value was taken in.
const (
	Ordinary Mark = iota
	Refused       // it regressed: its value was not taken in, and tells nothing of the noise
	Rebased       // it changed, and that was accepted: what came before tells nothing of what follows
	Doubted       // it was worse by more than the threshold, or looked like it: its value was not taken in, and yet may be noise
)

var markWords = [...]string{Ordinary: "ordinary", Refused: "refused", Rebased: "rebased", Doubted: "doubted"}

// String returns the word of the baseline JSON.
func (m Mark) String() string { return word(markWords[:], m) }

// MarshalText refuses values outside the enumeration.
func (m Mark) MarshalText() ([]byte, error) { return marshalWord("mark", markWords[:], m) }

// UnmarshalText accepts the words of String and nothing else.
func (m *Mark) UnmarshalText(text []byte) error { return unmarshalWord("mark", markWords[:], text, m) }

// runs returns the entry's history with the stored value in it, and the index of
// the stored value. A history that does not hold it, as one written by hand may
// not, is taken to end before it.
func (e *Entry) runs(stored Point) (points []Point, at int) {
	for i := len(e.History) - 1; i >= 0; i-- {
		if p := &e.History[i]; p.takenIn() && same(p.Center, stored.Center) {
			return e.History, i
		}
	}
	return append(slices.Clip(e.History), stored), len(e.History)
}

// takenIn tells whether the run's value became the stored one, or could have.
func (p *Point) takenIn() bool { return p.Mark == Ordinary || p.Mark == Rebased }

// stored is the point of the entry's own samples. Commit and time are those of
// the baseline, which are the best that is known of it.
func (b *Baseline) stored(e *Entry) Point {
	return NewPoint(b.Commit, b.Time, e.Samples)
}

// NewPoint returns what a run of that commit at that time found: the median of its
// samples, of which there must be one at least.
func NewPoint(commit string, t time.Time, samples []float64) Point {
	s := newSummary(samples)
	return Point{Commit: commit, Time: t, Center: infer.Median(samples), Spread: s.Spread, N: s.N}
}

// sinceRebase returns the indices of the points that tell what an ordinary run
// looks like: those since the last rebase that were not refused.
func sinceRebase(points []Point) []int {
	first := 0
	for i := range points {
		if points[i].Mark == Rebased {
			first = i
		}
	}
	var list []int
	for i := first; i < len(points); i++ {
		if points[i].Mark != Refused {
			list = append(list, i)
		}
	}
	return list
}

// same allows for the rounding of a number that was converted or written by hand.
func same(a, b float64) bool { return math.Abs(a-b) <= 1e-9*max(math.Abs(a), math.Abs(b)) }
