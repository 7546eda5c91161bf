package regresstest

import (
	"maps"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/internal/host"
	"github.com/org/regress-gate/regress/unit"
)

// Bench runs each benchmark count times, in rounds over all of them so that a
// drift of the machine hits them alike, and returns what they measured: sec/op,
// B/op, allocs/op, B/s after b.SetBytes, and the metrics of b.ReportMetric. The
// names are those of go test -bench, "Encode-8" for BenchmarkEncode. The flag
// -test.benchtime holds here too.
//
// Ten rounds are a good count; fewer than four can prove nothing. A benchmark
// that fails, is skipped, or is no top-level function ends the test.
func Bench(tb testing.TB, count int, benchmarks ...func(*testing.B)) *regress.Run {
	tb.Helper()
	if count < 1 {
		tb.Fatalf("regresstest: count is %d, and must be at least 1", count)
	}
	c := collector{at: map[regress.Key]int{}, run: &regress.Run{Env: host.Env()}}
	for range count {
		for _, f := range benchmarks {
			name := benchmarkName(f)
			if name == "" {
				tb.Fatalf("regresstest: a benchmark must be a top-level function named BenchmarkX")
			}
			result := testing.Benchmark(f)
			if result.N == 0 {
				tb.Fatalf("regresstest: benchmark %s failed or was skipped", name)
			}
			c.collect(name, result)
		}
	}
	if err := c.run.Validate(); err != nil {
		tb.Fatalf("regresstest: %v", err)
	}
	return c.run
}

// benchmarkName is the name that go test prints, or "" for a function literal.
func benchmarkName(f func(*testing.B)) string {
	full := runtime.FuncForPC(reflect.ValueOf(f).Pointer()).Name()
	name, ok := strings.CutPrefix(full[strings.LastIndexByte(full, '.')+1:], "Benchmark")
	if !ok {
		return ""
	}
	if n := runtime.GOMAXPROCS(0); n > 1 {
		name += "-" + strconv.Itoa(n)
	}
	return name
}

type collector struct {
	run *regress.Run
	at  map[regress.Key]int
}

func (c *collector) collect(name string, r testing.BenchmarkResult) {
	n := float64(r.N)
	_, ownTime := r.Extra["ns/op"] // ReportMetric replaces it, and 0 hides it
	if !ownTime {
		c.add(name, "ns/op", float64(r.T.Nanoseconds())/n)
	}
	if r.Bytes > 0 && r.T > 0 {
		c.add(name, "B/s", float64(r.Bytes)*n/r.T.Seconds())
	}
	c.add(name, "B/op", float64(r.AllocedBytesPerOp()))
	c.add(name, "allocs/op", float64(r.AllocsPerOp()))
	for _, u := range slices.Sorted(maps.Keys(r.Extra)) {
		if v := r.Extra[u]; u != "ns/op" || v != 0 {
			c.add(name, u, v)
		}
	}
}

// add appends a sample under the unit that go test's own readers use.
func (c *collector) add(name, written string, v float64) {
	u := unit.Parse(written)
	key := regress.Key{Benchmark: name, Metric: u.Base}
	i, known := c.at[key]
	if !known {
		i = len(c.run.Series)
		c.at[key] = i
		c.run.Series = append(c.run.Series, regress.Series{Key: key, Unit: u.Base})
	}
	c.run.Series[i].Samples = append(c.run.Series[i].Samples, v*u.Factor)
}
