package regress

import "time"

// Acceptance records who let a loss become the measure, why and when.
type Acceptance struct {
	By     string    `json:"by,omitzero"`
	Reason string    `json:"reason"`
	Time   time.Time `json:"time,omitzero"`
	Commit string    `json:"commit,omitzero"` // the run that was taken in
	Value  Figure    `json:"value,omitzero"`  // what was stored before, in the unit of the entry
}

// Accept marks what an update would refuse as accepted, where the function says
// so: regressions and what looks like one, values in another unit, and metrics
// that are missing, which the update then removes. It returns their keys. A value
// that is not a number can never be accepted.
func (r *Report) Accept(a Acceptance, accepted func(*Comparison) bool) (keys []Key) {
	for i := range r.Comparisons {
		c := &r.Comparisons[i]
		measured := c.Verdict == Missing || c.Head.N > 0
		if !c.Absorbs() && measured && accepted(c) {
			c.Accepted = &a
			keys = append(keys, c.Key)
		}
	}
	return keys
}

// acceptance is the record of why the head's value was taken in.
func (c *Comparison) acceptance(head *Run, before float64) *Acceptance {
	a := Acceptance{By: "waiver", Time: head.Time}
	if c.Accepted != nil {
		a = *c.Accepted
	} else {
		a.Reason = c.Waiver.Reason
	}
	a.Commit, a.Value = head.Commit, NewFigure(before)
	return &a
}
