package parse

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestLocustNames compares each endpoint and the whole run with the truth.
func TestLocustNames(t *testing.T) {
	for _, name := range []string{"base", "base2", "slow"} {
		path := "testdata/locust/" + name + "_stats.csv"
		data, err := os.ReadFile(path + truthSuffix)
		require.NoError(t, err)
		var want struct {
			By map[string]map[string]float64 `json:"by_name"`
		}
		require.NoError(t, json.Unmarshal(data, &want))
		run, err := readFile(t, path)
		require.NoError(t, err)
		require.Len(t, want.By, 4)
		for name, values := range want.By {
			name = strings.TrimPrefix(name, "Aggregated")
			for key, metric := range map[string]string{
				"median_ms": "latency.p50", "mean_ms": "latency.mean", "min_ms": "latency.min", "max_ms": "latency.max",
				"p95_ms": "latency.p95", "p99_ms": "latency.p99",
			} {
				require.InDelta(t, values[key]/1000, lookup(t, run, name, metric), 1e-9, metric)
			}
			require.Equal(t, values["requests"], lookup(t, run, name, "requests"))
			require.Equal(t, values["failures"], lookup(t, run, name, "errors"))
			require.Equal(t, values["rps"], lookup(t, run, name, "throughput"))
		}
	}
}

// TestLocustText holds the layouts of the tables from 0.14 to 2.
func TestLocustText(t *testing.T) {
	const rule = "--------------------------------------------------------------------------------\n"
	for name, text := range map[string]string{
		"0.14": " Name                          # reqs      # fails     Avg     Min     Max  |  Median   req/s failures/s\n" + rule +
			" GET /a b                          10     1(10.00%)      12       3      90  |      11    2.50    0.25\n" + rule +
			" Aggregated                        10     1(10.00%)      12       3      90  |      11    2.50    0.25\n\n" +
			"Percentage of the requests completed within given times\n" +
			" Name                           # reqs    50%    66%    75%    80%    90%    95%    98%    99%  99.9% 99.99%   100%\n" + rule +
			" GET /a b                           10     11     12     13     14     15     16     17     18     19     20     90\n" + rule +
			" Aggregated                         10     11     12     13     14     15     16     17     18     19     20     90\n",
		"1.6": " Name                 # reqs      # fails  |     Avg     Min     Max  Median  |   req/s failures/s\n" + rule +
			" GET /a b                 10     1(10.00%)  |      12       3      90      11  |    2.50    0.25\n" + rule +
			" Aggregated               10     1(10.00%)  |      12       3      90      11  |    2.50    0.25\n\n" +
			"Response time percentiles (approximated)\n" +
			" Type     Name       50%    66%    75%    80%    90%    95%    98%    99%  99.9% 99.99%   100% # reqs\n--------|---|---\n" +
			" GET      /a b        11     12     13     14     15     16     17     18     19     20     90     10\n--------|---|---\n" +
			" None     Aggregated        11     12     13     14     15     16     17     18     19     20     90     10\n",
	} {
		run, err := readText(t, "auto", text)
		require.NoError(t, err, name)
		for _, benchmark := range []string{"", "GET /a b"} {
			for metric, want := range map[string]float64{
				"requests": 10, "errors": 1, "error_rate": 0.1, "throughput": 2.5, "latency.mean": 0.012, "latency.min": 0.003,
				"latency.max": 0.090, "latency.p50": 0.011, "latency.p95": 0.016, "latency.p99.99": 0.020,
			} {
				require.InDelta(t, want, lookup(t, run, benchmark, metric), 1e-12, "%s: %s %s", name, benchmark, metric)
			}
		}
		// A second run in the same log is a second sample.
		again, err := readText(t, "auto", text+text)
		require.NoError(t, err)
		require.Len(t, again.Series[0].Samples, 2)
		// A table of the time until then is no run, and it alone is no end.
		progress, _, _ := strings.Cut(text, "\n\n")
		later, err := readText(t, "auto", progress+"\n\n"+text)
		require.NoError(t, err)
		require.Equal(t, 10.0, lookup(t, later, "", "requests"))
		_, err = readText(t, "auto", progress+"\n")
		require.ErrorContains(t, err, "did not come to its end")
	}
}

