package regress

import (
	"math"

	"github.com/org/regress-gate/regress/infer"
	"github.com/org/regress-gate/regress/unit"
)

// rankLevel is the level of each metric's own exact U test. It does not follow
// the policy's alpha: with it, four samples a side are the least that can fail.
const rankLevel = 0.05

// trial is the statistical test of one metric while the suite is being judged.
// Everything in it is on the scale of the test (logarithms, or differences) and
// positive where it is worse.
type trial struct {
	*Comparison
	shift   infer.Shift
	scale   infer.Scale
	sign    float64 // +1 where lower is better
	machine bool    // the metric depends on the machine: a timing, not a count
	single  bool    // the head is one value, and nobody asked for a threshold that holds for it

	past  *past        // nil where the base has none
	trend *infer.Trend // what the past says, nil where it is not the evidence

	worse, better float64 // δ and δ′: the threshold either way
	estimate      float64 // θ̂ or θ̂_H, after taking off the suite's shift
	serial        float64 // factor on the sample variance for dependent samples
	between       float64 // variance between runs that the suite shows
	assumed       float64 // variance between runs that has to be assumed

	// One-sided p of "not worse", with and without the assumed variance, and of
	// "not better"; and what the gate goes by after the correction.
	p, pSeen, pBetter float64
	q, qBetter        float64
	// The same beside what the whole suite did (besideSuite).
	pBeside, pBetterBeside float64
	qBeside, qBetterBeside float64
	beside                 bool // whether that is another test
	withSuite              bool // it is a suspect for that test alone
}

// question is what a comparison that is still open needs to be answered, beside what
// stands in it.
type question struct {
	about           *Comparison
	machine, single bool  // those of the trial
	past            *past // likewise
}

func (p *pair) question(c *Comparison) question {
	q := question{about: c, machine: p.setting.class != unit.Count, single: len(p.head) == 1 && !p.setting.explicit}
	if past := p.past; past.known() { // and not all of the pair with it
		q.past = &past
	}
	return q
}

func newTrial(q question) *trial {
	c := q.about
	base, head := c.Base.Samples, c.Head.Samples
	t := &trial{Comparison: c, sign: 1, serial: 1, machine: q.machine, single: q.single, past: q.past}
	if c.Direction == unit.Higher {
		t.sign = -1
	}
	if t.scale = infer.ScaleOf(base, head); c.Evidence == ByHistory && !q.past.positive() {
		t.scale = infer.Linear
	}
	t.shift = infer.NewShift(base, head, t.sign, t.scale)
	t.estimate = t.shift.Estimate
	center := infer.Median(base)
	if t.scale == infer.Log {
		c.Method = RankLog
		relative := c.Threshold.Around(center) / center
		t.worse, t.better = math.Log1p(relative), -math.Log1p(-relative)
		if relative >= 1 {
			t.better = math.Inf(1) // nothing positive shrinks by that much
		}
		if t.sign < 0 {
			t.worse, t.better = t.better, t.worse
		}
	} else {
		c.Method = RankLinear
		t.worse = c.Threshold.Around(center)
		t.better = t.worse
	}
	t.describeShift(center, infer.Median(head))
	return t
}

// describeShift puts the estimate and its interval, as they were measured, into
// the comparison: as fractions, positive where head is larger.
func (t *trial) describeShift(base, head float64) {
	relative := func(d float64) Figure {
		if t.scale == infer.Log {
			return NewFigure(math.Expm1(t.sign * d))
		}
		return NewFigure(t.sign * d / math.Abs(base)) // no Figure for a base of zero
	}
	t.Delta.Absolute = NewFigure(head - base)
	t.Delta.Relative = relative(t.shift.Estimate)
	if t.shift.Bounded {
		t.Delta.Lo, t.Delta.Hi = relative(t.shift.Lo), relative(t.shift.Hi)
		if t.sign < 0 {
			t.Delta.Lo, t.Delta.Hi = t.Delta.Hi, t.Delta.Lo
		}
		t.Delta.Confidence = NewFigure(intervalConfidence)
	}
	t.P = NewFigure(t.shift.P)
}

// intervalConfidence is the nominal confidence of every interval of a delta.
const intervalConfidence = 0.95

// tests tells whether there is what the gate's test needs, a standard error from
// the samples or from the past; without one the metric is outside the suite's family.
func (t *trial) tests() bool { return t.shift.HasSE || t.Evidence == ByHistory }

// ranks tells whether the samples can be, and are, significant by the rank test.
// Single values have none; they are judged by their past alone.
func (t *trial) ranks() (can, are bool) {
	if min(t.Base.N, t.Head.N) < 2 && t.trend != nil {
		return true, true
	}
	return t.shift.MinP <= rankLevel, t.shift.P <= rankLevel
}

// common tells whether the metric shares the shift of the whole suite.
func (t *trial) common() bool { return t.machine && t.scale == infer.Log }

// apart tells whether the two sides were measured at different times, so that
// whatever the machine did in between is in their difference.
func (t *trial) apart() bool { return t.Evidence == Unverified || t.Evidence == ByHistory }

// size is the factor from a relative noise to the scale of the test.
func (t *trial) size() float64 {
	if t.scale == infer.Log {
		return 1
	}
	center, _ := t.Base.Center.Get()
	return math.Abs(center)
}

