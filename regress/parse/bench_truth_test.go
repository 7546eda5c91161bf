package parse

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/org/regress-gate/regress"
)

// benchTruth is what the truth of a file with several benchmarks says of each.
type benchTruth struct {
	Parse      string
	Kind       string
	Results    json.RawMessage // a list, or a map by name
	Benchmarks map[string]struct {
		Real     []float64            `json:"real_time_s"`
		CPU      []float64            `json:"cpu_time_s"`
		Counters map[string][]float64 `json:"counters"`
	}
	Errors  []struct{ Name, Message string }
	Samples *struct {
		Count                      int
		Sum, Min, Max, Mean, Stdev float64
	}
}

type benchResult struct {
	Command, Name              string
	Parameters                 map[string]string
	N                          int
	Mean, Median, User, System number64
	Min, Max, Stddev, Ops      number64
	NSPerIter                  float64 `json:"ns_per_iter"`
	PlusMinus                  float64 `json:"plus_minus"`
	MBPerS                     float64 `json:"MB_per_s"`
	Estimate                   float64 `json:"estimate_s"`
	Rounds                     int
	MeanOfTimes                float64 `json:"mean_of_times"`
}

// number64 is a number that some truths write as a string.
type number64 float64

func (n *number64) UnmarshalJSON(data []byte) error {
	v, err := strconv.ParseFloat(strings.Trim(string(data), `"`), 64)
	*n = number64(v)
	return err
}

// TestBenchTruth compares the values of each benchmark with the truths beside the
// fixtures.
func TestBenchTruth(t *testing.T) {
	for _, format := range []string{"hyperfine", "gbench", "criterion", "libtest", "pytest"} {
		paths, err := filepath.Glob(filepath.Join("testdata", format, "*"+truthSuffix))
		require.NoError(t, err)
		require.NotEmpty(t, paths)
		for _, path := range paths {
			t.Run(format+"/"+filepath.Base(path), func(t *testing.T) { checkBenchTruth(t, format, path) })
		}
	}
}

func checkBenchTruth(t *testing.T, format, path string) {
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	var want benchTruth
	require.NoError(t, json.Unmarshal(data, &want))
	if want.Parse != "ok" {
		return // TestTruth holds that
	}
	run, err := readFile(t, strings.TrimSuffix(path, truthSuffix))
	require.NoError(t, err)
	for name, b := range want.Benchmarks {
		requireSamples(t, run, name, "real_time", b.Real...)
		requireSamples(t, run, name, "cpu_time", b.CPU...)
		for counter, values := range b.Counters {
			requireSamples(t, run, name, counter, values...)
		}
	}
	for _, e := range want.Errors {
		require.Contains(t, run.Warnings[0].Message, e.Name)
		require.Contains(t, run.Warnings[0].Message, e.Message)
	}
	if want.Samples != nil {
		s := find(t, run, "", "time")
		require.Len(t, s.Samples, want.Samples.Count)
		require.InEpsilon(t, want.Samples.Mean, average(s.Samples), 1e-9)
	}
	for _, r := range benchResults(t, want.Results) {
		switch {
		case r.NSPerIter > 0:
			requireSamples(t, run, r.Name, "time", r.NSPerIter)
			requireSamples(t, run, r.Name, "spread", r.PlusMinus)
			if r.MBPerS > 0 {
				requireSamples(t, run, r.Name, "throughput", 1e6*r.MBPerS)
			}
		case r.Estimate > 0:
			requireSamples(t, run, r.Name, "time", r.Estimate)
		case format == "pytest":
			s := find(t, run, r.Name, "time")
			require.Len(t, s.Samples, r.Rounds)
			require.InEpsilon(t, float64(r.Mean), average(s.Samples), 1e-9)
			require.InEpsilon(t, float64(r.Median), s.Center(), 1e-9)
			requireSamples(t, run, r.Name, "ops", float64(r.Ops))
		case want.Kind == "samples":
			s := find(t, run, r.Command, "time")
			require.Len(t, s.Samples, r.N)
			require.InDelta(t, float64(r.Mean), average(s.Samples), 1e-9)
			require.InDelta(t, float64(r.Median), s.Center(), 1e-12)
			requireSamples(t, run, r.Command, "user", float64(r.User))
			requireSamples(t, run, r.Command, "system", float64(r.System))
		default:
			for metric, v := range map[string]number64{
				"mean": r.Mean, "stddev": r.Stddev, "median": r.Median, "user": r.User, "system": r.System, "min": r.Min, "max": r.Max,
			} {
				requireSamples(t, run, r.Command, metric, float64(v))
			}
		}
	}
}

func benchResults(t *testing.T, data json.RawMessage) (list []benchResult) {
	if len(data) == 0 {
		return nil
	}
	if data[0] == '[' {
		require.NoError(t, json.Unmarshal(data, &list))
		return list
	}
	var byName map[string]benchResult
	require.NoError(t, json.Unmarshal(data, &byName))
	for name, r := range byName {
		r.Name = name
		list = append(list, r)
	}
	return list
}

func find(t *testing.T, run *regress.Run, benchmark, metric string) *regress.Series {
	t.Helper()
	for i := range run.Series {
		if run.Series[i].Key == (regress.Key{Benchmark: benchmark, Metric: metric}) {
			return &run.Series[i]
		}
	}
	require.Fail(t, "no such series", "%s %s", benchmark, metric)
	return nil
}

func requireSamples(t *testing.T, run *regress.Run, benchmark, metric string, want ...float64) {
	t.Helper()
	s := find(t, run, benchmark, metric)
	require.Len(t, s.Samples, len(want), "%s %s", benchmark, metric)
	for i, v := range want {
		require.InDelta(t, v, s.Samples[i], 1e-12*max(v, -v)+1e-300, "%s %s", benchmark, metric)
	}
}

func average(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}
