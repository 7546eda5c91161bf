package regress

import (
	"cmp"
	"errors"
	"fmt"
	"time"

	"github.com/org/regress-gate/regress/infer"
)

// Policy says what counts as worse and what closes the gate. The zero Policy is
// the default policy: each unset field stands for the default that its comment
// names. ReadPolicy reads one from YAML; it appears as JSON, in the same words,
// in every report.
type Policy struct {
	Threshold    Percent     `yaml:"threshold,omitempty" json:"threshold,omitzero"`       // default 5%; entries and rules go before it
	Alpha        float64     `yaml:"alpha,omitempty" json:"alpha,omitzero"`               // level of the whole suite's test; default 0.05
	Confidence   Confidence  `yaml:"confidence,omitempty" json:"confidence,omitzero"`     // default balanced
	Inconclusive Response    `yaml:"inconclusive,omitempty" json:"inconclusive,omitzero"` // default warn
	Missing      Response    `yaml:"missing,omitempty" json:"missing,omitzero"`           // default fail
	Incomparable Response    `yaml:"incomparable,omitempty" json:"incomparable,omitzero"` // default warn
	New          Response    `yaml:"new,omitempty" json:"new,omitzero"`                   // default ignore
	SuiteShift   Response    `yaml:"suite_shift,omitempty" json:"suite_shift,omitzero"`   // default fail
	Suspect      Response    `yaml:"suspect,omitempty" json:"suspect,omitzero"`           // default warn
	RunNoise     Percent     `yaml:"run_noise,omitempty" json:"run_noise,omitzero"`       // noise assumed between runs without history; default 8%
	Single       Single      `yaml:"single,omitempty" json:"single,omitzero"`             // default inconclusive
	Environment  Environment `yaml:"environment,omitempty" json:"environment,omitzero"`   // default incomparable
	Drift        DriftPolicy `yaml:"drift,omitempty" json:"drift,omitzero"`
	History      int         `yaml:"history,omitempty" json:"history,omitzero"`           // runs that an update keeps of each metric, 8 to 100; default 20
	AcceptLabel  string      `yaml:"accept_label,omitempty" json:"accept_label,omitzero"` // label that accepts a pull request's regressions; none by default
	Rules        []Rule      `yaml:"rules,omitempty" json:"rules,omitzero"`               // for each setting the last rule that matches and names it wins
	Alerts       []Alert     `yaml:"alerts,omitempty" json:"alerts,omitzero"`
	Waivers      []Waiver    `yaml:"waivers,omitempty" json:"waivers,omitzero"`

	// Explicit says that Threshold was asked for by a person for this very
	// comparison (a flag, an action's input), so that it holds for single values
	// too. A policy file's default threshold does not.
	Explicit bool `yaml:"-" json:"explicit,omitzero"`
	// Now is the moment at which waivers expire. A policy with dated waivers
	// cannot be used without it: the run's own time is written by the one who is
	// judged.
	Now time.Time `yaml:"-" json:"now,omitzero"`
}

// Rule refines the policy for the metrics that it matches. Unset fields leave
// what an earlier rule or the baseline entry says.
type Rule struct {
	Match        Pattern   `yaml:"match" json:"match"`                      // against the benchmark's name, with and without its -N
	Metric       Pattern   `yaml:"metric,omitempty" json:"metric,omitzero"` // default "*"
	Threshold    Percent   `yaml:"threshold,omitempty" json:"threshold,omitzero"`
	ThresholdAbs Quantity  `yaml:"threshold_abs,omitempty" json:"threshold_abs,omitzero"`
	Direction    Direction `yaml:"direction,omitempty" json:"direction,omitzero"`
	Severity     *Severity `yaml:"severity,omitempty" json:"severity,omitzero"`
}

// DriftPolicy is the check against the pinned anchor of a baseline entry.
type DriftPolicy struct {
	Threshold Percent  `yaml:"threshold,omitempty" json:"threshold,omitzero"` // default: the metric's own threshold
	Window    int      `yaml:"window,omitempty" json:"window,omitzero"`       // runs that must all lie beyond, at most 20; default 3
	Proven    Response `yaml:"proven,omitempty" json:"proven,omitzero"`       // what a proven drift does; default warn: it is no fault of the change under judgement
}

// Response says what a finding does to the gate.
type Response uint8

// The responses. The zero value stands for the default of the field it is in.
const (
	_          Response = iota
	Ignore              // is not shown as a problem
	ShowOnly            // is shown; written warn
	FailClosed          // makes the gate unproven; written fail
)

