package parse

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/org/regress-gate/regress"
)

func importPast(t *testing.T, path, text string) *Past {
	t.Helper()
	if text == "" {
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		text = string(data)
	}
	got, err := Import(strings.NewReader(text), "data.js", "")
	require.NoError(t, err)
	require.Nil(t, got.Run)
	require.NotNil(t, got.Past)
	return got.Past
}

func entry(t *testing.T, b *regress.Baseline, key string) *regress.Entry {
	t.Helper()
	for i := range b.Entries {
		if b.Entries[i].Key.String() == key {
			return &b.Entries[i]
		}
	}
	require.Fail(t, "no such entry", key)
	return nil
}

// TestGabPast holds that a stored history is brought over point by point.
func TestGabPast(t *testing.T) {
	past := importPast(t, "testdata/github-action-benchmark/data.handmade.js", "")
	require.Len(t, past.Entries, 2*3+1)
	require.Len(t, past.Warnings, 1, "a benchmark that is gone")
	e := entry(t, past.Baseline, "Encode-8 sec/op")
	require.Len(t, e.History, 12)
	require.Equal(t, "000000000000000000000000000000000abc0000", e.History[0].Commit)
	require.Equal(t, time.Date(2026, 1, 1, 10, 0, 0, 0, time.UTC), e.History[0].Time)
	require.Equal(t, e.Center(), e.History[11].Center, "the stored value is that of the newest run")
	require.Equal(t, past.Commit, e.History[11].Commit)
	rust := entry(t, past.Baseline, "bench_fib time")
	require.Equal(t, "ns/iter", rust.Unit)
	require.Len(t, rust.History, 12)
	require.Equal(t, 8.0, entry(t, past.Baseline, "Encode-8 allocs/op").Center())
}

// gabRuns writes runs of one benchmark of a tool, a day apart.
func gabRuns(tool string, units []string, values ...float64) string {
	var runs []string
	for i, v := range values {
		runs = append(runs, fmt.Sprintf(`{"commit": {"id": "c%d"}, "date": %d, "tool": %q, "benches": [{"name": "n", "unit": %q, "value": %v}]}`,
			i, 1767261600000+int64(i)*86400000, tool, units[i%len(units)], v))
	}
	return `{"lastUpdate": 1, "repoUrl": "", "entries": {"s": [` + strings.Join(runs, ",") + `]}}`
}

// TestGabHistory holds what of a history is kept: the latest points, in the unit
// of the newest one.
func TestGabHistory(t *testing.T) {
	var values []float64
	for i := range 500 {
		values = append(values, float64(i))
	}
	e := importPast(t, "", gabRuns("customSmallerIsBetter", []string{"ms"}, values...)).Entries[0]
	require.Len(t, e.History, regress.DefaultHistory)
	require.Equal(t, 499.0, e.History[len(e.History)-1].Center)
	require.Equal(t, 500.0-regress.DefaultHistory, e.History[0].Center)

	e = importPast(t, "", gabRuns("customSmallerIsBetter", []string{"ms", "s"}, 1500, 2, 3500, 4)).Entries[0]
	require.Equal(t, "s", e.Unit)
	require.Equal(t, []float64{1.5, 2, 3.5, 4}, []float64{e.History[0].Center, e.History[1].Center, e.History[2].Center, e.History[3].Center})

	e = importPast(t, "", gabRuns("customSmallerIsBetter", []string{"ms", "MB"}, 1500, 2, 3500, 4)).Entries[0]
	require.Len(t, e.History, 1, "what was measured changed: the points before tell nothing")
}

// TestGabDirections holds that the tool of a run tells which way is better.
func TestGabDirections(t *testing.T) {
	for tool, want := range map[string]string{
		"customSmallerIsBetter": "lower", "customBiggerIsBetter": "higher", "cargo": "lower", "benchmarkjs": "higher",
		"pytest": "higher", "googlecpp": "lower", "catch2": "lower", "julia": "lower", "benchmarkdotnet": "lower", "of 2030": "undeclared",
	} {
		e := importPast(t, "", gabRuns(tool, []string{"ns"}, 1)).Entries[0]
		require.Equal(t, want, e.Direction.String(), tool)
	}
	for in, want := range map[string]string{"ops/s": "thrpt", "ops/ms": "thrpt", "us/op": "avgt"} {
		require.Equal(t, want, importPast(t, "", gabRuns("jmh", []string{in}, 1)).Entries[0].Metric, in)
	}
}

// TestGabRefused holds that nothing is taken from a file that is damaged or empty.
func TestGabRefused(t *testing.T) {
	for text, want := range map[string]string{
		`{"lastUpdate": 1, "entries": {}}`:                                                      "no run is stored",
		`{"lastUpdate": 1, "entries": {"s": [{"date": "x"}]}}`:                                  "date must be a number",
		`{"lastUpdate": 1, "entries": {"s": [{"benches": [{"value": 1}]}]}}`:                    "without a name",
		`{"lastUpdate": 1, "entries": {"s": [{"benches": [{"name": "n", "value": "1 ms"}]}]}}`:  `value must be a number, not "1 ms"`,
		`[{"name": "a", "unit": "x", "value": 1}, {"name": "a", "unit": "x", "value": 2}]`:      "two results are called",
		`window.BENCHMARK_DATA = {"entries": {"s": [{"date": 1, "benches": [{"name": "n", "uni`: "truncated",
		`window.BENCHMARK_DATA = {"entries": {"s": [{"date": 1, "date": 2}]}}`:                  "occurs twice",
		`[{"name": "a", "unit": "x", "value": 1}] [{"name": "a", "unit": "x", "value": 1}]`:     "text follows the end",
	} {
		_, err := Import(strings.NewReader(text), "data.js", "")
		require.ErrorContains(t, err, want, text)
	}
	_, err := Read(strings.NewReader(gabRuns("go", []string{"ns/op"}, 1)), "data.js", "customBiggerIsBetter")
	require.ErrorContains(t, err, "not a list of results")
}
