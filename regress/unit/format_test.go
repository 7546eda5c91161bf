package unit_test

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/org/regress-gate/regress/unit"
	"github.com/stretchr/testify/require"
)

func TestFormat(t *testing.T) {
	tests := []struct {
		why   string
		value float64
		unit  string
		want  string
	}{
		{"three digits", 1.234e-6, "s", "1.23 \u00b5s"},
		{"no decimals at three digits", 408e-9, "sec/op", "408 ns"},
		{"in a scaled unit", 12.44, "ms", "12.4 ms"},
		{"zeros are digits", 1.5, "s", "1.50 s"},
		{"no minutes", 5400, "s", "5400 s"},
		{"rounding up reaches the next prefix", 999.6e-9, "s", "1.00 \u00b5s"},
		{"rounding up adds no digit", 9.996e-6, "s", "10.0 \u00b5s"},
		{"below the smallest prefix", 0.3e-9, "s", "0.300 ns"},
		{"far below", 1e-300, "s", "1.00e-300 s"},
		{"far above", 1e300, "sec/op", "1.00e+300 s"},
		{"a loss reads with a sign", -1.5e-3, "s", "-1.50 ms"},
		{"a named time", 3.2e-6, "p99-sec/op", "3.20 \u00b5s"},
		{"per something that is not op", 5, "ns/row", "5.00 ns/row"},
		{"zero", 0, "ns/op", "0 s"},
		{"negative zero", math.Copysign(0, -1), "s", "0 s"},
		{"bytes are whole", 816, "B/op", "816 B"},
		{"bytes that are not", 816.5, "B/op", "816 B"},
		{"binary", 2816, "B", "2.75 KiB"},
		{"below the binary step", 1010 * 1024, "B", "1010 KiB"},
		{"bytes a second are decimal", 12.4, "MB/s", "12.4 MB/s"},
		{"a ratio", 0.0125, "ratio", "1.25 %"},
		{"percent", 1.25, "%", "1.25 %"},
		{"never 100 % unless it is", 0.9996, "ratio", "99.96 %"},
		{"more than all", 1.00001, "ratio", "100.001 %"},
		{"all", 1, "ratio", "100 %"},
		{"counts are exact", 123456, "allocs/op", "123456 allocs/op"},
		{"huge counts are not", 1234567, "allocs/op", "1.23M allocs/op"},
		{"a mean of counts", 12.5, "allocs/op", "12.5 allocs/op"},
		{"count is no unit to read", 42, "count", "42"},
		{"1 is none either", 42, "1", "42"},
		{"a rate", 26098, "requests/s", "26.1k req/s"},
		{"a whole rate", 200, "req/s", "200 req/s"},
		{"a rate of something", 26098, "1/s", "26.1k/s"},
		{"unknown", 0.847, "hit-ratio", "0.847 hit-ratio"},
		{"unknown and small", 3e-9, "loss", "3.00e-09 loss"},
		{"no unit", 0.5, "", "0.500"},
		{"not a number", math.NaN(), "s", "NaN"},
		{"infinite", math.Inf(1), "s", "+Inf"},
		{"infinite the other way", math.Inf(-1), "ratio", "-Inf"},
		{"finite, though not in the base unit", math.MaxFloat64, "GB", "1.80e+308 GB"},
		{"finite, though not in percent", math.MaxFloat64, "ratio", "1.80e+308 ratio"},
		{"not zero, though it is in the base unit", 5e-324, "ns", "4.94e-324 ns"},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			require.Equal(t, tt.want, unit.Format(tt.value, tt.unit))
		})
	}
	long := strings.Repeat("unit", 2500)
	require.Equal(t, "1.50 "+long, unit.Format(1.5, long))
}

func TestFormatPair(t *testing.T) {
	tests := []struct {
		why        string
		base, head float64
		unit       string
		want       [2]string
	}{
		{"one prefix", 1.234e-6, 1.414e-6, "sec/op", [2]string{"1.23 \u00b5s", "1.41 \u00b5s"}},
		{"the smaller one's prefix", 900e-9, 1.2e-6, "s", [2]string{"900 ns", "1200 ns"}},
		{"in either order", 1.2e-6, 900e-9, "s", [2]string{"1200 ns", "900 ns"}},
		{"as many digits as it takes", 2816, 2820, "B/op", [2]string{"2.750 KiB", "2.754 KiB"}},
		{"counts in full", 12, 13, "allocs/op", [2]string{"12 allocs/op", "13 allocs/op"}},
		{"huge counts in full", 1234567, 1234568, "allocs/op", [2]string{"1.234567M allocs/op", "1.234568M allocs/op"}},
		{"decimals on both sides", 12, 12.5, "allocs/op", [2]string{"12.0 allocs/op", "12.5 allocs/op"}},
		{"equal", 1.5, 1.5, "s", [2]string{"1.50 s", "1.50 s"}},
		{"equal zeros", 0, math.Copysign(0, -1), "s", [2]string{"0 s", "0 s"}},
		{"from nothing", 0, 1.5e-6, "s", [2]string{"0 \u00b5s", "1.50 \u00b5s"}},
		{"the smallest step of a float", 1, math.Nextafter(1, 2), "s", [2]string{"1.0000000000000000 s", "1.0000000000000002 s"}},
		{"a thousandfold", 1e-6, 4.5, "s", [2]string{"1.00 \u00b5s", "4.50 s"}},
		{"near the whole", 0.99999, 0.95, "ratio", [2]string{"99.999 %", "95.000 %"}},
		{"signs", -1e-6, 1e-6, "s", [2]string{"-1.00 \u00b5s", "1.00 \u00b5s"}},
		{"exponents", 1e300, 1.0001e300, "s", [2]string{"1.0000e+300 s", "1.0001e+300 s"}},
		{"one is not a number", math.NaN(), 1, "s", [2]string{"NaN", "1.00 s"}},
		{"beyond the base unit", 1.7e308, 1.7001e308, "GB", [2]string{"1.7e+308 GB", "1.7001e+308 GB"}},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			base, head := unit.FormatPair(tt.base, tt.head, tt.unit)
			require.Equal(t, tt.want, [2]string{base, head})
		})
	}
}

