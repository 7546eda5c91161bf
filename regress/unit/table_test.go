package unit

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTable(t *testing.T) {
	for s, u := range table {
		require.Equal(t, Unit{u.Base, 1, u.Class}, Parse(u.Base), "the base of %q", s)
		require.Positive(t, u.Factor, s)
		if strings.ContainsFunc(s, separates) {
			require.Equal(t, u, compound(s), "%q in the table is a short cut", s)
		}
	}
	for s, u := range scaled {
		if w, ok := table[s]; ok {
			require.InDelta(t, w.Factor, u.Factor, 0, "%q alone and in a compound", s)
			require.Equal(t, w.Class, u.Class, s)
		}
	}
	for s, f := range clocks {
		require.InDelta(t, table[s].Factor, f, 0, "%q above and below the slash", s)
	}
}

func TestWords(t *testing.T) {
	for w, s := range words {
		require.LessOrEqual(t, len(w), longest, "%q would never be found", w)
		require.Equal(t, strings.ToLower(w), w)
		require.NotZero(t, s, w)
	}
}

func TestInverse(t *testing.T) {
	for _, f := range []float64{1e-3, 1e-6, 1e-9, 1e-12, 1.0 / 60, 0.125, 0.01} {
		n := inverse(f)
		require.Equal(t, math.Round(n), n, "1/%v is whole", f)
	}
	require.InEpsilon(t, 1/0.7, inverse(0.7), 1e-15, "not the inverse of a whole number")
	require.InEpsilon(t, 1e140, inverse(1e-140), 1e-15, "too large to round")
}
