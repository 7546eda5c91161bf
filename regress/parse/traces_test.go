package parse

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTraces compares each operation with what jq found in the file.
func TestTraces(t *testing.T) {
	files := 0
	for _, format := range []string{"jaeger", "otlp"} {
		paths, err := filepath.Glob(filepath.Join("testdata", format, "*"+truthSuffix))
		require.NoError(t, err)
		for _, path := range paths {
			var want struct {
				Parse string
				By    map[string]struct {
					Count, Errors float64
					Mean          float64 `json:"mean_us"`
					Min           float64 `json:"min_us"`
					Max           float64 `json:"max_us"`
					P50           float64 `json:"p50_nearest"`
					P95           float64 `json:"p95_nearest"`
					P99           float64 `json:"p99_nearest"`
				} `json:"by_service_operation"`
			}
			data, err := os.ReadFile(path)
			require.NoError(t, err)
			require.NoError(t, json.Unmarshal(data, &want))
			run, err := readFile(t, strings.TrimSuffix(path, truthSuffix))
			if want.Parse != "ok" {
				require.ErrorContains(t, err, "no span in the file: that is no data")
				continue
			}
			require.NoError(t, err)
			got := values(run)
			require.Len(t, got, 11*len(want.By))
			for key, w := range want.By {
				require.Equal(t, w.Count, got[key+" spans"], key)
				require.InDelta(t, w.Errors/w.Count, got[key+" error_rate"], 1e-12, key)
				for name, us := range map[string]float64{"mean": w.Mean, "min": w.Min, "max": w.Max, "p50": w.P50, "p95": w.P95, "p99": w.P99} {
					require.InDelta(t, us/1e6, got[key+" latency."+name], 1e-11, "%s %s", key, name)
				}
			}
			files++
		}
	}
	require.Equal(t, 7, files)
}

const otlpOne = `{"resource_spans":[{"scope_spans":[{"spans":[
	{"name":"a","start_time_unix_nano":"1795444396415414705","end_time_unix_nano":1795444396415414706,"status":{"code":"STATUS_CODE_ERROR"}},
	{"name":"b","startTimeUnixNano":"5","endTimeUnixNano":"4"},{"name":"b","startTimeUnixNano":"5"}]}],
	"resource":{"attributes":[{"key":"n","value":{"intValue":"1"}},{"key":"service.name","value":{"stringValue":"s"}}]}}]}`

func TestOTLP(t *testing.T) {
	run, err := Read(strings.NewReader(otlpOne+"\n"+`{"resourceMetrics":[]}`), "f", "")
	require.NoError(t, err)
	got := values(run)
	require.Equal(t, 1e-9, got["s | a latency.max"], "a float64 of the nanoseconds would give 0 or 256")
	require.Equal(t, 1., got["s | a error_rate"])
	require.Equal(t, 2., got["s | b spans"])
	require.NotContains(t, got, "s | b latency.max")
	require.Len(t, run.Warnings, 2)
	require.Contains(t, run.Warnings[0].Message, "each of the 1 spans")
	require.Contains(t, run.Warnings[1].Message, "2 spans have no end")

	run, err = Read(strings.NewReader(`{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"a","startTimeUnixNano":"1","endTimeUnixNano":"2"}]}]}]}`), "f", "")
	require.NoError(t, err)
	require.Contains(t, values(run), "unknown_service | a spans")
}

func TestTracesRefuse(t *testing.T) {
	many := func(begin, one, end string) string {
		var b strings.Builder
		for i := range maxOperations + 1 {
			fmt.Fprintf(&b, one, i)
		}
		return begin + strings.TrimSuffix(b.String(), ",") + end
	}
	for _, c := range []struct{ why, format, in, err string }{
		{"cut", "otlp", otlpOne[:len(otlpOne)-9], "truncated"},
		{"cut between lines", "otlp", otlpOne + "\n{", "truncated"},
		{"no time", "otlp", strings.Replace(otlpOne, `"5"`, `"soon"`, 1), `starttimeunixnano is no number of nanoseconds: "soon"`},
		{"nothing of it", "otlp", `{"resourceMetrics":[]}`, "no resourceSpans"},
		{"no span", "otlp", `{"resourceSpans":[]}`, "no span in the file"},
		{"an error", "otlp", `{"error":{"httpCode":404,"message":"No traces found"}}`, "answered with an error: 404 No traces found"},
		{"identifiers", "otlp", many(`{"resourceSpans":[{"scopeSpans":[{"spans":[`, `{"name":"user %d","startTimeUnixNano":"1","endTimeUnixNano":"2"},`, `]}]}]}`), "more than 2000 operations"},
		{"cut", "jaeger", `{"data":[{"traceID":"1","spans":[`, "truncated"},
		{"no service", "jaeger", `{"data":[{"traceID":"1","spans":[{"operationName":"a","duration":1,"processID":"p1"}],"processes":{}}]}`, "a span of no service"},
		{"no duration", "jaeger", `{"data":[{"traceID":"1","spans":[{"operationName":"a","processID":"p1"}],"processes":{"p1":{"serviceName":"s"}}}]}`, "has no duration"},
		{"no data", "jaeger", `{}`, "no traces in Jaeger's JSON"},
	} {
		_, err := Read(strings.NewReader(c.in), "f", c.format)
		require.ErrorContains(t, err, c.err, "%s %s", c.format, c.why)
	}
}
