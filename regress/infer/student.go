package infer

import (
	"math"
	"sync/atomic"
)

// StudentTail returns P(T ≥ t) for Student's t distribution with df > 0 degrees of freedom, which need not be whole.
// The relative error is about 1e-13, in tails down to 1e-300 too, since the tail is never formed as 1 − body.
//
// P(T ≥ t) = ½·I_x(df/2, ½) with x = df/(df+t²), the regularised incomplete beta function by its continued fraction
// (DLMF 8.17.22).
func StudentTail(t, df float64) float64 {
	if t < 0 {
		return 1 - StudentTail(-t, df)
	}
	tail, _ := newStudent(df).tail(t)
	return tail
}

// StudentQuantile returns the t with P(T ≤ t) = p, for 0 < p < 1 and df > 0 degrees of freedom:
// StudentQuantile(0.975, 8) = 2.306. The relative error is about 1e-13 beyond what the rounding of p itself costs.
func StudentQuantile(p, df float64) float64 {
	if p < 0.5 {
		return -upperQuantile(p, df)
	}
	return upperQuantile(1-p, df)
}

// student is the distribution with what depends on the degrees of freedom alone.
type student struct{ df, root, scale float64 } // root = √df, scale = 1/B(df/2, ½)

func newStudent(df float64) student {
	return student{df, math.Sqrt(df), gammaRatio(df/2) / math.Sqrt(math.Pi)}
}

// tail returns P(T ≥ t) and t times the density at t, for t ≥ 0.
func (d student) tail(t float64) (tail, moment float64) {
	a, s := d.df/2, t/d.root
	r := s * s // t²/df
	l, x, y := math.Log1p(r), 1/(1+r), r/(1+r)
	if r > 1e300 {
		l, y = 2*math.Log(s), 1
	}
	moment = d.scale * math.Exp(-a*l) * math.Sqrt(y)
	switch {
	case d.df > 5000:
		return nearlyNormal(d.df, l), moment
	case x < (a+1)/(a+2.5): // where the fraction for x converges quickly
		return moment / d.df * betaFraction(a, 0.5, x), moment
	}
	return 0.5 - moment*betaFraction(0.5, a, y), moment
}

// nearlyNormal returns the tail for many degrees of freedom, l = ln(1+t²/df), by the expansion of Hill 1970 (Algorithm
// 395). Above 5,000 it is good to 1e-12, where the fraction takes long and 1−x has lost its digits.
func nearlyNormal(df, l float64) float64 {
	a := df - 0.5
	b, y := 48*a*a, a*l
	z := (((((-0.4*y-3.3)*y-24)*y-85.5)/(0.8*y*y+100+b)+y+3)/b + 1) * math.Sqrt(y)
	return math.Erfc(z/math.Sqrt2) / 2
}

// betaFraction evaluates the continued fraction 1/(1+ d₁/(1+ d₂/(1+ …))) of DLMF 8.17.22 by Lentz's method. In the two
// ranges where tail uses it no denominator comes near 0.
func betaFraction(a, b, x float64) float64 {
	c, d := 1.0, 1/(1-(a+b)*x/(a+1))
	f := d
	for m := 1.0; m < 1e6; m++ {
		even := m * (b - m) * x / ((a + 2*m - 1) * (a + 2*m))
		d = 1 / (1 + even*d)
		c = 1 + even/c
		f *= d * c
		odd := -(a + m) * (a + b + m) * x / ((a + 2*m) * (a + 2*m + 1))
		d = 1 / (1 + odd*d)
		c = 1 + odd/c
		f *= d * c
		if math.Abs(d*c-1) < 2e-16 {
			break
		}
	}
	return f
}

// gammaRatio returns Γ(a+½)/Γ(a): the quotient where both are small enough, else the series DLMF 5.11.13, since the
// difference of two logarithms would lose digits for large a.
func gammaRatio(a float64) float64 {
	if a < 80 {
		return math.Gamma(a+0.5) / math.Gamma(a)
	}
	r := 1 / a
	return math.Sqrt(a) * (1 + r*(-1./8+r*(1./128+r*(5./1024+r*(-21./32768+r*(-399./262144+r*869./4194304))))))
}

// upperQuantile returns the t with P(T ≥ t) = q, for 0 < q ≤ ½. A suite asks for the same few again and again, so the latest are
// kept in a table of fixed size.
func upperQuantile(q, df float64) float64 {
	slot := &quantiles[(math.Float64bits(q)*0x9E3779B97F4A7C15+math.Float64bits(df)*0xC2B2AE3D27D4EB4F)>>56]
	if hit := slot.Load(); hit != nil && hit.q == q && hit.df == df {
		return hit.t
	}
	t := solveUpper(q, df)
	slot.Store(&quantile{q, df, t})
	return t
}

type quantile struct{ q, df, t float64 }

var quantiles [256]atomic.Pointer[quantile]

// solveUpper inverts the tail by Newton's method on log tail against log t. That curve falls and is concave (from
// slope 0 to slope −df), so Newton converges from any start, after the first step from the right.
func solveUpper(q, df float64) float64 {
	if q == 0.5 {
		return 0
	}
	d := newStudent(df)
	z2 := -2 * math.Log(2*q)                             // the square of a normal quantile is below this
	t := d.root * math.Sqrt(math.Expm1(min(z2/df, 600))) // and so far out lies Student's
	for range 100 {
		tail, moment := d.tail(t)
		step := math.Log(tail/q) * tail / moment
		t *= math.Exp(step)
		if math.Abs(step) < 1e-14 || math.IsInf(t, 1) {
			break
		}
	}
	return t
}
