package parse

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"golang.org/x/perf/benchfmt"

	"github.com/org/regress-gate/regress"
)

// summary is a run in a form that a table can hold: "name metric" → samples, or
// what is wrong with them.
func summary(run *regress.Run) map[string]string {
	m := map[string]string{}
	for _, s := range run.Series {
		m[s.Key.String()] = strings.Trim(fmt.Sprint(s.Samples), "[]") + s.Broken
	}
	return m
}

func messages(run *regress.Run) (list []string) {
	for _, w := range run.Warnings {
		list = append(list, fmt.Sprintf("%d: %s", w.Line, w.Message))
	}
	return list
}

type goBenchCase struct {
	name     string
	why      string
	log      string
	want     map[string]string
	warnings []string
	err      string
}

var goBenchCases = []goBenchCase{
	{
		name: "negative and zero times",
		why:  "clocks step, and timers are coarse: implausible is for the judge to say",
		log:  "BenchmarkA-2 10 -5 ns/op\nBenchmarkA-2 10 0 ns/op\n",
		want: map[string]string{"A-2 sec/op": "-5e-09 0"},
	},
	{
		name: "units",
		why:  "any unit of ReportMetric is one, tidied only where benchunit does",
		log:  "BenchmarkA 10 5 ns/op 2.5 MB/s 1 p99-ns/op 7 %hit 3 ns/GC 4 µs/req 0 allocs/op\n",
		want: map[string]string{
			"A sec/op": "5e-09", "A B/s": "2.5e+06", "A p99-sec/op": "1e-09", "A %hit": "7",
			"A sec/GC": "3e-09", "A µs/req": "4", "A allocs/op": "0",
		},
	},
	{
		name: "one metric in two units",
		why:  "ns/op and sec/op are one metric, not two with one name",
		log:  "BenchmarkA 10 5 ns/op\nBenchmarkA 10 6e-9 sec/op\n",
		want: map[string]string{"A sec/op": "5e-09 6e-09"},
	},
	{
		name:     "a metric twice in a line",
		why:      "no one can say which of the two it is",
		log:      "BenchmarkA 10 5 ns/op 6 ns/op\nBenchmarkB 10 5 ns/op\n",
		want:     map[string]string{"B sec/op": "5e-09"},
		warnings: []string{`1: the result of "BenchmarkA" is left out: the unit "ns/op" stands there twice`},
	},
	{
		name: "metrics that come and go",
		why:  "b.ReportMetric may be conditional, and the fast path expects the same metrics again",
		log:  "BenchmarkA 10 5 ns/op\nBenchmarkA 10 6 ns/op 1 misses/op\nBenchmarkA 10 7 ns/op\nBenchmarkA 10 2 misses/op 8 ns/op\n",
		want: map[string]string{"A sec/op": "5e-09 6e-09 7e-09 8e-09", "A misses/op": "1 2"},
	},
	{
		name: "names",
		why:  "names hold every printable character; -N is kept, and so is a bare func Benchmark",
		log: "BenchmarkA=1/b:c=d_e#01-2 10 1 ns/op\nBenchmarkGröße/λ=µ-2 10 2 ns/op\nBenchmark-8 10 3 ns/op\nBenchmark\t10\t4 ns/op\n" +
			"Benchmark_x 10 5 ns/op\n",
		want: map[string]string{"A=1/b:c=d_e#01-2 sec/op": "1e-09", "Größe/λ=µ-2 sec/op": "2e-09", "Benchmark-8 sec/op": "3e-09", "Benchmark sec/op": "4e-09", "_x sec/op": "5e-09"},
	},
	{
		name: "a long name",
		why:  "10 kB are allowed",
		log:  "Benchmark" + strings.Repeat("X", 10_000) + " 10 5 ns/op\n",
		want: map[string]string{strings.Repeat("X", 10_000) + " sec/op": "5e-09"},
	},
	{
		name: "a name without end",
		why:  "it would be repeated in every output",
		log:  "PASS\nBenchmark" + strings.Repeat("X", 100_000) + " 10 5 ns/op\n",
		err:  "log:2: benchmark name of",
	},
	{
		name: "a control character in a name",
		why:  "no output can carry it",
		log:  "PASS\nBenchmarkA\x07 10 5 ns/op\n",
		err:  "log:2: benchmark name of",
	},
	{
		name: "invalid UTF-8 in a unit",
		why:  "JSON cannot carry it",
		log:  "BenchmarkA 10 5 \xff/op\n",
		err:  "log:1: metric name of",
	},
	{
		name: "not finite",
		why:  "the series cannot be compared and says why; the finite samples stay",
		log:  "BenchmarkA 10 5 ns/op\nBenchmarkA 10 NaN ns/op\nBenchmarkA 10 -Inf ns/op\nBenchmarkA 10 7 ns/op\nBenchmarkB 10 1e400 ns/op\n",
		want: map[string]string{"A sec/op": "5e-09 7e-09sample 2 is NaN", "B sec/op": "sample 1 is 1e400, out of range"},
	},
	{
		name:     "a single iteration",
		why:      "one remark for each benchmark, whatever -count is",
		log:      "BenchmarkA 1 5 ns/op\nBenchmarkA 1 6 ns/op\nBenchmarkA 2 7 ns/op\n",
		want:     map[string]string{"A sec/op": "5e-09 6e-09 7e-09"},
		warnings: []string{"1: A ran a single iteration: its time is not a steady state (use a longer -benchtime)"},
	},
	{
		name: "prose",
		why:  "a line is no result because it begins with Benchmark",
		log:  "Benchmark results of today:\nBenchmarking 10 5 ns/op\nBenchmarkA is slow\nBenchmark 1: sort\nBenchmarkB 10 5 ns/op\n",
		want: map[string]string{"B sec/op": "5e-09"},
	},
	{
		name: "damaged results",
		why:  "each is left out as a whole, and said",
		log:  "BenchmarkA 10 5 ns/op 6\nBenchmarkA 10 5 6\nBenchmarkA 10 0x10 ns/op\nBenchmarkA 0 5 ns/op\nBenchmarkB\t10\nBenchmarkB 10 5 ns/op\n",
		want: map[string]string{"B sec/op": "5e-09"},
		warnings: []string{
			`1: the result of "BenchmarkA" is left out: "6" has no unit`,
			`2: the result of "BenchmarkA" is left out: "6" is not a unit`,
			`3: the result of "BenchmarkA" is left out: "0x10" is not a number`,
			`4: the result of "BenchmarkA" is left out: it ran no iteration`,
			`5: the result of "BenchmarkB" is left out: no measurement`,
		},
	},
	{
		name: "a broken result in doubt",
		why:  "two lines look like its numbers: neither is taken",
		log:  "BenchmarkA-2 \tstart\n     100\t        99 ns/op\n     200\t       166.9 ns/op\nBenchmarkB-2 \t     100\t         5 ns/op\n",
		want: map[string]string{"B-2 sec/op": "5e-09"},
		warnings: []string{
			`1: the result of "BenchmarkA-2" is broken by what it printed, and left out (run go test with -json)`,
		},
	},
	{
		name: "a broken result and noise",
		why:  "only the exact columns of package testing are believed",
		log:  "BenchmarkA-2 \t100 items\n12345 ns/op is not a result\n 100\t 99 ns/op\n     100\t  99 ns/op or so\n     200\t       166.9 ns/op\t       1 x\nBenchmarkB-2 \t     100\t         5 ns/op\n",
		want: map[string]string{"A-2 sec/op": "1.669e-07", "A-2 x": "1", "B-2 sec/op": "5e-09"},
	},
	{
		name: "broken results of one benchmark keep their order",
		why:  "with -count, samples are in measuring order",
		log:  "BenchmarkA-2 \tx\n     100\t        10 ns/op\nBenchmarkA-2 \tx\n     100\t        11 ns/op\nBenchmarkA-2 \t     100\t        12 ns/op\nPASS\n",
		want: map[string]string{"A-2 sec/op": "1e-08 1.1e-08 1.2e-08"},
	},
	{
		name:     "failed after its name",
		why:      "what it printed before it failed is no result",
		log:      "BenchmarkA-2 \tx\n     100\t        10 ns/op\n--- FAIL: BenchmarkA\nBenchmarkB-2 \t--- FAIL: BenchmarkB\nBenchmarkC-2 \t     100\t        12 ns/op\n",
		want:     map[string]string{"C-2 sec/op": "1.2e-08"},
		warnings: []string{`3: "BenchmarkA" failed`, `4: "BenchmarkB" failed`},
	},
	{
		name: "a panic after output",
		why:  "the line that looks like its numbers may be output: in doubt, none",
		log:  "BenchmarkA-2 \tx\n     100\t        10 ns/op\npanic: oh\nBenchmarkB-2 \t     100\t         5 ns/op\n",
		want: map[string]string{"B-2 sec/op": "5e-09"},
		warnings: []string{
			`1: the result of "BenchmarkA-2" is broken by what it printed, and left out (run go test with -json)`,
			`3: "panic: oh": the results after it are missing`,
		},
	},
	{
		name:     "numbers without a name",
		why:      "left out, and said",
		log:      "BenchmarkB-2 \t     100\t         5 ns/op\n     100\t         6 ns/op\n",
		want:     map[string]string{"B-2 sec/op": "5e-09"},
		warnings: []string{`2: a result without the name of its benchmark is left out: "     100\t         6 ns/op"`},
	},
	{
		name:     "output before the name",
		why:      "the result is lost, which must be said",
		log:      "BenchmarkA\nworking...BenchmarkA-2 \t     100\t         5 ns/op\nBenchmarkB\nBenchmarkB-2 \t     100\t         5 ns/op\n",
		want:     map[string]string{"B-2 sec/op": "5e-09"},
		warnings: []string{`2: a result behind other output in one line is left out: "working...BenchmarkA-2 \t     100\t         5 ns/op" (run go test with -json)`},
	},
	{
		name:     "started and never finished",
		why:      "-v says what was started, so what has no result is known",
		log:      "BenchmarkA\nBenchmarkA/x\nBenchmarkA/x-2 \t     100\t         5 ns/op\nBenchmarkB\nBenchmarkC\nBenchmarkC-2 \t     100\t         5 ns/op\nPASS\n",
		want:     map[string]string{"A/x-2 sec/op": "5e-09", "C-2 sec/op": "5e-09"},
		warnings: []string{`5: "BenchmarkB" was started and has no result`},
	},
	{
		name:     "FAIL of a test binary",
		why:      "it names no package and no benchmark, and yet something failed",
		log:      "BenchmarkA 10 5 ns/op\nFAIL\n",
		want:     map[string]string{"A sec/op": "5e-09"},
		warnings: []string{"2: go test failed (FAIL): results may be missing"},
	},
	{
		name:     "setup failed",
		why:      "a third way for a package to have no results",
		log:      "BenchmarkA 10 5 ns/op\nFAIL\texample.com/x [setup failed]\nFAIL\n",
		want:     map[string]string{"A sec/op": "5e-09"},
		warnings: []string{`2: package "example.com/x" could not be set up: its results are missing`},
	},
	{
		name:     "a panic under -v",
		why:      "the rest is missing",
		log:      "BenchmarkA\nBenchmarkA 10 5 ns/op\nBenchmarkB\npanic: oh\x1b[0m\nfatal error: \xff\n",
		want:     map[string]string{"A sec/op": "5e-09"},
		warnings: []string{`4: "panic: oh": the results after it are missing`, `5: "fatal error: \xff": the results after it are missing`},
	},
	{
		name:     "cut in a unit",
		why:      "8 allocs/o is not a new metric",
		log:      "BenchmarkA 10 5 ns/op 8 allocs/op\nBenchmarkA 10 5 ns/op 8 allocs/o",
		want:     map[string]string{"A sec/op": "5e-09", "A allocs/op": "8"},
		warnings: []string{`2: the file is cut off within its last line, "BenchmarkA 10 5 ns/op 8 allocs/o": that line is left out`},
	},
	{
		name:     "cut in the word Benchmark",
		why:      "a result may have begun",
		log:      "BenchmarkA 10 5 ns/op\nBench",
		want:     map[string]string{"A sec/op": "5e-09"},
		warnings: []string{`2: the file is cut off within its last line, "Bench": that line is left out`},
	},
	{
		name:     "too many metrics",
		why:      "a hostile line costs no time",
		log:      "BenchmarkA 10" + strings.Repeat(" 1 x", 2000) + "\nBenchmarkA 10 5 ns/op\n",
		want:     map[string]string{"A sec/op": "5e-09"},
		warnings: []string{`1: the result of "BenchmarkA" is left out: more than 1000 metrics`},
	},
	{
		name: "only a cut line",
		why:  "no result, and the reason",
		log:  "BenchmarkA 10 5 ns/op",
		err:  "cut off within its last line",
	},
	{
		name: "no line end after ok",
		why:  "editors and $(…) take it away; nothing is lost",
		log:  "pkg: x\nBenchmarkA 10 5 ns/op\nok  \tx\t0.1s",
		want: map[string]string{"A sec/op": "5e-09"},
	},
	{
		name:     "cut between lines",
		why:      "every line is whole, and yet the end is missing",
		log:      "goos: linux\npkg: x\nBenchmarkA 10 5 ns/op\ngoos: linux\npkg: y\nBenchmarkB 10 5 ns/op\n",
		want:     map[string]string{"A sec/op": "5e-09", "B sec/op": "5e-09"},
		warnings: []string{`4: the log of package "x" ends here without PASS, ok or FAIL: it may be cut off`, `6: the log of package "y" ends here without PASS, ok or FAIL: it may be cut off`},
	},
	{
		name: "two machines",
		why:  "no one could say which result belongs to which",
		log:  "goos: linux\ncpu: A\nBenchmarkA 10 5 ns/op\nPASS\ngoos: linux\ncpu: B\nBenchmarkA 10 5 ns/op\n",
		err:  `log:6: cpu is "B" here and another one in line 2: give the runs of two machines as two files`,
	},
	{
		name: "a benchmark that prints cpu:",
		why:  "it is no header",
		log:  "goos: linux\ncpu: A\nBenchmarkA 10 5 ns/op\ncpu: 87%\nBenchmarkA 10 6 ns/op\n",
		want: map[string]string{"A sec/op": "5e-09 6e-09"},
	},
	{
		name: "three packages, one name",
		why:  "each series of the shared name is qualified, the others are not; an unnamed package cannot be",
		log:  "BenchmarkA 10 1 ns/op\npkg: x/y\nBenchmarkA 10 2 ns/op\nBenchmarkB 10 3 ns/op\nPASS\npkg: z\nBenchmarkA 10 4 ns/op\nPASS\n",
		want: map[string]string{"A sec/op": "1e-09", "x/y.A sec/op": "2e-09", "B sec/op": "3e-09", "z.A sec/op": "4e-09"},
	},
	{
		name: "unit metadata",
		why:  "part of the Go benchmark format; prose that begins with Unit is not",
		log:  "Unit ns/op better=higher assume=exact\nUnit tests are fine\nBenchmarkA 10 5 ns/op\n",
		want: map[string]string{"A sec/op": "5e-09"},
	},
	{
		name: "colours and time stamps",
		why:  "CI logs have both, in every order and with every precision",
		log: "\x1b[36m2026-11-23T14:00:00Z\x1b[0m BenchmarkA 10 5 ns/op\n2026-11-23T14:00:00.0000000Z BenchmarkA 10 6 ns/op\n" +
			"2026-11-23T14:00:00.1+02:00\tBenchmark\x1b[1;31mA\x1b[0m 10 7 ns/op\nBenchmark\x1b[1mA 10 8 ns/op\x1b[0m\n",
		want: map[string]string{"A sec/op": "5e-09 6e-09 7e-09 8e-09"},
	},
	{
		name: "no match",
		why:  "PASS with nothing in it is not a pass",
		log:  "PASS\nok  \tx\t0.1s\n",
		err:  "log: no benchmark result (run go test with -bench, and check that its pattern matches)",
	},
	{
		name: "nothing built",
		why:  "the reason stands in the error",
		log:  "FAIL\tx [build failed]\nFAIL\n",
		err:  "log:1: package \"x\" did not build: its results are missing",
	},
}

