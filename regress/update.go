package regress

import (
	"fmt"
	"slices"
)

// Update returns the baseline that the run leads to, given the report of
// comparing the run with b. Improvements, unchanged and new metrics are taken
// in. A regression that nobody waived keeps its old value, so that a loss cannot
// become the measure by being merged; so does what looks like one, and what
// could not be compared (Absorbs). What a person wrote (unit, threshold,
// direction) stays, and so do entries that the run lacks.
//
// Neither b, which may be nil where there is none yet, nor the run is changed;
// the result shares their samples. A run from another machine is an error: one
// baseline holds the timings of one.
func (b *Baseline) Update(head *Run, rep *Report) (*Baseline, error) {
	if b == nil {
		b = &Baseline{Env: head.Env}
	}
	if diff := b.Env.differs(head.Env, timingField); diff != "" && rep.Policy.Environment != EnvCompare {
		return nil, fmt.Errorf("updating the baseline: another machine: %s: keep one baseline file for each", diff)
	}
	next := &Baseline{Commit: head.Commit, Time: head.Time, Env: head.Env.or(b.Env), Entries: slices.Clone(b.Entries)}
	at := make(map[Key]int, len(next.Entries))
	for i := range next.Entries {
		at[next.Entries[i].Key] = i
	}
	found := make(map[Key]*Comparison, len(rep.Comparisons))
	for i := range rep.Comparisons {
		found[rep.Comparisons[i].Key] = &rep.Comparisons[i]
	}
	for _, s := range head.Series {
		c := found[s.Key]
		if c == nil {
			return nil, fmt.Errorf("updating the baseline: the report does not judge %s: it is of another run", s.Key)
		}
		if i, known := at[s.Key]; !c.Absorbs() || s.Broken != "" {
			continue
		} else if known {
			next.Entries[i].Unit, next.Entries[i].Samples = c.Unit, c.Head.Samples
		} else {
			next.Entries = append(next.Entries, Entry{Series: s})
		}
	}
	sortEntries(next.Entries)
	return next, nil
}

// Accept returns the baseline with every sound value of the run taken in, losses
// too: for a person who says so. What a person wrote stays, as in Update.
func (b *Baseline) Accept(head *Run) (*Baseline, error) {
	next := &Baseline{Commit: head.Commit, Time: head.Time, Env: head.Env.or(b.Env), Entries: slices.Clone(b.Entries)}
	at := make(map[Key]int, len(next.Entries))
	for i := range next.Entries {
		at[next.Entries[i].Key] = i
	}
	for _, s := range head.Series {
		i, known := at[s.Key]
		switch {
		case s.Broken != "":
			return nil, fmt.Errorf("%s: %s: a baseline holds finite numbers only", s.Key, s.Broken)
		case !known:
			next.Entries = append(next.Entries, Entry{Series: s})
			continue
		}
		e := &next.Entries[i]
		joined := Series{Key: s.Key, Unit: e.Unit}
		if err := joined.extend(s); err != nil {
			return nil, err
		}
		e.Unit, e.Samples = joined.Unit, joined.Samples
	}
	sortEntries(next.Entries)
	return next, nil
}

// Absorbs tells whether an update takes the head's value into the baseline.
func (c *Comparison) Absorbs() bool {
	switch c.Verdict {
	case Improved, Unchanged, Unjudged, New:
		return true
	case Regressed:
		return c.Waiver != nil
	case Inconclusive:
		loss, known := c.loss()
		small := known && loss <= c.Threshold.Relative
		return c.Cause == CauseNotWorse || c.Cause == CauseTooNoisy || c.Cause == CauseTooFew && small
	}
	return false
}