func (t *trial) twoSided() bool { return t.Direction == unit.Stable }

// variance is the squared standard error of the estimate, from the sample noise
// of that half of its interval and the given noise between runs.
func (t *trial) variance(se, between float64) float64 { return se*se*t.serial + between }

// noise returns the standard error of the estimate and its degrees of freedom for
// a test of "worse", or of "better", with what is assumed between runs or without.
func (t *trial) noise(better bool, assumed float64) (se, df float64) {
	switch {
	case t.trend != nil && better:
		return math.Hypot(t.trend.SEUpper, math.Sqrt(t.between)), t.trend.DFUpper
	case t.trend != nil:
		return math.Hypot(t.trend.SE, math.Sqrt(t.between)), t.trend.DF
	case better:
		se = t.shift.SEUpper
	default:
		se = t.shift.SE
	}
	return math.Sqrt(t.variance(se, t.between+assumed)), t.shift.DF
}

// run computes the one-sided p-values with margin λ.
func (t *trial) run(lambda float64) {
	t.p, t.pSeen, t.pBetter = t.against(lambda*t.worse, lambda*t.better)
}

// against tests "worse" and "better" against margins. seen is the p of "worse"
// without the assumed noise.
func (t *trial) against(worse, better float64) (p, seen, pBetter float64) {
	estimate := t.estimate
	if t.trend != nil {
		estimate -= t.trend.Doubt
	}
	p = t.tail(estimate, false, t.assumed, worse)
	seen = t.tail(t.estimate, false, 0, worse)
	pBetter = t.tail(-t.estimate, true, t.assumed, better)
	if t.twoSided() {
		down := t.tail(-t.estimate, true, 0, better)
		return min(1, 2*min(p, pBetter)), min(1, 2*min(seen, down)), 1
	}
	return p, seen, pBetter
}

func (t *trial) tail(estimate float64, better bool, assumed, margin float64) float64 {
	if math.IsNaN(margin) || math.IsInf(margin, 1) { // λ·∞: no loss is that large
		return 1
	}
	se, df := t.noise(better, assumed)
	return infer.PBeyond(estimate, se, margin, df)
}

// beyond tells whether the estimate exceeds the threshold, for the worse and for
// the better.
func (t *trial) beyond() (worse, better bool) {
	worse, better = t.exceeds(t.estimate, t.worse), t.exceeds(-t.estimate, t.better)
	if t.twoSided() {
		return worse || better, false
	}
	return worse, better
}

// exceeds tells whether a change is larger than the threshold by more than
// rounding: a change of exactly the threshold does not matter.
func (t *trial) exceeds(change, threshold float64) bool {
	slack := 1e-12 // of logarithms
	if t.scale == infer.Linear {
		slack *= t.worse
	}
	return change > threshold+slack
}

// backed tells what else speaks for "worse", and for "better", where the two sides
// were measured apart.
//
// The values themselves went that way: where a machine became faster, and one
// metric did not notice, it is no loss, though it is one beside the suite's shift.
//
// And the past, where it is the evidence, holds nothing like it: the head is beyond
// the threshold against the stored run too, and beyond every earlier run (STATISTICS
// 2.5.6). A benchmark with two modes, or a stale history, shows nothing new.
func (t *trial) backed() (worse, better bool) {
	if !t.apart() {
		return true, true
	}
	worse, better = t.shift.Estimate > 0, t.shift.Estimate < 0
	if t.trend != nil {
		worse = worse && t.exceeds(t.trend.Step, t.worse) && t.estimate > t.trend.Highest
		better = better && t.exceeds(-t.trend.Step, t.better) && t.estimate < t.trend.Lowest
	}
	if t.twoSided() {
		return worse && t.estimate > 0 || better && t.estimate < 0, false
	}
	return worse, better
}

// interval returns the 95 % interval of the estimate that "unchanged" has to
// fit into the threshold: the exact rank interval, widened for dependent samples
// and for noise between runs; with a past, what that tells (STATISTICS 2.7). ok is
// false where it does not exist.
func (t *trial) interval() (lo, hi float64, ok bool) {
	if t.trend != nil {
		down, df := t.noise(false, 0)
		up, dfUp := t.noise(true, 0)
		return t.estimate - infer.StudentQuantile(0.975, df)*down, t.estimate + infer.StudentQuantile(0.975, dfUp)*up, true
	}
	if !t.shift.Bounded {
		return 0, 0, false
	}
	quantile := infer.StudentQuantile(0.975, t.shift.DF)
	widen := func(half float64) float64 {
		return math.Sqrt(half*half*t.serial + quantile*quantile*t.between)
	}
	return t.estimate - widen(t.shift.Estimate-t.shift.Lo), t.estimate + widen(t.shift.Hi-t.shift.Estimate), true
}

// detectable returns the smallest true loss, as a fraction where the test is on
// the log scale, that these data would have shown in four cases of five.
func (t *trial) detectable(lambda, alpha float64, tests int) Figure {
	se, df := t.noise(false, t.assumed)
	effect, ok := infer.MDELinear(se, df, t.worse, lambda, alpha, tests)
	switch {
	case !ok:
		return Figure{}
	case t.scale == infer.Linear:
		base, _ := t.Base.Center.Get()
		return NewFigure(effect / math.Abs(base))
	}
	return NewFigure(math.Abs(math.Expm1(t.sign * effect)))
}
