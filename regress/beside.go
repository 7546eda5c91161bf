package regress

// besideSuite tests each metric once more, against what the whole suite did where
// that is more than the margin, and is not taken off: up to half of the threshold.
//
// Where every metric is worse by half a threshold, which does not matter, the
// precise ones reject "at most a quarter of it" in a body. The correction for
// their number then leaves the noisy ones a level of nearly α each, and in a suite
// of 200 there is always one of those whose estimate happens to lie beyond the
// threshold: 99 % of such pull requests would fail (row 13 of the detection bench:
// with this test 4 %). A regression has to be one beside its suite as well.
func (s *suite) besideSuite(lambda float64) {
	common, known := s.common.Get()
	for _, t := range s.family {
		t.pBeside, t.pBetterBeside = t.p, t.pBetter
		if known && t.common() {
			worse := max(lambda*t.worse, min(common, t.worse/2))
			better := max(lambda*t.better, min(-common, t.better/2))
			t.pBeside, _, t.pBetterBeside = t.against(worse, better)
			t.beside = worse > lambda*t.worse || better > lambda*t.better
		}
	}
	s.correct(func(t *trial) float64 { return t.pBeside }, func(t *trial, q float64) { t.qBeside = q })
	s.correct(func(t *trial) float64 { return t.pBetterBeside }, func(t *trial, q float64) { t.qBetterBeside = q })
}
