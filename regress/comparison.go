package regress

import (
	"math"

	"github.com/org/regress-gate/regress/unit"
)

// Comparison is the finding for one metric, with every number behind it.
type Comparison struct {
	Key
	Unit      string         `json:"unit"` // of Base, Head, Delta.Absolute and Threshold.Absolute: the baseline's where it has one
	Direction unit.Direction `json:"direction"`
	Exact     bool           `json:"exact"`

	Base  Summary `json:"base"`
	Head  Summary `json:"head"`
	Delta Delta   `json:"delta"`

	P         Figure   `json:"p,omitzero"`          // exact two-sided p of the U test
	PGate     Figure   `json:"p_gate,omitzero"`     // one-sided p of the gate's own test, in the direction of the estimate
	PAdjusted Figure   `json:"p_adjusted,omitzero"` // PGate after the correction over the suite
	PBeside   Figure   `json:"p_beside,omitzero"`   // PAdjusted beside what the whole suite did, where that is more than the margin and was not taken off
	MDE       Figure   `json:"mde,omitzero"`        // smallest loss, as a fraction, that these data would have shown in four cases of five
	SE        Figure   `json:"se,omitzero"`         // standard error as used, on the scale of Method
	DF        Figure   `json:"df,omitzero"`         // its degrees of freedom
	Method    Method   `json:"method"`
	Evidence  Evidence `json:"evidence"`
	Past      *Past    `json:"past,omitempty"` // what the earlier runs said, where they are the evidence

	Threshold Threshold `json:"threshold"`
	Verdict   Verdict   `json:"verdict"`
	Cause     Cause     `json:"cause,omitzero"` // why an Inconclusive one is so
	Severity  Severity  `json:"severity"`
	Reason    string    `json:"reason"`          // the verdict in words, with its numbers
	Remedy    string    `json:"remedy,omitzero"` // what to do about it, "" where nothing is to be done
	Notes     []string  `json:"notes,omitempty"` // what looks implausible, or was assumed
	Waiver    *Waiver   `json:"waiver"`          // the acceptance of a regression, null where there is none

	First    *First      `json:"first,omitempty"`    // what was found before it was measured again, null where it was not
	Accepted *Acceptance `json:"accepted,omitempty"` // a person's decision that an update takes the head in all the same
}

// Summary describes one side of a comparison. A side that does not exist
// (missing, new) has N = 0 and no figures.
type Summary struct {
	Center  Figure    `json:"center,omitzero"` // median of the samples
	Lo      Figure    `json:"lo,omitzero"`     // order-statistic 95 % interval of the median;
	Hi      Figure    `json:"hi,omitzero"`     // both absent below six samples
	N       int       `json:"n"`
	Spread  Figure    `json:"spread,omitzero"`   // standard deviation of the samples, absent for a single one
	Samples []float64 `json:"samples,omitempty"` // in measuring order, in the unit of the comparison
}

// Delta is the change from base to head, positive where head is larger. Relative,
// Lo and Hi are fractions: the Hodges–Lehmann estimate and its interval, not the
// ratio of the two centers.
type Delta struct {
	Absolute   Figure `json:"absolute,omitzero"` // in the unit of the comparison
	Relative   Figure `json:"relative,omitzero"` // absent where the base is zero
	Lo         Figure `json:"lo,omitzero"`
	Hi         Figure `json:"hi,omitzero"`
	Confidence Figure `json:"confidence,omitzero"` // of the interval, 0.95
}

// Method says how the two sides were compared.
type Method uint8

// The methods. The zero value says that nothing was compared.
const (
	NoMethod   Method = iota
	RankLog           // rank test and Hodges–Lehmann shift of the logarithms
	RankLinear        // the same of the values themselves: some are ≤ 0
	ExactValue        // the two constants of a metric without noise
	PlainValue        // two single values against an explicit threshold
)

var methodWords = [...]string{NoMethod: "none", RankLog: "rank-log", RankLinear: "rank-linear", ExactValue: "exact", PlainValue: "plain"}

// String returns the word of the report JSON.
func (m Method) String() string { return word(methodWords[:], m) }

// MarshalText refuses values outside the enumeration.
func (m Method) MarshalText() ([]byte, error) { return marshalWord("method", methodWords[:], m) }

