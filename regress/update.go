package regress

import (
	"errors"
	"fmt"
	"slices"

	"github.com/org/regress-gate/regress/unit"
)

// DefaultHistory is the number of runs that a baseline keeps of each metric where
// the policy does not say.
const DefaultHistory = 20

// ErrOlderRun is the error of Baseline.Update for a run that was measured before
// the one that is stored.
var ErrOlderRun = errors.New("the run is older than what the baseline holds")

// Update returns the baseline that the run leads to, given the report of
// comparing the run with b. Improvements, unchanged and new metrics are taken
// in. A regression that nobody waived or accepted keeps its old value, so that a
// loss cannot become the measure by being merged; so does what looks like one,
// and what could not be compared (Absorbs). Every run goes into the history, a
// refused one as such. What a person wrote (unit, threshold, direction) stays,
// and so do entries that the run lacks, unless their going was accepted.
//
// Neither b, which may be nil where there is none yet, nor the run is changed;
// the result shares their samples. A run from another machine is an error: one
// baseline holds the timings of one. So is a run that is older than b
// (ErrOlderRun), such as that of an earlier commit which finished late.
func (b *Baseline) Update(head *Run, rep *Report) (*Baseline, error) {
	if b == nil {
		b = &Baseline{Env: head.Env}
	}
	if diff := b.Env.differs(head.Env, timingField); diff != "" && rep.Policy.Environment != EnvCompare {
		return nil, fmt.Errorf("updating the baseline: another machine: %s: keep one baseline file for each", diff)
	}
	if !head.Time.IsZero() && head.Time.Before(b.Time) {
		return nil, fmt.Errorf("updating the baseline: %w: %s against %s", ErrOlderRun, formatTime(head.Time), formatTime(b.Time))
	}
	next := &Baseline{Commit: head.Commit, Time: head.Time, Env: head.Env.or(b.Env)}
	series := make(map[Key]*Series, len(head.Series))
	for i := range head.Series {
		series[head.Series[i].Key] = &head.Series[i]
	}
	found := make(map[Key]*Comparison, len(rep.Comparisons))
	for i := range rep.Comparisons {
		found[rep.Comparisons[i].Key] = &rep.Comparisons[i]
	}
	for i := range b.Entries {
		e, s := b.Entries[i], series[b.Entries[i].Key]
		c := found[e.Key]
		switch {
		case c == nil:
			return nil, fmt.Errorf("updating the baseline: the report does not judge %s: it is of another baseline", e.Key)
		case c.Verdict == Missing && c.Accepted != nil:
			continue
		case s != nil && s.Broken != "" && c.Accepted != nil:
			return nil, fmt.Errorf("updating the baseline: %s cannot be accepted: %s", e.Key, s.Broken)
		case s != nil && s.Broken == "":
			e = e.fold(b.stored(&e), head, s, c, rep.Policy.history())
		}
		next.Entries = append(next.Entries, e)
		delete(series, e.Key)
	}
	for _, s := range head.Series { // in the order of the run, so that nothing depends on a map's
		c := found[s.Key]
		switch {
		case series[s.Key] == nil:
		case c == nil:
			return nil, fmt.Errorf("updating the baseline: the report does not judge %s: it is of another run", s.Key)
		case c.Absorbs() && s.Broken == "":
			first := NewPoint(head.Commit, head.Time, s.Samples)
			next.Entries = append(next.Entries, Entry{Series: s, History: []Point{first}, Anchor: pin([]Point{first})})
		}
	}
	sortEntries(next.Entries)
	return next, nil
}

// fold returns the entry with the run in its history, and with the run's samples
// where the comparison lets it in.
func (e Entry) fold(stored Point, head *Run, s *Series, c *Comparison, keep int) Entry {
	samples, points := c.Head.Samples, []Point(nil)
	if c.Verdict == Incomparable {
		if c.Accepted == nil {
			return e // nothing that was measured in another unit belongs into its history
		}
		e.measureIn(s.Unit)
		samples = s.Samples
	} else {
		if e.Unit == "" {
			e.Unit = c.Unit
		}
		points, _ = e.runs(stored)
	}
	point := NewPoint(head.Commit, head.Time, samples)
	switch {
	case c.rebases():
		point.Mark, e.Anchor = Rebased, nil
	case c.Verdict == Regressed:
		point.Mark = Refused
	case !c.Absorbs():
		point.Mark = Doubted
	}
	if c.Waiver != nil || c.Accepted != nil {
		e.Accepted = c.acceptance(head, stored.Center)
	}
	if n := len(points); n > 0 && points[n-1].repeats(point) {
		points = points[:n-1]
	}
	points = append(slices.Clip(points), point)
	if c.Absorbs() {
		e.Samples, stored = samples, point
	}
	e.History = points
	_, at := e.runs(stored)
	e.History, _ = latest(points, min(at, len(points)-1), keep)
	if e.growing() {
		e.Anchor = pin(e.History)
	}
	return e
}

// measureIn gives the entry another unit. What was said in the old one, or of it,
// holds no more: how much matters absolutely, and which way is worse.
func (e *Entry) measureIn(u string) {
	if _, same := unit.Convert(1, e.Unit, u); !same {
		e.Direction, e.ThresholdAbs = unit.Undeclared, Figure{}
	}
	e.Unit = u
}

// repeats tells whether q is the same measurement as p, taken in once more.
func (p *Point) repeats(q Point) bool {
	return p.Commit != "" && p.Commit == q.Commit && p.N == q.N && same(p.Center, q.Center) && p.Spread == q.Spread
}

// rebases tells whether the change was accepted, so that the runs before it tell
// nothing of those that follow.
func (c *Comparison) rebases() bool {
	return c.Verdict == Improved || c.Absorbs() && (c.Verdict == Regressed || c.Accepted != nil)
}

// Absorbs tells whether an update takes the head's value into the baseline.
func (c *Comparison) Absorbs() bool {
	switch {
	case c.Accepted != nil:
		return true
	case c.Verdict == Improved, c.Verdict == Unchanged, c.Verdict == Unjudged, c.Verdict == New:
		return true
	case c.Verdict == Regressed:
		return c.Waiver != nil
	case c.Verdict == Inconclusive:
		return (c.Cause == CauseNotWorse || c.Cause == CauseTooNoisy || c.Cause == CauseTooFew) && !c.worsened()
	}
	return false
}
