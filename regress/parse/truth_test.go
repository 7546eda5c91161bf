package parse

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/org/regress-gate/regress"
)

// truthSuffix ends the name of a file that says what its fixture holds. Such
// files were made by plain scripts beside the tool's own output, by no code of
// this project.
const truthSuffix = ".expected.json"

// truth is what such a file says.
type truth struct {
	Parse   string // ok, ok-with-warnings, no-data or error, or several of them
	Metrics []truthMetric
	Runs    [][]truthMetric // in place of Metrics, where the file holds several runs
	Samples truthRows       // what the raw rows of the file give
}

type truthMetric struct {
	Name    string
	Value   float64
	Unit    string
	Better  string
	Printed json.RawMessage // the text in the fixture, which bounds its precision

	nth, of int // which of several of that name, as groups of a run have them
}

type truthRows struct {
	Count     int
	Min, Max  float64
	Mean      float64
	Deviation float64            `json:"stdev_sample"`
	Quantiles map[string]float64 `json:"nearest_rank"`
}

// check compares the rows' summary with the series that carry its names.
func (r truthRows) check(t *testing.T, run *regress.Run) {
	if r.Count == 0 {
		return
	}
	want := map[string]float64{"latency.min": r.Min, "latency.max": r.Max, "latency.mean": r.Mean, "latency.stdev": r.Deviation}
	for p, value := range r.Quantiles {
		want["latency."+p] = value
	}
	for _, s := range run.Series {
		if value, found := want[s.Metric]; found && s.Benchmark == "" && math.Abs(s.Samples[0]-value) > 1e-5*value+5e-10 {
			t.Errorf("%s = %v, want %v", s.Metric, s.Samples, value)
		}
	}
}

// numbered tells metrics of one name apart by their order.
func numbered(metrics []truthMetric) []truthMetric {
	of := map[string]int{}
	for i := range metrics {
		metrics[i].nth = of[metrics[i].Name]
		of[metrics[i].Name]++
	}
	for i := range metrics {
		metrics[i].of = of[metrics[i].Name]
	}
	return metrics
}

// TestTruth compares every fixture that has a truth beside it: the outcome, and
// each metric's value, unit and direction.
func TestTruth(t *testing.T) {
	for _, f := range List() {
		paths, err := filepath.Glob(filepath.Join("testdata", f.Name, "*"+truthSuffix))
		require.NoError(t, err)
		for _, path := range paths {
			t.Run(f.Name+"/"+filepath.Base(path), func(t *testing.T) {
				checkTruth(t, path)
			})
		}
	}
}

func checkTruth(t *testing.T, path string) {
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	var want truth
	require.NoError(t, json.Unmarshal(data, &want))
	run, err := readFile(t, strings.TrimSuffix(path, truthSuffix))
	if err != nil {
		require.Regexp(t, "error|no-data", want.Parse, "%v", err)
		return
	}
	require.Regexp(t, "ok|two-runs|decoded|read right", want.Parse)
	if want.Parse == "ok-with-warnings" {
		require.NotEmpty(t, run.Warnings)
	}
	want.Samples.check(t, run)
	runs := want.Runs
	if len(runs) == 0 {
		runs = [][]truthMetric{want.Metrics}
	}
	for i, metrics := range runs {
		switch {
		case strings.Contains(path, "/k6/"):
			metrics = k6Truth(metrics, path)
		case strings.Contains(path, "/artillery/"):
			metrics = artilleryTruth(metrics)
		}
		for _, m := range numbered(metrics) {
			checkMetric(t, run, m, i, len(runs))
		}
	}
}

// checkMetric looks for the metric of the i-th of the runs.
func checkMetric(t *testing.T, run *regress.Run, m truthMetric, i, runs int) {
	var found []regress.Series
	for _, s := range run.Series {
		if s.Metric == m.Name {
			found = append(found, s)
		}
	}
	if len(found) != m.of {
		t.Errorf("%d series called %s, want %d", len(found), m.Name, m.of)
		return
	}
	s := found[m.nth]
	if len(s.Samples) != runs || math.Abs(s.Samples[i]-m.Value) > precision(m.Value, m.Printed) {
		t.Errorf("%s = %v (broken %q), want %v", m.Name, s.Samples, s.Broken, m.Value)
	}
	if s.Unit != m.Unit {
		t.Errorf("%s has the unit %q, want %q", m.Name, s.Unit, m.Unit)
	}
	if m.Better != "undeclared" && s.Direction.String() != m.Better {
		t.Errorf("%s has the direction %s, want %s", m.Name, s.Direction, m.Better)
	}
}

// precision is half a unit of the last digit that the tool printed, in the base
// unit, and rounding of the arithmetic beside it.
func precision(value float64, printed json.RawMessage) float64 {
	rounding := 1e-6 * math.Abs(value)
	digits := strings.Trim(string(printed), `"`)
	number := strings.TrimRight(digits, "abcdefghijklmnopqrstuvwxyzµABCDEFGHIJKLMNOPQRSTUVWXYZ/%")
	var shown float64
	if json.Unmarshal([]byte(number), &shown) != nil || shown == 0 || value == 0 {
		return rounding
	}
	decimals := 0
	if _, fraction, ok := strings.Cut(number, "."); ok {
		decimals = len(fraction)
	}
	return rounding + 0.5*math.Pow10(-decimals)*math.Abs(value/shown)
}