func TestGoBench(t *testing.T) {
	for _, c := range goBenchCases {
		t.Run(c.name, func(t *testing.T) {
			run, err := Read(strings.NewReader(c.log), "log", "gobench")
			if c.err != "" {
				require.ErrorContains(t, err, c.err, c.why)
				require.Nil(t, run)
				return
			}
			require.NoError(t, err, c.why)
			if diff := cmp.Diff(c.want, summary(run)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.why, diff)
			}
			if diff := cmp.Diff(c.warnings, messages(run)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.why, diff)
			}
		})
	}
}

func TestUnitMetadata(t *testing.T) {
	run, err := Read(strings.NewReader("Unit MB/s better=lower\nBenchmarkA 10 5 ns/op 2 MB/s 3 wire-bytes\nUnit wire-bytes better=higher assume=exact color=red\n"), "log", "gobench")
	require.NoError(t, err)
	var got []string
	for _, s := range run.Series {
		got = append(got, fmt.Sprintf("%s %q %v", s.Metric, s.Direction, s.Exact))
	}
	require.Equal(t, []string{`sec/op "undeclared" false`, `B/s "lower" false`, `wire-bytes "higher" true`}, got)
}

// TestWarningsAreBounded also holds that remarks never hide a failure.
func TestWarningsAreBounded(t *testing.T) {
	var log strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&log, "BenchmarkA%d 1 5 ns/op\n", i)
	}
	log.WriteString("FAIL\tx\t0.1s\n")
	run, err := Read(strings.NewReader(log.String()), "log", "")
	require.NoError(t, err)
	require.Len(t, run.Warnings, maxWarnings+2)
	require.Equal(t, `log:1001: package "x" failed: its results may be incomplete`, run.Warnings[maxWarnings].String())
	require.Equal(t, `log: and 900 more warnings`, run.Warnings[maxWarnings+1].String())
}

