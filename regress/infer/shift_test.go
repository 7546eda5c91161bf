package infer

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"
)

var (
	refBase = []float64{100, 101.2, 99.1, 100.4, 98.7}
	refHead = []float64{112.3, 111, 113.1, 110.8, 112.9}
)

func TestShiftReferences(t *testing.T) {
	threshold := math.Log(1.05)

	// Hollander & Wolfe 1999, Nonparametric Statistical Methods, table 4.1 and examples 4.1 to 4.4 (permeability of the
	// human chorioamnion): estimate −0.305, 96 % interval (−0.76, 0.15). The p-value is that of R's
	// wilcox.test(x, y, exact = TRUE); twice the 0.1272 of its example, which is one-sided.
	published := NewShift([]float64{0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46}, []float64{1.15, 0.88, 0.90, 0.74, 1.21}, 1, Linear)
	require.InDelta(t, -0.305, published.Estimate, 1e-12)
	require.InDelta(t, -0.76, published.Lo, 1e-12)
	require.InDelta(t, 0.15, published.Hi, 1e-12)
	require.InDelta(t, 0.96, published.Confidence, 5e-4)
	require.InDelta(t, 2*0.1272, published.P, 1e-4)

	// The reference of the decision procedure (STATISTICS 8), computed by an implementation of its own.
	s := NewShift(refBase, refHead, 1, Log)
	require.Equal(t, 25., s.U)
	require.InDelta(t, 1./126, s.P, 1e-16)
	require.InDelta(t, 1./126, s.MinP, 1e-16)
	require.InDelta(t, 0.122593718, math.Expm1(s.Estimate), 5e-10)
	require.InDelta(t, 0.0985645671, s.Lo, 5e-11)
	require.InDelta(t, 0.1321429418, s.Hi, 5e-11)
	require.InDelta(t, 0.0065747621, s.SE, 5e-11)
	require.InDelta(t, 15.73354065, (s.Estimate-threshold/4)/s.SE, 5e-9)
	require.InDelta(t, 1.32995e-7, PBeyond(s.Estimate, s.SE, threshold/4, s.DF), 5e-13)
	require.Equal(t, 8., s.DF)
	require.InDelta(t, 1-2*4./252, s.Confidence, 1e-15, "P(U ≤ 2) = 4/252")
	require.Equal(t, Interval{s.Estimate, s.Lo, s.Hi, s.Confidence}, s.Interval())

	ties := NewShift([]float64{12, 12, 13, 12, 12, 13}, []float64{13, 14, 13, 14, 14, 13}, 1, Log)
	require.Equal(t, 33., ties.U)
	require.InDelta(t, 5./231, ties.P, 1e-16)
	require.InDelta(t, 1./12, math.Expm1(ties.Estimate), 1e-14)
	require.InDelta(t, 0.03755998, PBeyond(ties.Estimate, ties.SE, threshold/4, ties.DF), 5e-9)
}

func TestShiftRanks(t *testing.T) {
	for n, k := range map[int]int{1: 0, 2: 0, 3: 0, 4: 1, 5: 3, 6: 6, 8: 14, 10: 24} {
		require.Equal(t, k, nullOf(n, n).k, "%d v %d", n, n)
	}
}

func TestShiftSmallAndDegenerate(t *testing.T) {
	for _, c := range []struct {
		why        string
		base, head []float64
		want       Shift
	}{
		{"1 v 1: an estimate and nothing else", []float64{2}, []float64{3},
			Shift{Estimate: 1, Lo: 1, Hi: 1, U: 1, P: 1, MinP: 1, M: 1, N: 1}},
		{"1 v 4: a = 1/5 is not below 0.2", []float64{0}, []float64{1, 2, 3, 4},
			Shift{Estimate: 2.5, Lo: 2.5, Hi: 2.5, U: 4, P: 0.4, MinP: 0.4, DF: 3, M: 1, N: 4}},
		{"2 v 2: no interval, yet a standard error, at a = 1/6", []float64{0, 0}, []float64{1, 3},
			Shift{Estimate: 2, Lo: 2, Hi: 2, SE: 1 / StudentQuantile(5./6, 2), SEUpper: 1 / StudentQuantile(5./6, 2), HasSE: true,
				U: 4, P: 1. / 3, MinP: 1. / 3, DF: 2, M: 2, N: 2}},
		{"all equal: SE 0 and a bounded interval of no width", []float64{5, 5, 5, 5}, []float64{5, 5, 5, 5},
			Shift{Bounded: true, Confidence: 1 - 2./70, HasSE: true, U: 8, P: 1, MinP: 2. / 70, DF: 6, M: 4, N: 4}},
		{"zeros and negatives, in differences", []float64{0, -1, 0, -1}, []float64{-3, -3, -3, -3},
			Shift{Estimate: -2.5, Lo: -3, Hi: -2, Bounded: true, Confidence: 1 - 2./70, HasSE: true, P: 2. / 70, MinP: 2. / 70,
				SE: 0.5 / StudentQuantile(69./70, 6), SEUpper: 0.5 / StudentQuantile(69./70, 6), DF: 6, M: 4, N: 4}},
	} {
		got := NewShift(c.base, c.head, 1, Linear)
		if diff := cmp.Diff(c.want, got, cmpopts.EquateApprox(1e-13, 1e-15)); diff != "" {
			t.Errorf("%s:\n%s", c.why, diff)
		}
	}
}

