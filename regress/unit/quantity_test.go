package unit_test

import (
	"math"
	"strings"
	"testing"

	"github.com/org/regress-gate/regress/unit"
	"github.com/stretchr/testify/require"
)

func TestParseQuantity(t *testing.T) {
	tests := []struct {
		why   string
		text  string
		value float64
		unit  string
	}{
		{"glued", "100ms", 100, "ms"},
		{"percent", "5%", 5, "%"},
		{"percent with a space", "5 %", 5, "%"},
		{"bytes, not a binary number", "0B", 0, "B"},
		{"decimals", "1.5 GiB", 1.5, "GiB"},
		{"a compound", "200 req/s", 200, "req/s"},
		{"nothing before the slash", "200/s", 200, "/s"},
		{"a bare number", "100", 100, ""},
		{"spaces around", "  7 s\n", 7, "s"},
		{"a negative number", "-3.5 ms", -3.5, "ms"},
		{"a plus", "+3ms", 3, "ms"},
		{"no digit before the point", ".5s", 0.5, "s"},
		{"an exponent", "1e-3 s", 1e-3, "s"},
		{"an exponent, glued", "1e3ms", 1000, "ms"},
		{"an e that begins a unit", "3errors", 3, "errors"},
		{"a unit with digits", "3 p99-ns/op", 3, "p99-ns/op"},
		{"micro sign", "4\u00b5s", 4, "\u00b5s"},
		{"unknown units pass", "4 widgets", 4, "widgets"},
		{"too small to tell from zero", "1e-999", 0, ""},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			value, u, err := unit.ParseQuantity(tt.text)
			require.NoError(t, err)
			require.InDelta(t, tt.value, value, 0)
			require.Equal(t, tt.unit, u)
		})
	}
}

func TestParseQuantityRefuses(t *testing.T) {
	tests := []struct{ why, text, message string }{
		{"empty", "", `"" is not a quantity: want a number and a unit, such as 100ms, 5%, 16B or 1.5 GiB`},
		{"blank", "  ", "is not a quantity"},
		{"no number", "ms", "is not a quantity"},
		{"not a number", "NaN", "is not a quantity"},
		{"infinite", "+Inf", "is not a quantity"},
		{"infinite, spelt out", "infinity", "is not a quantity"},
		{"a number and an infinity", "1 inf", "is not a quantity"},
		{"hexadecimal", "0x1F", "is not a quantity"},
		{"a hexadecimal float", "0x1p-2", "is not a quantity"},
		{"digit separators", "1_000", "is not a quantity"},
		{"a comma", "1,5ms", "is not a quantity"},
		{"two points", "1.2.3", "is not a quantity"},
		{"a point without decimals", "5.s", "is not a quantity"},
		{"half an exponent", "1e", "is not a quantity"},
		{"half an exponent with a sign", "1e+", "is not a quantity"},
		{"two numbers", "1 2 ms", "is not a quantity"},
		{"words", "5 % of it", "is not a quantity"},
		{"only a sign", "-", "is not a quantity"},
		{"control characters", "5 m\x1b[31ms", "is not a quantity"},
		{"text that is not UTF-8", "5 \xff", "is not a quantity"},
		{"beyond float64", "1e999", "is out of range"},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			_, _, err := unit.ParseQuantity(tt.text)
			require.ErrorContains(t, err, tt.message)
		})
	}
	_, _, err := unit.ParseQuantity(strings.Repeat("z", 10_000))
	require.Less(t, len(err.Error()), 200, "a hostile text does not flood the log")
}

func FuzzParseQuantity(f *testing.F) {
	for _, s := range []string{"100ms", "5%", "1.5 GiB", "200 req/s", "-1e-3 s", "0x1p-2", "1_0", "NaN", "1e999", "", ".", "1e+", "\xff1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		value, u, err := unit.ParseQuantity(s)
		if err != nil {
			require.Zero(t, value)
			require.Empty(t, u)
			return
		}
		require.False(t, math.IsNaN(value) || math.IsInf(value, 0), "%q is %v", s, value)
		require.Equal(t, strings.TrimSpace(u), u)
		checkUnit(t, u)
	})
}