// TestGoBenchAgreesWithBenchfmt compares with the reader of the Go project,
// which multiplies by 1e-9 where this package shifts the exponent.
func TestGoBenchAgreesWithBenchfmt(t *testing.T) {
	for _, name := range []string{"std-json.base.txt", "std-sort.base.txt", "std-strings.base.txt", "uuid.base.txt",
		"usersvc.cpu12.txt", "usersvc.slow.txt", "nasty.v.txt", "abba.handmade.txt"} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join("testdata", "gobench", name)
			f, err := os.Open(path)
			require.NoError(t, err)
			defer f.Close()
			var want []string
			packages := map[string]bool{}
			for r := benchfmt.NewReader(f, name); r.Scan(); {
				result, ok := r.Result().(*benchfmt.Result)
				if !ok {
					continue
				}
				packages[result.GetConfig("pkg")] = true
				for _, v := range result.Values {
					want = append(want, fmt.Sprintf("%s %s %.14g", result.Name, v.Unit, v.Value))
				}
			}
			run, err := readFile(t, path)
			require.NoError(t, err)
			var got []string
			for _, s := range run.Series {
				name := s.Benchmark
				for path := range packages {
					name = strings.TrimPrefix(name, path+".")
				}
				for _, v := range s.Samples {
					got = append(got, fmt.Sprintf("%s %s %.14g", name, s.Unit, v))
				}
			}
			require.NotEmpty(t, got)
			require.ElementsMatch(t, want, got)
		})
	}
}