// UnmarshalText accepts the words of String and nothing else.
func (m *Method) UnmarshalText(text []byte) error {
	return unmarshalWord("method", methodWords[:], text, m)
}

// Evidence says how much the design of the experiment lets a difference prove
// (STATISTICS 2.2).
type Evidence uint8

// The levels of evidence. The zero value is the weakest.
const (
	Unverified      Evidence = iota // U: a stored baseline, run noise assumed
	ByHistory                       // H: run noise known from earlier runs
	ByVouching                      // V: the user says that both were measured alike
	ByInterleaving                  // A: measured in turns in one job
	ByDetermination                 // E: a metric without noise
)

var evidenceWords = [...]string{Unverified: "unverified", ByHistory: "history", ByVouching: "vouched", ByInterleaving: "interleaved", ByDetermination: "exact"}

// String returns the word of the report JSON.
func (e Evidence) String() string { return word(evidenceWords[:], e) }

// MarshalText refuses values outside the enumeration.
func (e Evidence) MarshalText() ([]byte, error) { return marshalWord("evidence", evidenceWords[:], e) }

// UnmarshalText accepts the words of String and nothing else.
func (e *Evidence) UnmarshalText(text []byte) error {
	return unmarshalWord("evidence", evidenceWords[:], text, e)
}

// Cause says why a comparison is inconclusive.
type Cause uint8

// The causes. The zero value belongs to every other verdict.
const (
	NoCause          Cause = iota
	CauseTooFew            // no outcome of so few samples could be significant
	CauseSuspect           // it looks worse, and this experiment cannot prove it
	CauseSuiteShift        // the whole suite moved: the machine, or everything, changed
	CauseNotWorse          // shown not to be worse, but perhaps better
	CauseTooNoisy          // the interval reaches across the threshold
	CauseImplausible       // the measurement itself cannot be believed
)

var causeWords = [...]string{
	NoCause: "none", CauseTooFew: "cannot-be-significant", CauseSuspect: "suspect", CauseSuiteShift: "suite-shift",
	CauseNotWorse: "not-worse", CauseTooNoisy: "too-noisy", CauseImplausible: "implausible",
}

// String returns the word of the report JSON.
func (c Cause) String() string { return word(causeWords[:], c) }

// MarshalText refuses values outside the enumeration.
func (c Cause) MarshalText() ([]byte, error) { return marshalWord("cause", causeWords[:], c) }

// UnmarshalText accepts the words of String and nothing else.
func (c *Cause) UnmarshalText(text []byte) error {
	return unmarshalWord("cause", causeWords[:], text, c)
}

// loss returns the relative change for the worse, and whether it exists: from a
// base of zero every loss is infinite, and no waiver covers it.
func (c *Comparison) loss() (float64, bool) {
	change, known := c.Delta.Relative.Get()
	switch c.Direction {
	case unit.Higher:
		change = -change
	case unit.Stable:
		change = math.Abs(change)
	}
	return change, known
}

// worsened tells whether the head is worse by more than the threshold: than what
// the earlier runs stand at, or, without them, than the stored run.
func (c *Comparison) worsened() bool {
	base, _ := c.Base.Center.Get()
	change, relative := c.Delta.Relative.Get()
	if c.Past != nil {
		change, _ = c.Past.Change.Get()
		relative = c.Method == RankLog
	}
	if !relative && c.Past == nil {
		change, _ = c.Delta.Absolute.Get()
	} else if relative {
		change *= math.Abs(base)
	}
	switch c.Direction {
	case unit.Higher:
		change = -change
	case unit.Stable:
		change = math.Abs(change)
	}
	const rounding = 1e-9
	return change > c.Threshold.Around(base)*(1+rounding)
}

// Closes tells whether the comparison alone shuts the gate.
func (c *Comparison) Closes() bool {
	return c.Verdict == Regressed && c.Severity == Error && c.Waiver == nil && c.Accepted == nil
}

// magnitude is the size of the relative change, whichever way it went.
func (c *Comparison) magnitude() (float64, bool) {
	change, known := c.Delta.Relative.Get()
	return math.Abs(change), known
}
