package regresstest

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/org/regress-gate/regress"
	"github.com/stretchr/testify/require"
)

// recorder is a testing.TB that fails where nobody minds. Fatalf must not
// return, as in the real one.
type recorder struct {
	testing.TB
	errors, logs string
}

var errFatal = errors.New("fatal")

func (r *recorder) Helper()                   {}
func (r *recorder) Name() string              { return "TestPerf" }
func (r *recorder) Logf(f string, a ...any)   { r.logs += fmt.Sprintf(f, a...) }
func (r *recorder) Errorf(f string, a ...any) { r.errors += fmt.Sprintf(f, a...) }
func (r *recorder) Fatalf(f string, a ...any) { r.Errorf(f, a...); panic(errFatal) }
func (r *recorder) during(f func(tb testing.TB)) {
	defer func() {
		if p := recover(); p != nil && p != errFatal {
			panic(p)
		}
	}()
	f(r)
}

func run(allocs, time float64) *regress.Run {
	return &regress.Run{Series: []regress.Series{
		{Key: regress.Key{Benchmark: "Encode-2", Metric: "allocs/op"}, Unit: "allocs/op", Samples: []float64{allocs, allocs, allocs}},
		{Key: regress.Key{Benchmark: "Encode-2", Metric: "sec/op"}, Unit: "sec/op", Samples: []float64{time, 1.01 * time, 0.99 * time, 1.02 * time, 0.98 * time}},
	}}
}

func TestGate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "perf.json")
	gate := func(r *regress.Run) *recorder {
		tb := &recorder{}
		tb.during(func(tb testing.TB) { Gate(tb, path, r) })
		return tb
	}
	require.Contains(t, gate(run(2, 1e-6)).errors, "REGRESS_UPDATE=1 go test -run '^TestPerf$'", "a missing baseline fails with that hint")
	require.NoFileExists(t, path)

	t.Setenv(UpdateVariable, "1")
	require.Empty(t, gate(run(2, 1e-6)).errors)
	require.FileExists(t, path)

	t.Setenv(UpdateVariable, "")
	same := gate(run(2, 1.001e-6))
	require.Empty(t, same.errors)
	require.Contains(t, same.logs, "gate open")
	require.Contains(t, gate(run(3, 1e-6)).errors, "Encode-2", "one allocation more fails the test, with the report")

	t.Setenv(UpdateVariable, "1")
	require.Empty(t, gate(run(3, 1e-6)).errors, "a person who updates accepts the loss")
	t.Setenv(UpdateVariable, "")
	require.Empty(t, gate(run(3, 1e-6)).errors)

	require.NoError(t, os.WriteFile(path, []byte("{"), 0o644))
	require.Contains(t, gate(run(3, 1e-6)).errors, "not valid JSON")
	t.Setenv(UpdateVariable, "1")
	require.Contains(t, gate(run(3, 1e-6)).errors, "not valid JSON", "what cannot be read is not overwritten")
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "{", string(text))
}

func BenchmarkWork(b *testing.B) {
	b.ReportAllocs()
	b.SetBytes(100)
	for b.Loop() {
		_ = strings.Repeat("x", 100)
	}
	b.ReportMetric(3, "widgets/op")
	b.ReportMetric(2e6, "p99-ns/op")
}

func BenchmarkBroken(b *testing.B) { b.Fail() }

func TestBench(t *testing.T) {
	require.NoError(t, flag.Set("test.benchtime", "100x"))
	r := Bench(t, 3, BenchmarkWork)
	require.Equal(t, runtime.GOOS, r.Env.GOOS)
	name := "Work"
	if n := runtime.GOMAXPROCS(0); n > 1 {
		name = fmt.Sprintf("Work-%d", n)
	}
	got := map[string]regress.Series{}
	for _, s := range r.Series {
		require.Equal(t, name, s.Benchmark, "the name that go test prints")
		require.Len(t, s.Samples, 3)
		got[s.Metric] = s
	}
	require.Len(t, got, 6)
	require.Equal(t, []float64{1, 1, 1}, got["allocs/op"].Samples)
	require.Less(t, got["sec/op"].Samples[0], 1e-3, "in seconds")
	require.Greater(t, got["B/s"].Samples[0], 1e3)
	require.Equal(t, []float64{3, 3, 3}, got["widgets/op"].Samples)
	require.InDeltaSlice(t, []float64{2e-3, 2e-3, 2e-3}, got["p99-sec/op"].Samples, 1e-15)

	for why, f := range map[string]func(tb testing.TB){
		"failed or was skipped":        func(tb testing.TB) { Bench(tb, 1, BenchmarkBroken) },
		"must be at least 1":           func(tb testing.TB) { Bench(tb, 0, BenchmarkWork) },
		"must be a top-level function": func(tb testing.TB) { Bench(tb, 1, func(*testing.B) {}) },
	} {
		tb := &recorder{}
		tb.during(f)
		require.Contains(t, tb.errors, why)
	}
}