// naive takes every number from the materialised, sorted differences.
func naive(base, head []float64, sign float64, scale Scale) (s Shift) {
	f := math.Log
	if scale == Linear {
		f = func(v float64) float64 { return v }
	}
	var d []float64
	for _, x := range base {
		for _, y := range head {
			d = append(d, sign*f(y)-sign*f(x))
			switch v := sign * (y - x); { // the logarithms of neighbours may be equal
			case v > 0:
				s.U++
			case v == 0:
				s.U += 0.5
			}
		}
	}
	slices.Sort(d)
	null := nullOf(len(base), len(head))
	s.Estimate = (d[(len(d)-1)/2] + d[len(d)/2]) / 2
	s.Lo, s.Hi = s.Estimate, s.Estimate
	k := max(null.k, 1)
	if null.level < 0.2 {
		t := StudentQuantile(1-null.level, float64(len(base)+len(head)-2))
		s.SE, s.SEUpper = (s.Estimate-d[k-1])/t, (d[len(d)-k]-s.Estimate)/t
	}
	if null.k > 0 {
		s.Lo, s.Hi = d[k-1], d[len(d)-k]
	}
	return s
}

func TestShiftEqualsNaive(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	sizes := func() int { return 1 + rng.IntN(25) }
	for round := range 420 {
		if round == 400 {
			sizes = func() int { return 101 + rng.IntN(100) } // by the normal approximation
		}
		base, head := positiveSample(rng, sizes()), positiveSample(rng, sizes())
		for _, scale := range []Scale{Log, Linear} {
			for _, sign := range []float64{1, -1} {
				got, want := NewShift(base, head, sign, scale), naive(base, head, sign, scale)
				near := func(want, got float64, what string) {
					require.InDelta(t, want, got, 1e-11*max(1, math.Abs(want)), "%s: %v %v", what, base, head)
				}
				near(want.Estimate, got.Estimate, "estimate")
				near(want.Lo, got.Lo, "lo")
				near(want.Hi, got.Hi, "hi")
				near(want.SE, got.SE, "se")
				near(want.SEUpper, got.SEUpper, "upper se")
				near(want.U, got.U, "u")
			}
		}
	}
}

// positiveSample draws from shapes that strain the selection: normal, with ties, with far outliers, over all magnitudes.
func positiveSample(rng *rand.Rand, n int) []float64 {
	x := make([]float64, n)
	shape := rng.IntN(4)
	for i := range x {
		switch shape {
		case 0:
			x[i] = 100 * math.Exp(0.05*rng.NormFloat64())
		case 1:
			x[i] = float64(100 + rng.IntN(4))
		case 2:
			x[i] = 100 + 1e-9*rng.Float64()
			if rng.IntN(5) == 0 {
				x[i] = 1e6 * rng.Float64()
			}
		case 3:
			x[i] = math.Exp(20 * rng.NormFloat64())
		}
	}
	return x
}

