package parse

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// artilleryTruth leaves the direction of failures open: the truth of the JSON says
// lower, and that of the text, of the same run, info.
func artilleryTruth(metrics []truthMetric) []truthMetric {
	for i := range metrics {
		if m := &metrics[i]; m.Name == "vusers.failed" || strings.HasPrefix(m.Name, "errors.") {
			m.Better = "undeclared"
		}
	}
	return metrics
}

// TestArtilleryDerived compares what is derived with the truth.
func TestArtilleryDerived(t *testing.T) {
	for _, name := range []string{"base.json", "base2.json", "slow.json", "seed-verbatim.json", "base.v1.json", "slow.v1.json"} {
		data, err := os.ReadFile("testdata/artillery/" + name + truthSuffix)
		require.NoError(t, err)
		var want struct {
			Requests   float64
			Failed     float64  `json:"http_4xx_5xx"`
			Duration   *float64 `json:"duration_s"`
			Throughput float64  `json:"throughput_derived"`
		}
		require.NoError(t, json.Unmarshal(data, &want))
		run, err := readFile(t, "testdata/artillery/"+name)
		require.NoError(t, err)
		require.InDelta(t, want.Failed/want.Requests, lookup(t, run, "", "error_rate"), 1e-9, name)
		if want.Duration != nil {
			require.InDelta(t, *want.Duration, lookup(t, run, "", "duration"), 1e-9)
			require.InDelta(t, want.Throughput, lookup(t, run, "", "throughput"), 1e-6)
		}
	}
}

// TestArtilleryTexts holds that the text of either version says what the JSON of
// the same run does.
func TestArtilleryTexts(t *testing.T) {
	for text, report := range map[string]string{"slow.txt": "slow.json", "slow.v1.txt": "slow.v1.json", "base.v1.txt": "base.v1.json"} {
		got, err := readFile(t, "testdata/artillery/"+text)
		require.NoError(t, err)
		want, err := readFile(t, "testdata/artillery/"+report)
		require.NoError(t, err)
		require.Greater(t, len(got.Series), 10)
		for _, s := range got.Series {
			if s.Metric != "rps.mean" { // 1.x counts it once more for the text
				require.Equal(t, lookup(t, want, "", s.Metric), s.Samples[0], "%s: %s", text, s.Metric)
			}
			for _, w := range want.Series {
				if w.Metric == s.Metric {
					require.Equal(t, w.Unit, s.Unit, s.Metric)
					require.Equal(t, w.Direction, s.Direction, s.Metric)
				}
			}
		}
	}
}

func TestArtilleryRefuses(t *testing.T) {
	const title = "--------\nSummary report @ 14:43:44(+0000)\n--------\n\n"
	for text, want := range map[string]string{
		`{"aggregate": {"counters": {}, "firstMetricAt": 1}}`:                                                      "not one request",
		`{"aggregate": {"counters": {"vusers.created": 2, "http.requests": 2}}}`:                                   "not one of 2 requests was answered",
		`{"aggregate": {"counters": {"vusers.created": 1, "http.requests": "2"}}}`:                                 "file:1: http.requests must be a number",
		`{"aggregate": {"counters": {"vusers.created": 2, `:                                                        "truncated",
		`{"intermediate": [{"counters": {"vusers.created": 2}}]}`:                                                  "no aggregate",
		`{"aggregate": {"counters": {}, "scenariosCreated": 3, "requestsCompleted": 0, "latency": {"min": null}}}`: "not one request",
		"Report @ 14:43:44(+0000)\n  Scenarios launched:  2\n":                                                     "no summary report",
		title + "No measurements recorded during this period\n":                                                    "not one request",
		title + "http.requests: ...... 2\nhttp.responses: ...... 2\n":                                              "is cut off",
		title + "http.requests: ...... many\n":                                                                     "is no number",
		title + "http.requests: ...... 2\nhttp.requests: ...... 3\n":                                               "a second time",
	} {
		_, err := readText(t, "artillery", text)
		require.ErrorContains(t, err, want, text)
	}
}

// TestArtilleryAllFailed holds that answers with nothing but errors are a warning.
func TestArtilleryAllFailed(t *testing.T) {
	run, err := readText(t, "auto", `{"aggregate": {"counters": {"vusers.created": 2, "http.requests": 2, "http.responses": 1, "http.codes.503": 1, "errors.ETIMEDOUT": 1}, "rates": null,
		"summaries": {"http.response_time": {"min": 1, "p99": null}, "my_metric": {"p95": 3}}}, "intermediate": []}`)
	require.NoError(t, err)
	require.Equal(t, 1.0, lookup(t, run, "", "error_rate"))
	require.Len(t, run.Warnings, 1)
	for _, s := range run.Series {
		require.Equal(t, s.Metric == "http.response_time.p99", s.Broken != "", s.Metric)
		if s.Metric == "my_metric.p95" {
			require.Empty(t, s.Unit)
		}
	}
}

// TestArtilleryColours holds colours, a long name that is cut, and two runs.
func TestArtilleryColours(t *testing.T) {
	const report = "\x1b[32mSummary report @ 14:43:44(+0000)\x1b[39m\r\n\r\nhttp.requests: .............. 10\r\nhttp.responses: ............. 10\r\nhttp.response_time:\r\n  p95: ...................... 2.5\r\nplugins.metrics-by-endpoint.response_time./users/{{ us... .. 3\r\nvusers.created: .... 5\r\nLog file: a b\r\n"
	run, err := readText(t, "auto", report+report)
	require.NoError(t, err)
	for _, s := range run.Series {
		require.Len(t, s.Samples, 2, s.Metric)
	}
}