// units are one of each look.
var units = []string{"s", "ns/op", "sec/row", "B/op", "MB/s", "ratio", "%", "allocs/op", "req/s", "1/s", "", "widgets", "MB*MB"}

// checkPair holds what is true of every pair.
func checkPair(t *testing.T, a, b float64, u string) {
	t.Helper()
	x, y := unit.FormatPair(a, b, u)
	if a == b {
		require.Equal(t, x, y, "%v twice in %q", a, u)
	} else {
		require.NotEqual(t, x, y, "%v and %v in %q", a, b, u)
	}
	for _, s := range []string{x, y, unit.Format(a, u)} {
		require.NotContains(t, s, "NaN", "%v and %v in %q", a, b, u)
		require.NotContains(t, s, "Inf", "%v and %v in %q", a, b, u)
		require.LessOrEqual(t, len(s), 32+len(u), "%v and %v in %q", a, b, u)
	}
}

func TestFormatPairTellsApart(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 1000 {
		a := math.Ldexp(rng.Float64()-0.5, rng.IntN(2000)-1000)
		if rng.IntN(2) == 0 {
			a = math.Ldexp(rng.Float64(), rng.IntN(80)-40)
		}
		for _, b := range []float64{a, math.Nextafter(a, 0), a * 1.0001, a * 1.1, a * 2000, -a, 0, math.Round(a), 5e-324} {
			if !math.IsInf(b, 0) {
				checkPair(t, a, b, units[rng.IntN(len(units))])
			}
		}
	}
}

func FuzzFormatPair(f *testing.F) {
	f.Add(1e-6, 1.1e-6, "sec/op")
	f.Add(math.MaxFloat64, -math.MaxFloat64, "%")
	f.Add(5e-324, 0.0, "ns")
	f.Add(0.99999, 1.0, "ratio")
	f.Fuzz(func(t *testing.T, a, b float64, u string) {
		if math.IsNaN(a-b) || math.IsInf(a, 0) || math.IsInf(b, 0) || strings.Contains(u, "NaN") || strings.Contains(u, "Inf") {
			t.Skip()
		}
		checkPair(t, a, b, u)
		unit.FormatChange(a)
	})
}

func TestFormatChange(t *testing.T) {
	tests := []struct {
		why      string
		relative float64
		want     string
	}{
		{"a loss", 0.1463, "+14.6 %"},
		{"a gain, with an ASCII minus", -0.032, "-3.2 %"},
		{"no decimals from 1000 % on", 49.5, "+4950 %"},
		{"rounding up to 1000 %", 9.9996, "+1000 %"},
		{"below 1000 %", 9.99, "+999.0 %"},
		{"no change", 0, "0.0 %"},
		{"no change, negative zero", math.Copysign(0, -1), "0.0 %"},
		{"small, but a change", 0.0003, "+0.03 %"},
		{"rounding up to one decimal", 0.00049999, "+0.05 %"},
		{"tiny", -1e-9, "-1e-07 %"},
		{"everything gone", -1, "-100.0 %"},
		{"nearly everything gone", -0.99999, "-99.9 %"},
		{"a million percent", 12345.6, "+1.23e+06 %"},
		{"a negative million percent", -12345.6, "-1.23e+06 %"},
		{"percent beyond float64", math.MaxFloat64, "+1.80e+310 %"},
		{"the smallest float", 5e-324, "+5e-322 %"},
		{"not a number", math.NaN(), "NaN"},
		{"infinite", math.Inf(1), "+Inf"},
		{"infinite the other way", math.Inf(-1), "-Inf"},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			require.Equal(t, tt.want, unit.FormatChange(tt.relative))
		})
	}
}

func TestFormatShare(t *testing.T) {
	tests := []struct {
		why   string
		share float64
		want  string
	}{
		{"as it was set", 0.05, "5 %"},
		{"though 0.07 times 100 is 7.000000000000001", 0.07, "7 %"},
		{"decimals that were set", 0.125, "12.5 %"},
		{"a measured one", 0.0123456, "1.23 %"},
		{"small", 0.0001, "0.01 %"},
		{"tiny", 1e-9, "1.00e-07 %"},
		{"none", 0, "0 %"},
		{"none, negative zero", math.Copysign(0, -1), "0 %"},
		{"all", 1, "100 %"},
		{"many times", 49.5, "4950 %"},
		{"a negative share keeps its sign", -0.05, "-5 %"},
		{"beyond measure", math.MaxFloat64, "1.80e+308 ratio"},
		{"not a number", math.NaN(), "NaN"},
		{"infinite", math.Inf(1), "+Inf"},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			require.Equal(t, tt.want, unit.FormatShare(tt.share))
		})
	}
}