func TestShiftProperties(t *testing.T) {
	rng := rand.New(rand.NewPCG(13, 14))
	approx := cmpopts.EquateApprox(1e-9, 1e-12)
	for range 500 {
		base, head := positiveSample(rng, 1+rng.IntN(20)), positiveSample(rng, 1+rng.IntN(20))
		s := NewShift(base, head, 1, Log)

		scaled := NewShift(times(base, 1024), times(head, 1024), 1, Log) // exact in floats: no tie is made or lost
		require.Empty(t, cmp.Diff(s, scaled, approx), "other unit")

		mirrored := NewShift(base, head, -1, Log)
		want := s
		want.Estimate, want.Lo, want.Hi, want.U = -s.Estimate, -s.Hi, -s.Lo, float64(s.M*s.N)-s.U
		want.SE, want.SEUpper = s.SEUpper, s.SE
		require.Empty(t, cmp.Diff(want, mirrored, approx), "other direction")

		want.M, want.N = s.N, s.M
		require.Empty(t, cmp.Diff(want, NewShift(head, base, 1, Log), approx), "swapped sides")
	}
}

func times(x []float64, by float64) []float64 {
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = v * by
	}
	return y
}

func TestShiftIsFinite(t *testing.T) {
	rng := rand.New(rand.NewPCG(15, 16))
	extremes := map[Scale][]float64{
		Log:    {5e-324, 1e-308, 1, 1e308, math.MaxFloat64},
		Linear: {-1e307, -1, 0, 5e-324, 1e307},
	}
	for range 500 {
		base, head := make([]float64, 1+rng.IntN(12)), make([]float64, 1+rng.IntN(12))
		for scale, values := range extremes {
			for _, s := range [][]float64{base, head} {
				for i := range s {
					s[i] = values[rng.IntN(len(values))]
				}
			}
			requireShift(t, base, head, NewShift(base, head, 1, scale))
		}
	}
}

// requireShift checks what holds for every pair of samples.
func requireShift(t *testing.T, base, head []float64, s Shift) {
	t.Helper()
	for _, v := range []float64{s.Estimate, s.Lo, s.Hi, s.Confidence, s.SE, s.SEUpper, s.DF, s.U, s.P, s.MinP} {
		require.False(t, math.IsNaN(v) || math.IsInf(v, 0), "%+v from %v %v", s, base, head)
	}
	require.True(t, s.Lo <= s.Estimate && s.Estimate <= s.Hi, "%+v from %v %v", s, base, head)
	require.True(t, s.SE >= 0 && s.SEUpper >= 0, "%+v from %v %v", s, base, head)
	require.True(t, s.HasSE || s.SE == 0 && s.SEUpper == 0, "%+v", s)
	require.True(t, s.Bounded == (s.Confidence > 0) && (!s.Bounded || s.Confidence > 0.949), "%+v", s)
	require.True(t, s.P > 0 && s.P <= 1 && s.MinP > 0 && s.MinP <= 1, "%+v", s)
}

func TestShiftLarge(t *testing.T) {
	rng := rand.New(rand.NewPCG(17, 18))
	base, head := make([]float64, 20000), make([]float64, 30000)
	for i := range base {
		base[i] = 100 * math.Exp(0.05*rng.NormFloat64())
	}
	for i := range head {
		head[i] = 103 * math.Exp(0.05*rng.NormFloat64())
	}
	s := NewShift(base, head, 1, Log)
	requireShift(t, base, head, s)
	se := 0.05 * math.Sqrt(math.Pi/3*(1./20000+1./30000)) // of Hodges–Lehmann under normality
	require.InDelta(t, math.Log(1.03), s.Estimate, 4*se)
	require.InEpsilon(t, se, s.SE, 0.05)
	require.InEpsilon(t, se, s.SEUpper, 0.05)
}

func TestShiftRefusesInvalid(t *testing.T) {
	require.Panics(t, func() { NewShift(refBase, refHead, 1, 0) }, "the zero scale")
	require.Panics(t, func() { NewShift(refBase, refHead, 0, Log) }, "a sign forgotten")
}

func TestScaleOf(t *testing.T) {
	require.Equal(t, Log, ScaleOf([]float64{1, 5e-324}, []float64{2}))
	require.Equal(t, Linear, ScaleOf([]float64{1, 0}, []float64{2}))
	require.Equal(t, Linear, ScaleOf([]float64{1}, []float64{-2}))
}

func TestPBeyond(t *testing.T) {
	require.Equal(t, 0., PBeyond(0.1, 0, 0.05, 8), "no noise, beyond")
	require.Equal(t, 1., PBeyond(0.05, 0, 0.05, 8), "no noise, on the margin: not beyond")
	require.Equal(t, 0.5, PBeyond(0.05, 0.01, 0.05, 8))
	require.InDelta(t, 0.975, PBeyond(-2.306004135, 1, 0, 8), 1e-10)
}

