package parse

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/org/regress-gate/regress"
)

func readBetween(t *testing.T, before, after string, elapsed time.Duration) *regress.Run {
	t.Helper()
	open := func(name string) *os.File {
		f, err := os.Open(filepath.Join("testdata/prometheus", name))
		require.NoError(t, err)
		t.Cleanup(func() { f.Close() })
		return f
	}
	run, err := ReadSince(open(before), open(after), before, after, elapsed)
	require.NoError(t, err)
	return run
}

func values(run *regress.Run) map[string]float64 {
	m := map[string]float64{}
	for _, s := range run.Series {
		if len(s.Samples) == 1 {
			m[s.Key.String()] = s.Samples[0]
		} else {
			m[s.Key.String()] = math.NaN()
		}
	}
	return m
}

// TestPrometheusDelta compares with what a plain script found between two real
// scrapes, in both exposition formats.
func TestPrometheusDelta(t *testing.T) {
	selector := func(s string) string {
		var labels []promLabel
		for part := range strings.SplitSeq(s, ";") {
			name, value, _ := strings.Cut(part, "=")
			labels = append(labels, promLabel{name, value})
		}
		return promLabels(labels)
	}
	for _, name := range []string{"base", "slow"} {
		data, err := os.ReadFile("testdata/prometheus-delta/" + name + ".delta.expected.json")
		require.NoError(t, err)
		var want struct {
			Requests  map[string]float64             `json:"delta_http_requests_total"`
			Total     float64                        `json:"delta_total"`
			ErrorRate float64                        `json:"error_rate"`
			Mean      float64                        `json:"mean_s"`
			Count     float64                        `json:"delta_count"`
			All       map[string]float64             `json:"quantiles_all"`
			BySeries  map[string]map[string]*float64 `json:"quantiles_by_series"`
			Gauges    map[string]float64             `json:"gauges_after"`
		}
		require.NoError(t, json.Unmarshal(data, &want))
		for _, after := range []string{".after.prom", ".after.openmetrics.txt"} {
			t.Run(name+after, func(t *testing.T) {
				run := readBetween(t, name+".before.prom", name+after, 12*time.Second)
				require.Empty(t, run.Warnings)
				got := values(run)
				for labels, v := range want.Requests {
					require.Equal(t, v, got[selector(labels)+" http_requests_total.increase"], labels)
					require.InDelta(t, v/12, got[selector(labels)+" http_requests_total.rate"], 1e-9, labels)
				}
				require.Equal(t, want.Total, got["http_requests_total.increase"])
				require.InDelta(t, want.ErrorRate, got["http_requests_total.error_rate"], 1e-9)
				const histogram = "http_request_duration_seconds."
				require.Equal(t, want.Count, got[histogram+"count"])
				require.InDelta(t, want.Mean, got[histogram+"mean"], 1e-9)
				for q, v := range want.All {
					require.InDelta(t, v, got[histogram+q], 1e-12, q)
				}
				for labels, quantiles := range want.BySeries {
					for q, v := range quantiles {
						value, known := got[selector(labels)+" "+histogram+q]
						require.Equal(t, v != nil, known, "%s %s", labels, q)
						if known {
							require.InDelta(t, *v, value, 1e-12, "%s %s", labels, q)
						}
					}
				}
				// The two formats were scraped one after the other.
				tolerance := 1e-9
				if after != ".after.prom" {
					tolerance = 0.5
				}
				require.InEpsilon(t, want.Gauges["memory_usage_bytes"], got["memory_usage_bytes"], tolerance)
				if after == ".after.prom" {
					require.InEpsilon(t, want.Gauges["cpu_usage_percent"]/100, got["cpu_usage_percent"], tolerance)
				}
			})
		}
	}
}

// TestPrometheusRestart holds that no negative rate ever comes of a restart.
func TestPrometheusRestart(t *testing.T) {
	run := readBetween(t, "base.after.prom", "prom.restart.after.prom", time.Second)
	require.NotEmpty(t, run.Warnings)
	require.Contains(t, run.Warnings[0].Message, "the process restarted")
	for _, s := range run.Series {
		require.GreaterOrEqual(t, s.Samples[0], 0., s.Key)
	}
	require.Equal(t, 1., values(run)[`{method="GET",path="/health",status="200"} http_requests_total.increase`])
}

