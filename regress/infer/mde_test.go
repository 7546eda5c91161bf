package infer

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestMDE(t *testing.T) {
	const crit, power = 2.306004135, 0.888889518 // t₀.₉₇₅ and t₀.₈ with 8 degrees of freedom
	c := math.Sqrt(8. / 6)
	delta := math.Log(1.05)
	for _, v := range []struct {
		why  string
		se   float64
		want float64
	}{
		{"no noise: the threshold", 0, delta},
		{"little noise: the estimate has to exceed the threshold", 0.005, delta + power*0.005*c},
		{"much noise: the test has to reject", 0.05, delta/4 + (crit+power)*0.05*c},
	} {
		got, ok := MDELinear(v.se, 8, delta, 0.25, 0.05, 1)
		require.True(t, ok)
		require.InDelta(t, v.want, got, 1e-9, v.why)
		got, ok = MDE(v.se, 8, delta, 0.25, 0.05, 1)
		require.True(t, ok)
		require.InDelta(t, math.Expm1(v.want), got, 1e-9, v.why)
	}
	one, _ := MDE(0.05, 8, delta, 0.25, 0.05, 1)
	two, _ := MDE(0.05, 8, delta, 0.25, 0.05, 2)
	many, _ := MDE(0.05, 8, delta, 0.25, 0.05, 200)
	require.Equal(t, one, two, "never a level above 2.5 %")
	require.Greater(t, many, two)
	_, ok := MDE(0.05, 2, delta, 0.25, 0.05, 1)
	require.False(t, ok, "2 v 2: the expected standard error is infinite")
	_, ok = MDE(1000, 8, delta, 0.25, 0.05, 1)
	require.False(t, ok, "beyond a float64")
	_, ok = MDELinear(1000, 8, delta, 0.25, 0.05, 1)
	require.True(t, ok)
}

// A slowdown of the size that MDE names must be found about as often as it says.
func TestMDEIsDetected(t *testing.T) {
	rng := rand.New(rand.NewPCG(29, 30))
	delta := math.Log(1.05)
	const sd, n, rounds = 0.05, 10, 2000
	effect, ok := MDELinear(sd*math.Sqrt(2./n*math.Pi/3), 2*n-2, delta, 0.25, 0.05, 1)
	require.True(t, ok)
	found := 0.0
	for range rounds {
		base, head := make([]float64, n), make([]float64, n)
		for i := range base {
			base[i], head[i] = math.Exp(sd*rng.NormFloat64()), math.Exp(effect+sd*rng.NormFloat64())
		}
		s := NewShift(base, head, 1, Log)
		if s.Estimate > delta && s.P <= 0.05 && PBeyond(s.Estimate, s.SE, delta/4, s.DF) <= 0.025 {
			found++
		}
	}
	require.InDelta(t, 0.8, found/rounds, 0.08)
}
