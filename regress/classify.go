package regress

// classify gives the verdict of one sampled metric; the first that matches wins
// (STATISTICS 2.7).
func (t *trial) classify(alpha float64) {
	worse, better := t.beyond()
	backedWorse, backedBetter := t.backed()
	can, ranked := t.ranks()
	provable := t.tests() && can && !t.single // one value may be a spike
	lo, hi, bounded := t.interval()
	switch {
	case provable && worse && backedWorse && ranked && max(t.q, t.qBeside) <= alpha:
		t.Verdict = Regressed
	case provable && better && backedBetter && ranked && max(t.qBetter, t.qBetterBeside) <= alpha:
		t.Verdict = Improved
	case bounded && lo >= -t.better && hi <= t.worse: // the threshold itself does not matter yet
		t.Verdict = Unchanged
	case !can || !t.tests():
		t.Verdict, t.Cause = Inconclusive, CauseTooFew
	case worse && t.pSeen <= rankLevel:
		t.Verdict, t.Cause = Inconclusive, CauseSuspect
		t.withSuite = t.q <= alpha && t.qBeside > alpha
	case bounded && hi <= t.worse && !t.twoSided():
		t.Verdict, t.Cause = Inconclusive, CauseNotWorse
	default:
		t.Verdict, t.Cause = Inconclusive, CauseTooNoisy
	}
}

// publish puts the numbers of the test into the comparison: those of the
// direction in which the estimate points.
func (t *trial) publish(lambda, alpha float64, tests int) {
	p, q, beside, better := t.p, t.q, t.qBeside, t.estimate < 0 && !t.twoSided()
	if better {
		p, q, beside = t.pBetter, t.qBetter, t.qBetterBeside
	}
	if t.beside {
		t.PBeside = NewFigure(beside)
	}
	se, df := t.noise(better, t.assumed)
	t.PGate, t.PAdjusted = NewFigure(p), NewFigure(q)
	t.SE, t.DF = NewFigure(se), NewFigure(df)
	t.MDE = t.detectable(lambda, alpha, tests)
}
