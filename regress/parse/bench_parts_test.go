package parse

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
)

func TestHasPaths(t *testing.T) {
	const doc = ` {"context": {"date": "x", "caches": [{"size": 1}]}, "benchmarks": [{"name": "a"}, {"real_time": NaN, "last": 1}]}`
	for paths, want := range map[string]bool{
		"context":                             true,
		"context.date":                        true,
		"context.caches[].size":               true,
		"benchmarks[].name benchmarks[].last": true,
		"benchmarks[].real_time":              true,
		"benchmarks":                          true,
		"benchmarks.name":                     false,
		"context.date context.absent":         false,
		"date":                                false,
		"[].name":                             false,
		"context.caches[].size[]":             false,
	} {
		require.Equal(t, want, hasPaths([]byte(doc), strings.Fields(paths)...), paths)
	}
	require.True(t, hasPaths([]byte(doc[:50]), "context.date"), "the end of the head does not matter")
	require.False(t, hasPaths([]byte(doc[:20]), "context.caches"))
	require.True(t, hasPaths([]byte(`[[1], {"a": [[2]]}]`), "[].a[][]"))
	require.False(t, hasPaths([]byte("text"), "a"))
	require.False(t, hasPaths(nil, "a"))
}

func TestPlainNumbers(t *testing.T) {
	for in, want := range map[string]string{
		`[NaN, Infinity, -Infinity, -inf, nan]`:  `["NaN", "Infinity", "-Infinity", "-inf", "nan"]`,
		`{"a": "NaN \" NaN", "b\\": NaN}`:        `{"a": "NaN \" NaN", "b\\": "NaN"}`,
		`[true, false, null, 1e-5, -2E+3, -0]`:   `[true, false, null, 1e-5, -2E+3, -0]`,
		`[NaNcy, a-very-long-word-that-goes-on]`: `[NaNcy, a-very-long-word-that-goes-on]`,
		`NaN`:                                    `"NaN"`,
		``:                                       ``,
	} {
		for _, r := range []io.Reader{strings.NewReader(in), iotest.OneByteReader(strings.NewReader(in)), iotest.DataErrReader(strings.NewReader(in))} {
			got, err := io.ReadAll(plainNumbers(r))
			require.NoError(t, err)
			require.Equal(t, want, string(got))
		}
	}
	_, err := io.ReadAll(plainNumbers(iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader("[1]")))))
	require.ErrorIs(t, err, iotest.ErrTimeout)
}

func TestThousands(t *testing.T) {
	for in, want := range map[string]float64{"1": 1, "12,773.82": 12773.82, "1,234,567": 1234567, "999": 999, "0.5": 0.5, "1234": 1234} {
		v, ok := thousands(in, 0)
		require.True(t, ok, in)
		require.Equal(t, want, v)
	}
	for _, in := range []string{"", "1,5", "1.234,5", "1,2345", ",123", "1234,567", "1,,234", "x", "1,23x"} {
		_, ok := thousands(in, 0)
		require.False(t, ok, in)
	}
}

// TestCriterionID holds that the benchmark's name is taken from where Criterion
// puts its files, and from nowhere else.
func TestCriterionID(t *testing.T) {
	for file, want := range map[string]string{
		"target/criterion/fib 15/new/estimates.json":   "fib 15",
		"/w/target/criterion/page/50/base/sample.json": "page/50",
		"target/criterion/a/b/c/change/estimates.json": "a/b/c",
		"estimates.json":               "",
		"criterion/estimates.json":     "",
		"other/fib/new/estimates.json": "",
	} {
		require.Equal(t, want, criterionID(file), file)
	}
}

// TestGbenchScale holds what the suffixes of the console mean: those of bytes are
// binary, also where version 1.7 does not say so.
func TestGbenchScale(t *testing.T) {
	values := gbenchCells("a=1.5k b=2M/s c=3Ki bytes_per_second=4k/s d=5m e=10% f=-nan% a label, x=1", nil)
	want := map[string]float64{"a": 1500, "b": 2e6, "c": 3072, "bytes_per_second": 4096, "d": 5e-3, "e": 0.1}
	require.Len(t, values, len(want)+1)
	for _, v := range values[:len(want)] {
		require.InEpsilon(t, want[v.name], v.value, 1e-12, v.name)
	}
}
