package regress

import "math"

// classify gives the verdict of one sampled metric; the first that matches wins
// (STATISTICS 2.7).
func (t *trial) classify(alpha float64) {
	worse, better := t.beyond()
	ranked := t.shift.P <= rankLevel || min(t.Base.N, t.Head.N) < 2
	lo, hi, bounded := t.interval()
	switch {
	case t.tests() && worse && ranked && t.q <= alpha && t.shift.MinP <= rankLevel:
		t.Verdict = Regressed
	case t.tests() && better && ranked && t.qBetter <= alpha && t.shift.MinP <= rankLevel:
		t.Verdict = Improved
	case bounded && lo >= -t.better && hi <= t.worse: // the threshold itself does not matter yet
		t.Verdict = Unchanged
	case t.shift.MinP > rankLevel || !t.tests():
		t.Verdict, t.Cause = Inconclusive, CauseTooFew
	case worse && t.pSeen <= rankLevel:
		t.Verdict, t.Cause = Inconclusive, CauseSuspect
	case bounded && hi <= t.worse && !t.twoSided():
		t.Verdict, t.Cause = Inconclusive, CauseNotWorse
	default:
		t.Verdict, t.Cause = Inconclusive, CauseTooNoisy
	}
}

// publish puts the numbers of the test into the comparison: those of the
// direction in which the estimate points.
func (t *trial) publish(lambda, alpha float64, tests int) {
	p, q, se := t.p, t.q, t.shift.SE
	if t.estimate < 0 && !t.twoSided() {
		p, q, se = t.pBetter, t.qBetter, t.shift.SEUpper
	}
	t.PGate, t.PAdjusted = NewFigure(p), NewFigure(q)
	t.SE = NewFigure(math.Sqrt(t.variance(se, t.between+t.assumed)))
	t.DF = NewFigure(t.shift.DF)
	t.MDE = t.detectable(lambda, alpha, tests)
}
