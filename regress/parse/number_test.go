package parse

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestParseNumber(t *testing.T) {
	for _, c := range []struct {
		text  string
		shift int
		want  float64
		why   string
	}{
		{"478.4", -9, 478.4e-9, "one rounding, where 478.4 × 1e-9 rounds twice"},
		{"0", -9, 0, "zero"},
		{".5", 0, .5, "no digit before the point"},
		{"5.", 0, 5, "no digit behind it"},
		{"+5", 0, 5, "a sign"},
		{"-5e3", -9, -5e-6, "a sign and an exponent"},
		{"1.5E+07", 6, 1.5e13, "%g writes it so"},
		{"9007199254740993", 0, 9007199254740992, "one more than a float64 can hold"},
		{"123456789012345678901234567890", -9, 123456789012345678901.23456789, "beyond a uint64"},
		{"1e310", -9, 1e301, "out of range only until it is shifted"},
		{"1e-400", 0, 0, "nearest to zero"},
		{"1e400", 0, math.Inf(1), "out of range"},
		{"-1e99999999999999999999", 0, math.Inf(-1), "an exponent out of range"},
		{"+Inf", 0, math.Inf(1), "fmt writes it so"},
		{"-inf", 0, math.Inf(-1), "C writes it so"},
		{"-nan", 0, math.NaN(), "wrk writes it so"},
	} {
		got, ok := parseNumber([]byte(c.text), c.shift)
		require.True(t, ok, "%s: %s", c.text, c.why)
		if math.IsNaN(c.want) {
			require.True(t, math.IsNaN(got), c.why)
		} else {
			require.Equal(t, c.want, got, "%s: %s", c.text, c.why)
		}
	}
	for _, text := range []string{"", ".", "-", "1e", "1e+", "e5", "1.2.3", "1_000", "0x10", "1,5", "5ns", "infinit", "++1", "١"} {
		_, ok := parseNumber([]byte(text), 0)
		require.False(t, ok, text)
	}
}

// TestNumbersAreNearest compares the fast path and the general one with strconv.
func TestNumbersAreNearest(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	text := newGoText(newGoRun("log"), "")
	_, err := text.result([]byte("BenchmarkA 10 0 ns/op 0 MB/s 0 x"), 1)
	require.NoError(t, err)
	for range 20_000 {
		number := fmt.Sprintf("%0*.*f", random.IntN(12), random.IntN(9), math.Exp(random.Float64()*36-5))
		line := fmt.Sprintf("BenchmarkA %*d\t%*s ns/op %s MB/s\t\t %s x", random.IntN(12), 2+random.Uint64N(1e12), random.IntN(20), number, number, number)
		if !text.fast([]byte(line)) {
			fault, err := text.result([]byte(line), 1)
			require.NoError(t, err)
			require.Empty(t, fault, line)
		}
		for i, exponent := range []string{"e-9", "e6", ""} {
			want, err := strconv.ParseFloat(number+exponent, 64)
			require.NoError(t, err)
			samples := text.last.metrics[i].samples
			require.Equal(t, want, samples[len(samples)-1], line)
		}
	}
}

func TestReadDigits(t *testing.T) {
	for _, c := range []struct {
		text   string
		number uint64
		end    int
		why    string
	}{
		{"", 0, 0, "nothing"},
		{"x", 0, 0, "no digit, bytewise"},
		{"x1234567", 0, 0, "no digit, eight bytes at once"},
		{"7", 7, 1, "one digit at the end of the line"},
		{"1234567", 1234567, 7, "one less than a word"},
		{"12345678", 12345678, 8, "a word"},
		{"1234567812345678", 1234567812345678, 16, "two words"},
		{"123456789012 ns/op", 123456789012, 12, "a word and a part of one"},
		{"42 ns/op  ", 42, 2, "a part of a word"},
		{"00012345 x       ", 12345, 8, "leading zeros"},
		{"1/:00000", 1, 1, "the neighbours of the digits"},
		{"12\xff\xfa\x3a5678", 12, 2, "bytes that carry into the next one"},
	} {
		number, end := readDigits([]byte(c.text), 0, 0)
		require.Equal(t, c.number, number, c.why)
		require.Equal(t, c.end, end, c.why)
	}
}