func TestPrometheusNeedsToKnowHowLong(t *testing.T) {
	run := readBetween(t, "base.before.prom", "base.after.prom", 0)
	require.Contains(t, run.Warnings[0].Message, "--elapsed")
	require.NotContains(t, values(run), "http_requests_total.rate")
	stamped := func(v, at string) *strings.Reader {
		return strings.NewReader("# TYPE x_total counter\nx_total " + v + " " + at + "\n")
	}
	for _, at := range [][2]string{{"1795444472000", "1795444474000"}, {"1795444472", "1795444474"}} {
		run, err := ReadSince(stamped("1", at[0]), stamped("9", at[1]), "a", "b", 0)
		require.NoError(t, err)
		require.Equal(t, 4., values(run)["x_total.rate"], "the samples carry time stamps")
	}
	_, err := ReadSince(strings.NewReader(shortLog), stamped("9", "1"), "a", "b", 0)
	require.ErrorContains(t, err, "a: a file of gobench")
}

func TestPrometheusOdd(t *testing.T) {
	got := values(readFixture(t, "prom.odd.prom"))
	require.Equal(t, 0.5, got["lat_seconds.p95"], "the last finite bound")
	require.Equal(t, 0.25, got["s.p99"])
	require.NotContains(t, got, "s.p50", "NaN: there was no observation")
	require.Equal(t, 1.5e9, got["exp"])
	require.Equal(t, 3., got[`{a="x\"y\\z\nw",b="}"} esc`])
}

func readFixture(t *testing.T, name string) *regress.Run {
	run, err := readFile(t, filepath.Join("testdata/prometheus", name))
	require.NoError(t, err)
	return run
}

func TestOpenMetrics(t *testing.T) {
	run, err := Read(strings.NewReader(`# TYPE foo_seconds histogram
# UNIT foo_seconds seconds
# HELP foo_seconds with an exemplar # {not="one"}
foo_seconds_bucket{le="0.5"} 8 # {trace_id="a # \"b\""} 0.3 1520879607.789
foo_seconds_bucket{le="+Inf"} 10
foo_seconds_count 10
foo_seconds_sum 4.0
foo_seconds_created 1520430000.123
# TYPE calls counter
calls_total{path="a#b"} 17 # {id="x"} 1
calls_created{path="a#b"} 1520430000
# TYPE build info
build_info{version="1"} 1
{"http.server.duration",route="/"} 3
# EOF
`), "f", "")
	require.NoError(t, err)
	got := values(run)
	require.InDelta(t, 0.3125, got["foo_seconds.p50"], 1e-12)
	require.Equal(t, 17., got[`{path="a#b"} calls_total.increase`])
	require.Equal(t, 3., got[`{route="/"} http.server.duration`])
	require.NotContains(t, got, "foo_seconds_created")
}

func TestPrometheusRefuses(t *testing.T) {
	const head = "# TYPE h histogram\n"
	for _, c := range []struct{ why, in, err string }{
		{"cut in a line", head + `h_bucket{le="1"} 1`, "f:2: the last line has no end"},
		{"cut behind a bucket", head + "h_bucket{le=\"1\"} 1\n", `f:2: h has no bucket le="+Inf"`},
		{"cut before the count", head + "h_bucket{le=\"+Inf\"} 1\nh_sum 2\n", "no count"},
		{"OpenMetrics without its end", "# TYPE x unknown\nx 1\n", "f:2: this is OpenMetrics without # EOF"},
		{"an exemplar is OpenMetrics", "# TYPE x_total counter\nx_total 1 # {a=\"b\"} 1\n", "without # EOF"},
		{"so is a counter by its bare name", "# TYPE x counter\nx_total 1\n", "without # EOF"},
		{"text behind the end", "# TYPE x gauge\nx 1\n# EOF\nx 2\n", "f:4: text follows # EOF"},
		{"twice", "# TYPE x gauge\nx{a=\"1\"} 1\nx{a=\"1\"} 2\n", `f:3: x{a="1"} stands in the file twice`},
		{"a bucket twice", head + "h_bucket{le=\"1\"} 1\nh_bucket{le=\"1.0\"} 1\nh_bucket{le=\"+Inf\"} 1\n", "twice"},
		{"buckets that fall", head + "h_bucket{le=\"1\"} 2\nh_bucket{le=\"+Inf\"} 1\n", "not cumulative"},
		{"no number", "# TYPE x gauge\nx one\n", `f:2: not a number: "one"`},
		{"no sample", "# TYPE x gauge\nx{a=1} 1\n", "f:2: not a sample"},
		{"no type", "# TYPE x speed\n", `f:1: unknown type "speed"`},
		{"nothing", "# TYPE x gauge\n", "the file holds no measurement"},
	} {
		_, err := Read(strings.NewReader(c.in), "f", "prometheus")
		require.ErrorContains(t, err, c.err, c.why)
	}
}