func FuzzUTest(f *testing.F) {
	f.Add([]byte{1, 2, 3, 5}, []byte{1, 1, 1, 1, 1})
	f.Add([]byte{0}, []byte{0})
	f.Fuzz(func(t *testing.T, a, b []byte) {
		if len(a) == 0 || len(b) == 0 {
			return
		}
		x, y := make([]float64, len(a)), make([]float64, len(b))
		for i, v := range a {
			x[i] = float64(v) - 128
		}
		for i, v := range b {
			y[i] = float64(v) - 128
		}
		requireUTest(t, x, y)
	})
}

func FuzzShift(f *testing.F) {
	f.Add(uint64(1), uint8(5), uint8(5), 100., 1.05)
	f.Add(uint64(2), uint8(1), uint8(200), 5e-324, 1e308)
	f.Fuzz(func(t *testing.T, seed uint64, m, n uint8, at, by float64) {
		if m == 0 || n == 0 || !(at > 0) || !(by > 0) || math.IsInf(at, 1) || math.IsInf(by, 1) {
			return
		}
		rng := rand.New(rand.NewPCG(seed, 0))
		base, head := positiveSample(rng, int(m)), positiveSample(rng, int(n))
		for _, s := range [][]float64{base, head} {
			for i, v := range s {
				s[i] = max(math.SmallestNonzeroFloat64, min(math.MaxFloat64, v*at))
				at *= by
				if at == 0 || math.IsInf(at, 1) {
					at = by
				}
			}
		}
		requireShift(t, base, head, NewShift(base, head, 1, Log))
		requireShift(t, base, head, NewShift(times(base, 1./64), times(head, 1./64), -1, Linear))
	})
}

func BenchmarkUTestTies20(b *testing.B)    { benchU(b, 20, 5) }
func BenchmarkUTestFewTies20(b *testing.B) { benchU(b, 20, 300) }
func BenchmarkUTestNoTies20(b *testing.B)  { benchU(b, 20, 1<<40) }
func BenchmarkUTestTies50(b *testing.B)    { benchU(b, 50, 5) }

func BenchmarkShift10(b *testing.B)     { benchShift(b, 10, 1<<40) }
func BenchmarkShift20(b *testing.B)     { benchShift(b, 20, 1<<40) }
func BenchmarkShiftTies20(b *testing.B) { benchShift(b, 20, 5) }
func BenchmarkShift1e5(b *testing.B)    { benchShift(b, 100_000, 1<<40) }

func benchU(b *testing.B, n, levels int) {
	benchPairs(b, n, levels, func(x, y []float64) { UTest(x, y) })
}

func benchShift(b *testing.B, n, levels int) {
	benchPairs(b, n, levels, func(x, y []float64) { NewShift(x, y, 1, Log) })
}

// benchPairs calls f with pairs of samples, n values each out of so many equally likely ones around 100.
func benchPairs(b *testing.B, n, levels int, f func(x, y []float64)) {
	rng := rand.New(rand.NewPCG(1, 2))
	draw := func() []float64 {
		x := make([]float64, n)
		for i := range x {
			x[i] = 95 + 10*float64(rng.IntN(levels))/float64(levels)
		}
		return x
	}
	var x, y [16][]float64
	for i := range x {
		x[i], y[i] = draw(), draw()
	}
	f(x[0], y[0]) // the tables are made once
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		f(x[i%len(x)], y[i%len(y)])
	}
}

func ExampleNewShift() {
	base := []float64{100, 101.2, 99.1, 100.4, 98.7} // ns/op: lower is better
	head := []float64{112.3, 111, 113.1, 110.8, 112.9}
	s := NewShift(base, head, +1, Log)
	fmt.Printf("%+.1f %% [%+.1f, %+.1f]\n", 100*math.Expm1(s.Estimate), 100*math.Expm1(s.Lo), 100*math.Expm1(s.Hi))
	fmt.Printf("p of U = %.3f, p of being beyond 5 %% = %.1e\n", s.P, PBeyond(s.Estimate, s.SE, math.Log(1.05), s.DF))
	// Output:
	// +12.3 % [+10.4, +14.1]
	// p of U = 0.008, p of being beyond 5 % = 3.7e-06
}

func ExampleUTest() {
	u, p := UTest([]float64{2, 1, 3, 5}, []float64{1, 1, 1, 1, 1})
	fmt.Printf("U = %g of 20, p = %.4f\n", u, p)
	// Output: U = 2.5 of 20, p = 0.0952
}
