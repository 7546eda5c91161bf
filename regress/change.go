package regress

import (
	"math"
	"time"

	"github.com/org/regress-gate/regress/infer"
	"github.com/org/regress-gate/regress/unit"
)

// Change is a place in a Track from which on the metric stands on another level.
// Its cause lies in what was committed after From, up to To.
type Change struct {
	At       int     `json:"index"` // of the first point on the new level
	From     Moment  `json:"from"`  // the last run on the old level
	To       Moment  `json:"to"`    // the first run on the new one
	Before   float64 `json:"before"`
	After    float64 `json:"after"`             // medians of both levels, in the unit of the track
	Relative Figure  `json:"relative,omitzero"` // After against Before as a fraction, positive where larger; absent from zero
	P        Figure  `json:"p,omitzero"`        // two-sided, corrected for the places of the track (infer.Changes); absent where nothing varies
	Way      Way     `json:"way"`
}

// Moment says when a run was and what it measured. Both may be unknown.
type Moment struct {
	Commit string    `json:"commit,omitzero"`
	Time   time.Time `json:"timestamp,omitzero"`
}

// Way says what a change means.
type Way uint8

// The ways. The zero value is that of a metric of which nobody says what is
// better (direction stable or info).
const (
	Changed Way = iota
	Worse
	Better
)

var wayWords = [...]string{Changed: "changed", Worse: "worse", Better: "better"}

// String returns the word of the history JSON.
func (w Way) String() string { return word(wayWords[:], w) }

// MarshalText refuses values outside the enumeration.
func (w Way) MarshalText() ([]byte, error) { return marshalWord("way", wayWords[:], w) }

// UnmarshalText accepts the words of String and nothing else.
func (w *Way) UnmarshalText(text []byte) error { return unmarshalWord("way", wayWords[:], text, w) }

// levels records the changes between levels that lasted.
func (t *Track) levels(found []infer.Change) {
	for i, c := range found {
		from, to := 0, len(t.Points)
		if i > 0 {
			from = found[i-1].At
		}
		if i+1 < len(found) {
			to = found[i+1].At
		}
		p := Figure{}
		if c.P > 0 {
			p = NewFigure(c.P)
		}
		t.change(from, c.At, to, p)
	}
}

// steps records every difference from one run to the next.
func (t *Track) steps() {
	for i := 1; i < len(t.Points); i++ {
		if t.Points[i].Center != t.Points[i-1].Center {
			t.change(i-1, i, i+1, Figure{})
		}
	}
}

// change records the change at a point, between the levels of the points around it.
func (t *Track) change(from, at, to int, p Figure) {
	before, after := t.level(from, at), t.level(at, to)
	c := Change{At: at, From: t.Points[at-1].moment(), To: t.Points[at].moment(), Before: before, After: after, P: p}
	if before != 0 {
		c.Relative = NewFigure((after - before) / math.Abs(before))
	}
	switch larger := after > before; {
	case t.Direction == unit.Lower && larger, t.Direction == unit.Higher && !larger:
		c.Way = Worse
	case t.Direction == unit.Lower, t.Direction == unit.Higher:
		c.Way = Better
	}
	t.Changes = append(t.Changes, c)
}

// level returns the median of the points from one index to before another.
func (t *Track) level(from, to int) float64 {
	centers := make([]float64, 0, to-from)
	for _, p := range t.Points[from:to] {
		centers = append(centers, p.Center)
	}
	return infer.Median(centers)
}

func (p Point) moment() Moment { return Moment{p.Commit, p.Time} }