var responseWords = [...]string{Ignore: "ignore", ShowOnly: "warn", FailClosed: "fail"}

// Confidence sets how much of the threshold the test itself has to exclude
// (λ of the procedure, STATISTICS 2.3): a quarter, all, or nothing of it.
type Confidence uint8

// The zero Confidence is Balanced.
const (
	Balanced  Confidence = iota // λ = ¼
	Strict                      // λ = 1: the whole interval beyond the threshold
	Sensitive                   // λ = 0: any change, if its estimate exceeds the threshold
)

var confidenceWords = [...]string{Balanced: "balanced", Strict: "strict", Sensitive: "sensitive"}

func (c Confidence) margin() float64 { return [...]float64{Balanced: 0.25, Strict: 1, Sensitive: 0}[c] }

// Single says how a value without samples and history is judged when nobody
// asked for a threshold.
type Single uint8

// The zero Single is SingleInconclusive.
const (
	SingleInconclusive Single = iota // it proves nothing
	SingleThreshold                  // by the plain comparison, marked unverified
)

var singleWords = [...]string{SingleInconclusive: "inconclusive", SingleThreshold: "threshold"}

// Environment says what timings from another machine are worth.
type Environment uint8

// The zero Environment is EnvIncomparable.
const (
	EnvIncomparable Environment = iota // they are not compared
	EnvCompare                         // they are compared all the same
)

var environmentWords = [...]string{EnvIncomparable: "incomparable", EnvCompare: "compare"}

// The defaults of an unset field; their figures are those of the simulated
// decision procedure.
const (
	DefaultThreshold = 0.05 // the largest relative change that does not matter
	DefaultAlpha     = 0.05 // level of the Benjamini–Hochberg correction over the suite
	DefaultRunNoise  = 0.08 // sd between two runs on hosted runners, as a fraction
)

func (p *Policy) threshold() float64 { return p.Threshold.or(DefaultThreshold) }
func (p *Policy) runNoise() float64  { return p.RunNoise.or(DefaultRunNoise) }

// The largest history and drift window that a policy can ask for.
const (
	maxHistory = 100
	maxWindow  = 20
)

func (p *Policy) history() int { return cmp.Or(p.History, DefaultHistory) }

func (p *Policy) alpha() float64 {
	if p.Alpha == 0 {
		return DefaultAlpha
	}
	return p.Alpha
}

func (r Response) or(fallback Response) Response {
	if r == 0 {
		return fallback
	}
	return r
}

// response returns what a finding with that verdict does to the gate.
func (p *Policy) response(v Verdict, c Cause) Response {
	switch v {
	case Missing:
		return p.Missing.or(FailClosed)
	case New:
		return p.New.or(Ignore)
	case Incomparable:
		return p.Incomparable.or(ShowOnly)
	case Inconclusive:
		r := p.Inconclusive.or(ShowOnly)
		switch {
		case c == CauseSuspect:
			r = max(r, p.Suspect.or(ShowOnly))
		case c == CauseSuiteShift:
			r = max(r, p.SuiteShift.or(FailClosed))
		}
		return r
	}
	return Ignore
}

// Validate reports everything in the policy that cannot be meant.
func (p *Policy) Validate() error {
	var errs []error
	say := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	if a := p.alpha(); !(a > 0 && a < 1) {
		say("alpha %v is not between 0 and 1", p.Alpha)
	}
	if w := p.Drift.Window; w < 0 || w > maxWindow {
		say("drift: window %d is not a number of runs from 1 to %d", w, maxWindow)
	}
	if h := p.History; h != 0 && h < infer.MinRuns || h > maxHistory {
		say("history %d is not a number of runs from %d, fewer of which tell nothing, to %d", h, infer.MinRuns, maxHistory)
	}
	for i, r := range p.Rules {
		if r.Match.IsZero() {
			say("rule %d: match is missing", i+1)
		}
	}
	for i, a := range p.Alerts {
		if a.Condition.IsZero() {
			say("alert %d: condition is missing", i+1)
		}
	}
	for i, w := range p.Waivers {
		switch {
		case w.Match.IsZero():
			say("waiver %d: match is missing", i+1)
		case w.Reason == "":
			say("waiver %d: reason is missing", i+1)
		case w.UpTo.IsZero():
			say("waiver %d: up_to is missing (the largest loss it accepts, such as 12%%)", i+1)
		case w.Until.IsZero():
			say("waiver %d: until is missing (the last day it holds, such as 2026-12-31)", i+1)
		}
	}
	return errors.Join(errs...)
}
