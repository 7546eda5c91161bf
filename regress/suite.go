package regress

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/org/regress-gate/regress/infer"
	"github.com/org/regress-gate/regress/unit"
)

// suite is the family of sampled metrics while it is being judged.
type suite struct {
	*Report
	trials  []*trial // all sampled metrics
	family  []*trial // those with a test
	shifted bool     // the whole suite moved by more than half a threshold
	moved   bool     // … so far that no single verdict of it can be trusted

	pastShift Figure // the shift against the earlier runs, on the scale of the test, where they tell
	common    Figure // the shift that is still in the estimates
}

// judge judges the sampled metrics together: what they share (order, a common
// shift, noise between runs) is found first, then each is tested, and the
// p-values are corrected for their number.
func (s *suite) judge() {
	for _, t := range s.trials {
		if t.tests() {
			s.family = append(s.family, t)
		}
	}
	alpha, lambda := s.Policy.alpha(), s.Policy.Confidence.margin()
	s.Suite.Tests, s.Suite.Alpha = len(s.family), NewFigure(alpha)
	s.allowForOrder()
	s.askPast()
	s.findShift()
	s.allowForRuns()

	parallel(len(s.family), func(i int) { s.family[i].run(lambda) })
	s.correct(func(t *trial) float64 { return t.p }, func(t *trial, q float64) { t.q = q })
	s.correct(func(t *trial) float64 { return t.pBetter }, func(t *trial, q float64) { t.qBetter = q })
	s.besideSuite(lambda)

	parallel(len(s.trials), func(i int) {
		t := s.trials[i]
		t.classify(alpha)
		if s.moved && t.machine && t.tests() && t.Verdict != Regressed {
			t.Verdict, t.Cause = Inconclusive, CauseSuiteShift
		}
		if t.tests() {
			t.publish(lambda, alpha, len(s.family))
		}
		t.explain()
	})
	s.listReruns()
	s.findEnough(lambda, alpha)
}

// correct adjusts one kind of p-value over the family.
func (s *suite) correct(get func(*trial) float64, set func(*trial, float64)) {
	p := make([]float64, len(s.family))
	for i, t := range s.family {
		p[i] = get(t)
	}
	for i, q := range infer.BenjaminiHochberg(p) {
		set(s.family[i], q)
	}
}

// allowForOrder widens the standard errors where neighbouring samples resemble
// each other (STATISTICS 2.4). Interleaving makes the order harmless.
func (s *suite) allowForOrder() {
	const least = 5 // samples a side from which the order tells anything
	var lags []float64
	n := math.MaxInt
	for _, t := range s.family {
		if t.Evidence == ByInterleaving || min(t.Base.N, t.Head.N) < least {
			continue
		}
		if lag, ok := infer.Lag1(t.Base.Samples, t.Head.Samples); ok {
			lags = append(lags, lag)
			n = min(n, t.Base.N, t.Head.N)
		}
	}
	rho, factor := infer.SerialCorrelation(lags, n)
	if rho == 0 {
		return
	}
	s.Suite.Correlation = NewFigure(rho)
	for _, t := range s.family {
		if t.Evidence != ByInterleaving {
			t.serial = factor
		}
	}
	s.warn("neighbouring samples resemble each other (correlation %.2f): the machine was not steady, and every interval is widened for it; interleave base and head", rho)
}

// findShift finds the shift that the whole suite shares, and takes it off where
// the two sides were measured apart (STATISTICS 2.6); what is judged by its past
// has had its own taken off there.
func (s *suite) findShift() {
	var shifts, margins []float64
	apart, unverified := false, false
	for _, t := range s.family {
		if t.common() {
			shifts = append(shifts, t.shift.Estimate)
			margins = append(margins, t.worse)
			apart = apart || t.apart()
			unverified = unverified || t.Evidence == Unverified
		}
	}
	shift, ok := infer.SuiteShift(shifts)
	if !ok {
		return
	}
	for _, t := range s.trials {
		if t.common() && t.Evidence == Unverified {
			t.estimate -= shift
		}
	}
	if v, known := s.pastShift.Get(); known && (!unverified || math.Abs(v) > math.Abs(shift)) {
		shift = v
	}
	margin := infer.Median(margins)
	s.Suite.Shift, s.Suite.Subtracted = NewFigure(math.Expm1(shift)), apart
	if s.shifted = math.Abs(shift) > margin/2; s.shifted {
		way := "worse"
		if shift < 0 {
			way = "better"
		}
		s.warn("the whole suite moved by %s for the %s: the machine, or a change that hits everything; they cannot be told apart here, measure base and head interleaved",
			unit.FormatShare(math.Abs(math.Expm1(shift))), way)
	}
	if !apart {
		s.common = NewFigure(shift)
	}
	explained := s.Base.Env.differs(s.Head.Env, anyField) != ""
	s.moved = apart && math.Abs(shift) > margin && !explained
}

