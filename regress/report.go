package regress

import (
	"cmp"
	"errors"
	"slices"
	"time"
)

// ReportSchema is the version of the report JSON that this package writes.
const ReportSchema = 1

// Report holds every number behind every verdict. It is the hinge of the house:
// it encodes to JSON without loss, and every output is rendered from it alone.
type Report struct {
	Base, Head  Ref
	Policy      Policy
	Comparisons []Comparison // sorted by benchmark, then by metric
	Alerts      []AlertResult
	Suite       Suite
	Warnings    []Warning
	Drift       Drift       // slow losses in the history of the baseline
	Edits       []Edit      // what the change under judgement does to its own judge
	Diagnoses   []Diagnosis // where the losses come from, as far as profiles tell
}

// Ref says what one side of the comparison was.
type Ref struct {
	Commit string    `json:"commit,omitzero"`
	Time   time.Time `json:"time,omitzero"`
	Env    Env       `json:"environment,omitzero"`
}

// Suite describes the family of tests as a whole.
type Suite struct {
	Tests       int    `json:"tests"`                 // metrics that the correction ran over
	Alpha       Figure `json:"alpha,omitzero"`        // its level
	Shift       Figure `json:"shift,omitzero"`        // median change for the worse over the suite, a fraction; absent below ten metrics
	Subtracted  bool   `json:"subtracted,omitzero"`   // whether Shift was taken off before judging
	Correlation Figure `json:"correlation,omitzero"`  // between neighbouring samples, where it had to be allowed for
	BetweenRun  Figure `json:"between_run,omitzero"`  // sd between runs estimated from this suite, on the log scale
	RunNoise    Figure `json:"run_noise,omitzero"`    // sd between runs that had to be assumed, on the log scale
	EnoughCount int    `json:"enough_count,omitzero"` // samples a side with which half of the tested metrics would show a loss of twice their threshold; 0 where not known
	Confirmed   bool   `json:"confirmed,omitzero"`    // whether what Rerun named was measured again
	Rerun       []Key  `json:"rerun,omitempty"`       // what an interleaved re-measurement should cover
}

// Counts are the numbers of comparisons by verdict.
type Counts struct {
	Regression   int `json:"regression"`
	Improvement  int `json:"improvement"`
	Unchanged    int `json:"unchanged"`
	Inconclusive int `json:"inconclusive"`
	Missing      int `json:"missing"`
	New          int `json:"new"`
	Incomparable int `json:"incomparable"`
	Unjudged     int `json:"unjudged"`
	Waived       int `json:"waived"`   // of the regressions
	Compared     int `json:"compared"` // regression + improvement + unchanged + inconclusive
}

// ErrRegressed and ErrUnproven are what Report.Err returns.
var (
	ErrRegressed = errors.New("performance regressed")
	ErrUnproven  = errors.New("performance is unproven")
)

// Count counts the comparisons by verdict.
func (r *Report) Count() Counts {
	var n Counts
	for i := range r.Comparisons {
		c := &r.Comparisons[i]
		switch c.Verdict {
		case Regressed:
			n.Regression++
			if c.Waiver != nil {
				n.Waived++
			}
		case Improved:
			n.Improvement++
		case Unchanged:
			n.Unchanged++
		case Inconclusive:
			n.Inconclusive++
		case Missing:
			n.Missing++
		case New:
			n.New++
		case Incomparable:
			n.Incomparable++
		default:
			n.Unjudged++
		}
	}
	n.Compared = n.Regression + n.Improvement + n.Unchanged + n.Inconclusive
	return n
}

// Gate derives the decision from the findings and the policy.
func (r *Report) Gate() Gate {
	unproven := r.Count().Compared == 0
	for i := range r.Comparisons {
		c := &r.Comparisons[i]
		if c.Closes() {
			return Shut
		}
		unproven = unproven || r.Unproven(c)
	}
	for i := range r.Alerts {
		a := &r.Alerts[i]
		switch {
		case a.Severity != Error:
		case a.Fired:
			return Shut
		case a.Blind():
			unproven = unproven || r.Policy.Missing.or(FailClosed) == FailClosed
		}
	}
	for i := range r.Drift.Findings {
		unproven = unproven || r.DriftUnproven(&r.Drift.Findings[i])
	}
	if unproven {
		return Unproven
	}
	return Open
}

// Unproven tells whether the comparison, though no regression, keeps the gate
// from opening under the report's policy.
func (r *Report) Unproven(c *Comparison) bool {
	return c.Severity == Error && r.Response(c) == FailClosed
}

// DriftUnproven tells whether the drift keeps the gate from opening under the
// report's policy.
func (r *Report) DriftUnproven(f *DriftFinding) bool {
	return f.Proven && f.Severity == Error && r.Policy.Drift.Proven == FailClosed
}

// Response is what the report's policy says of a comparison that is neither
// sound nor a regression: Ignore for all others.
func (r *Report) Response(c *Comparison) Response {
	response := r.Policy.response(c.Verdict, c.Cause)
	if r.Suite.Confirmed && c.Cause == CauseSuiteShift { // the metrics measured again have settled it
		response = min(response, ShowOnly)
	}
	return response
}

// Err is nil where the gate is open; else errors.Is tells ErrRegressed from
// ErrUnproven.
func (r *Report) Err() error {
	switch r.Gate() {
	case Open:
		return nil
	case Shut:
		return ErrRegressed
	}
	return ErrUnproven
}

// WorstFirst returns the comparisons with that verdict, the largest change
// first and those from a base of zero before all others. The order is total,
// so that every output lists them alike.
func (r *Report) WorstFirst(v Verdict) []*Comparison {
	var list []*Comparison
	for i := range r.Comparisons {
		if r.Comparisons[i].Verdict == v {
			list = append(list, &r.Comparisons[i])
		}
	}
	slices.SortStableFunc(list, func(a, b *Comparison) int {
		x, xKnown := a.magnitude()
		y, yKnown := b.magnitude()
		if xKnown != yKnown {
			if xKnown {
				return 1
			}
			return -1
		}
		return cmp.Compare(y, x)
	})
	return list
}
