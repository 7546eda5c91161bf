package unit_test

import (
	"math"
	"testing"

	"github.com/org/regress-gate/regress/unit"
	"github.com/stretchr/testify/require"
	"golang.org/x/perf/benchunit"
)

// Runs store Go units as benchunit tidies them, so the base of such a unit must be what Tidy returns, to the bit.
func TestParseAgreesWithTidy(t *testing.T) {
	for _, s := range []string{
		"ns/op", "MB/s", "B/op", "allocs/op", "sec/op", "B/s",
		"p99-ns/op", "p50-ns/op", "x-MB/s", "x-B/op", "x-allocs/op", "gc-ns/op", "ns/GC", "ns/row", "MB/op",
		"MB*MB/s", "MB/MB", "hit-ratio", "cache-hit-%", "wire-bytes", "entries/s", "errors/op", "req/s", "loss", "ns*MB/op/row",
		"B per row", "\u00e9-ns/op",
	} {
		for _, v := range []float64{1, 12773.82, 1.0 / 3, 0} {
			want, base := benchunit.Tidy(v, s)
			require.Equal(t, base, unit.Parse(s).Base, "base of %q", s)
			got, ok := unit.Convert(v, s, base)
			require.True(t, ok, "%q to %q", s, base)
			require.InDelta(t, want, got, 1e-15*math.Abs(want), "%v %q", v, s)
		}
	}
	got, _ := unit.Convert(1234.5, "ns/op", "sec/op")
	want, _ := benchunit.Tidy(1234.5, "ns/op")
	require.Equal(t, want, got, "the commonest unit, to the bit")
}

// Where Parse knows more spellings than Tidy (us, ms, KiB, s alone, rates per minute), tidying first changes nothing.
func TestParseAfterTidy(t *testing.T) {
	for _, family := range families {
		for _, s := range append([]string{"op/ns", "ms/s", "-ns", "ns/", "ns op", "MB-ns/op"}, family...) {
			factor, tidied := benchunit.Tidy(1, s)
			raw, after := unit.Parse(s), unit.Parse(tidied)
			require.Equal(t, raw.Base, after.Base, "%q, tidied %q", s, tidied)
			require.Equal(t, raw.Class, after.Class, "%q, tidied %q", s, tidied)
			require.InEpsilon(t, raw.Factor, factor*after.Factor, 1e-15, "%q, tidied %q", s, tidied)
		}
	}
}
