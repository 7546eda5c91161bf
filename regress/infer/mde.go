package infer

import "math"

// MDE returns the minimum detectable effect of a test on the Log scale: the true slowdown, as a fraction (0.05 = 5 %),
// that would be called a regression with probability 80 %,
//
//	exp(max(δ + t₀.₈·se·c, λδ + (t_crit + t₀.₈)·se·c)) − 1,  c = √(df/(df−2)),
//
// where t_crit is the quantile at 1 − min(0.025, α/tests) and t₀.₈ the one at 0.8, with df degrees of freedom: the
// estimate must exceed the threshold delta, and the test of "at most λδ" must reject after the correction for tests
// comparisons. se is the standard error as the test uses it, between-run term included. ok is false where no effect
// can be named: df ≤ 2, or one too large for a float64.
func MDE(se, df, delta, lambda, alpha float64, tests int) (effect float64, ok bool) {
	d, ok := MDELinear(se, df, delta, lambda, alpha, tests)
	effect = math.Expm1(d)
	if !ok || math.IsInf(effect, 1) {
		return 0, false
	}
	return effect, true
}

// MDELinear is MDE on the Linear scale: the effect as a difference, in the unit of se and delta.
func MDELinear(se, df, delta, lambda, alpha float64, tests int) (effect float64, ok bool) {
	if df <= 2 {
		return 0, false
	}
	spread := se * math.Sqrt(df/(df-2))
	power := upperQuantile(0.2, df)
	crit := upperQuantile(min(tailLevel, alpha/float64(max(tests, 1))), df)
	return max(delta+power*spread, lambda*delta+(crit+power)*spread), true
}