func TestLocustJSON(t *testing.T) {
	run, err := readText(t, "auto", `[
	  {"name": "/a", "method": "GET", "num_requests": 4, "num_none_requests": 0, "num_failures": 1, "total_response_time": 40.0,
	   "max_response_time": 25.2, "min_response_time": 1.5, "response_times": {"2": 1, "6": 2, "25": 1}, "start_time": 100.0, "last_request_timestamp": 102.0},
	  {"name": "/b", "method": "POST", "num_requests": 6, "num_none_requests": 0, "num_failures": 0, "total_response_time": 600.0,
	   "max_response_time": 110.0, "min_response_time": 90.0, "response_times": {"90": 3, "110": 3}, "start_time": 100.0, "last_request_timestamp": 105.0}]`)
	require.NoError(t, err)
	for key, want := range map[[2]string]float64{
		{"", "requests"}: 10, {"", "error_rate"}: 0.1, {"", "throughput"}: 2, {"", "latency.mean"}: 0.064, {"", "latency.p50"}: 0.090,
		{"", "latency.p99"}: 0.110, {"", "latency.min"}: 0.0015, {"GET /a", "latency.p50"}: 0.006, {"GET /a", "throughput"}: 2, {"POST /b", "error_rate"}: 0,
	} {
		require.InDelta(t, want, lookup(t, run, key[0], key[1]), 1e-12, "%v", key)
	}
}

func TestLocustHistory(t *testing.T) {
	const header = "Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%,95%,Total Request Count,Total Failure Count,Total Median Response Time,Total Average Response Time,Total Min Response Time,Total Max Response Time,Total Average Content Size\r\n"
	run, err := readText(t, "auto", header+
		"1000,0,,Aggregated,0.0,0.0,N/A,N/A,0,0,0,0.0,0,0,0\r\n"+
		"1100,5,GET,/a,9.0,0.0,3,4,400,2,5,6.5,1,50,10\r\n1100,5,,Aggregated,9.0,0.0,3,4,400,2,5,6.5,1,50,10\r\n"+
		"1200,5,GET,/a,9.0,0.0,3,4,1000,4,6,7.5,1,60,10\r\n1200,5,,Aggregated,9.0,0.0,3,4,1000,4,6,7.5,1,60,10\r\n")
	require.NoError(t, err)
	for metric, want := range map[string]float64{"requests": 1000, "errors": 4, "latency.p50": 0.006, "latency.mean": 0.0075, "latency.max": 0.060, "throughput": 5} {
		require.InDelta(t, want, lookup(t, run, "", metric), 1e-12, metric)
		require.InDelta(t, want, lookup(t, run, "GET /a", metric), 1e-12, metric)
	}
}

func TestLocustRefuses(t *testing.T) {
	const header = "Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,Min Response Time,Max Response Time,Average Content Size,Requests/s,Failures/s,50%,100%\r\n"
	const row = "GET,/a,3,0,1,1.0,1,1,1.0,2.0,0.0,1,1\r\n"
	for text, want := range map[string]string{
		header:       "no row of the whole run",
		header + row: "no row of the whole run",
		header + ",Aggregated,0,0,0,0.0,0,0,0,0.0,0.0,N/A,N/A\r\n":                                    "file:2: not one request",
		header + ",Aggregated,3,0,1":                                                                  "cut off within its last row",
		header + ",Aggregated,3,0,1\r\n":                                                              "file:2: 5 columns",
		header + ",Aggregated,three,0,1,1.0,1,1,1.0,2.0,0.0,1,1\r\n":                                  "not a count",
		header + ",Aggregated,3,5,1,1.0,1,1,1.0,2.0,0.0,1,1\r\n":                                      "5 failures of 3 requests",
		"Method,Name,Error,Occurrences\r\n":                                                           "no failure is listed",
		`[{"name": "a", "num_requests": 0, "response_times": {}}]`:                                    "not one request",
		`[{"name": "a", "num_requests": 1, "response_times": {"x": 1}}]`:                              "no count of a time",
		`[{"num_requests": 1, "response_times": {"1": 1}`:                                             "truncated",
		"Type     Name   # reqs      # fails |    Avg     Min     Max    Med |   req/s  failures/s\n": "no table of requests",
	} {
		_, err := readText(t, "locust", text)
		require.ErrorContains(t, err, want, text)
	}
	run, err := readText(t, "auto", header+strings.Replace(row, "3,0", "3,3", 1)+"GET,/never,0,0,0,0.0,0,0,0,0.0,0.0,N/A,N/A\r\n,Aggregated,3,3,1,1.0,1,1,1.0,2.0,0.0,1,1\r\n")
	require.NoError(t, err)
	require.Len(t, run.Warnings, 2)
	for _, s := range run.Series {
		require.Equal(t, s.Benchmark == "GET /never" && s.Metric != "requests" && s.Metric != "errors", s.Broken != "", s.Key.String())
	}
}
