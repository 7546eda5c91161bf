package infer

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestStudentTailReferences(t *testing.T) {
	// Computed with mpmath 1.3 at 50 digits: betainc(ν/2, 1/2, 0, ν/(ν+t²), regularized=True)/2.
	for _, c := range []struct {
		why         string
		t, df, tail float64
	}{
		{"middle of the curve, by the complement", 0.1, 8, 0.46140245471529845},
		{"next to 0", 1e-8, 7, 0.49999999615008549},
		{"10 v 10", 2, 18, 0.030410732834666263},
		{"20 v 20", 3, 38, 0.0023731661085169387},
		{"20 v 20, far out", 40, 38, 5.7138013340806538e-33},
		{"5 v 5, where many metrics need it", 12.5, 8, 7.8488853685064008e-7},
		{"a history's degrees of freedom are not whole", 1.7, 5.33, 0.073119551171485927},
		{"not whole, far", 6, 14.666666666666666, 1.337392023584257e-5},
		{"below 1", 1.2, 0.5, 0.27962896306568229},
		{"no underflow on the way to a tail that has none", 1e16, 18, 1.8394906421074219e-278},
		{"t² near the end of the range", 1e100, 3, 1.102657790843584e-300},
		{"t² out of range", 1e200, 1, 3.1830988618379067e-201},
		{"below the switch to the series of the gamma quotient", 5, 158, 7.5454679248285573e-7},
		{"above it", 5, 162, 7.3830806715040706e-7},
		{"the last of the fraction", 4, 5000, 3.212859153399185e-5},
		{"the first of the expansion", 4, 5000.5, 3.2128545570517238e-5},
		{"the expansion, far out", 16, 5001, 1.5569786136345376e-56},
		{"100,000 v 100,000", 2, 199998, 0.02275080684361242},
		{"the same, far out", 30, 199998, 1.3495158236493693e-197},
		{"the same, near 0", 0.01, 199998, 0.49601064867244298},
	} {
		require.InEpsilon(t, c.tail, StudentTail(c.t, c.df), 1e-12, c.why)
		require.InDelta(t, 1-c.tail, StudentTail(-c.t, c.df), 1e-13, c.why)
	}
	require.Equal(t, 0.5, StudentTail(0, 8))
	require.Equal(t, 0., StudentTail(math.Inf(1), 8))
}

func TestStudentTailClosedForms(t *testing.T) {
	for x := 0.01; x < 1e6; x *= 1.7 {
		require.InEpsilon(t, math.Atan(1/x)/math.Pi, StudentTail(x, 1), 1e-13, "Cauchy at %v", x)
		root := math.Sqrt(2 + x*x)
		require.InEpsilon(t, 1/(root*(root+x)), StudentTail(x, 2), 1e-13, "2 degrees at %v", x)
	}
	for x := 0.01; x < 10; x *= 1.3 { // ½ − … cancels further out, in the closed form
		s := x / math.Sqrt(4+x*x)
		require.InDelta(t, 0.5-0.75*s+0.25*s*s*s, StudentTail(x, 4), 1e-15, "4 degrees at %v", x)
	}
}

// Over all the ranges of its formulas the tail falls, without a step where they meet.
func TestStudentTailFalls(t *testing.T) {
	for df := 0.05; df < 1e6; df *= 1.7 {
		before, at := 0.5, 0.0
		for x := 1e-6; x < 1e3; x *= 1.3 {
			tail := StudentTail(x, df)
			require.True(t, tail < before || tail == 0, "df = %v: %v at %v, %v at %v", df, before, at, tail, x)
			before, at = tail, x
		}
	}
}

func TestStudentQuantileReferences(t *testing.T) {
	for _, c := range []struct {
		why      string
		p, df, t float64
		within   float64
	}{
		{"the interval of 5 v 5", 0.975, 8, 2.306004135, 5e-10},
		{"10 v 10", 0.95, 18, 1.734063607, 5e-10},
		// Abramowitz & Stegun 1972, table 26.10
		{"1 degree", 0.975, 1, 12.706, 5e-4},
		{"2 degrees", 0.995, 2, 9.925, 5e-4},
		{"5 degrees", 0.9995, 5, 6.869, 5e-4},
		{"30 degrees", 0.95, 30, 1.697, 5e-4},
		{"120 degrees", 0.9995, 120, 3.373, 5e-4},
		{"normal in the limit (mpmath)", 0.975, 1e9, 1.9599639869123254, 1e-12},
		{"the middle", 0.5, 3, 0, 0},
		{"below the middle", 0.025, 8, -2.306004135, 5e-10},
	} {
		require.InDelta(t, c.t, StudentQuantile(c.p, c.df), c.within, c.why)
	}
	// Computed with mpmath 1.3 at 50 digits, by inverting its betainc.
	for _, c := range []struct{ q, df, t float64 }{
		{1e-7, 8, 16.320703793552822},
		{2.5e-7, 18, 7.6052244294709832},
		{1e-12, 38, 10.193284596400163},
		{0.2, 8, 0.88888951776701975},
		{0.2, 4.666666666666667, 0.92558263607016765},
		{0.3, 14.666666666666666, 0.53599081539253111},
		{0.025, 199998, 1.9599758460853846},
		{1e-300, 18, 1.7255503792315629e+17},
		{1e-5, 2.5, 87.643286856661871},
		{0.499, 6, 0.0026127925272127606},
	} {
		for range 2 { // computed, then remembered
			require.InEpsilon(t, c.t, upperQuantile(c.q, c.df), 1e-12, "q = %v, df = %v", c.q, c.df)
		}
	}
}

func TestStudentQuantileInverts(t *testing.T) {
	for df := 1.; df < 1e6; df *= 1.9 {
		for q := 0.49; q > 1e-290; q *= math.Sqrt(q) * 0.9 {
			require.InEpsilon(t, q, StudentTail(upperQuantile(q, df), df), 1e-10, "q = %v, df = %v", q, df)
		}
	}
}

func BenchmarkStudentTail(b *testing.B) {
	for b.Loop() {
		StudentTail(3.1, 18)
	}
}

func BenchmarkStudentQuantile(b *testing.B) {
	for b.Loop() {
		solveUpper(1e-5, 18)
	}
}

func BenchmarkStudentQuantileKnown(b *testing.B) {
	for b.Loop() {
		StudentQuantile(0.975, 18)
	}
}