// allowForRuns adds the noise between two runs that were measured apart: what
// the suite shows of it, and what has to be assumed without history.
func (s *suite) allowForRuns() {
	var shifts, variances []float64
	for _, t := range s.family {
		if t.Evidence == Unverified && t.common() {
			shifts = append(shifts, t.shift.Estimate)
			variances = append(variances, t.variance(t.shift.SE, 0))
		}
	}
	noise := s.Policy.runNoise()
	assumed := 2 * noise * noise // of a difference: both runs have it
	between := infer.BetweenRunVariance(shifts, variances)
	if len(shifts) < infer.MinFamily {
		between = min(between, assumed) // a constant there, and no more than the policy assumes
	}
	for _, t := range s.family {
		if t.Evidence == Unverified && t.machine {
			size := t.size()
			t.between, t.assumed = between*size*size, assumed*size*size
			s.Suite.RunNoise = NewFigure(noise)
			if len(shifts) >= infer.MinFamily {
				s.Suite.BetweenRun = NewFigure(math.Sqrt(between / 2))
			}
		}
	}
}

// listReruns names what an interleaved re-measurement should cover: what looks
// worse and is not proven by its own experiment (STATISTICS 2.8), and where the
// suite moved, the metrics that would show most precisely whether it did.
func (s *suite) listReruns() {
	const precise = 5
	listed := map[Key]bool{}
	for _, t := range s.family {
		worse, _ := t.beyond()
		if _, ranked := t.ranks(); worse && ranked && t.apart() && t.pSeen <= rankLevel {
			listed[t.Key] = true
			s.Suite.Rerun = append(s.Suite.Rerun, t.Key)
		}
	}
	if !s.shifted {
		return
	}
	byPrecision := slices.Clone(s.family)
	slices.SortStableFunc(byPrecision, func(a, b *trial) int { return cmp.Compare(a.shift.SE, b.shift.SE) })
	for i, n := 0, 0; i < len(byPrecision) && n < precise; i++ {
		if t := byPrecision[i]; t.common() && t.apart() && !listed[t.Key] {
			s.Suite.Rerun = append(s.Suite.Rerun, t.Key)
			n++
		}
	}
}

// findEnough finds the sample size at which the typical metric of the suite would
// show a loss of twice its threshold. More samples do not help against noise
// between runs, so that a suite with any names none.
func (s *suite) findEnough(lambda, alpha float64) {
	const most = 1000
	var ratios []float64 // standard error of a single sample, in thresholds
	for _, t := range s.family {
		if t.between+t.assumed > 0 || t.trend != nil {
			return
		}
		if t.worse > 0 && !math.IsInf(t.worse, 1) {
			size := float64(t.Base.N*t.Head.N) / float64(t.Base.N+t.Head.N) * 2 // of two equal sides as precise
			ratios = append(ratios, math.Sqrt(t.variance(t.shift.SE, 0)*size)/t.worse)
		}
	}
	if len(ratios) == 0 {
		return
	}
	typical := infer.Median(ratios)
	for n := 4; n <= most; n++ {
		effect, ok := infer.MDELinear(typical/math.Sqrt(float64(n)), float64(2*n-2), 1, lambda, alpha, len(s.family))
		if ok && effect <= 2 {
			s.Suite.EnoughCount = n
			return
		}
	}
}

func (r *Report) warn(format string, args ...any) {
	r.Warnings = append(r.Warnings, Warning{Message: fmt.Sprintf(format, args...)})
}
