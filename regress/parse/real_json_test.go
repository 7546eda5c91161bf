package parse

import (
	"context"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// loopback is a service that counts what it was asked, and fails now and then.
type loopback struct {
	*httptest.Server
	requests, failures atomic.Int64
}

func newLoopback(t *testing.T) *loopback {
	var l loopback
	l.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		n := l.requests.Add(1)
		time.Sleep(2 * time.Millisecond)
		if n%20 == 0 {
			l.failures.Add(1)
			w.WriteHeader(http.StatusInternalServerError)
		}
		_, _ = w.Write(make([]byte, 512))
	}))
	t.Cleanup(l.Close)
	return &l
}

// loadTool returns a function that runs an installed tool, and gives back its
// standard output and error. It ends on its own, and after a minute at the latest.
func loadTool(t *testing.T, name string) func(stdin string, args ...string) (stdout, stderr string) {
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("%s is not installed (.ci/tools does that): its real output is not tested", name)
	}
	return func(stdin string, args ...string) (string, string) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		cmd := exec.CommandContext(ctx, path, args...)
		var out, errs strings.Builder
		cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(stdin), &out, &errs
		require.NoError(t, cmd.Run(), "%s %v: %s", name, args, &errs)
		return out.String(), errs.String()
	}
}

// loadFigures reads what a tool printed, finding the format out, and gives back
// the values by metric.
func loadFigures(t *testing.T, format, text string) map[string]float64 {
	t.Helper()
	run := realRun(t, format, text)
	values := map[string]float64{}
	for _, s := range run.Series {
		require.Len(t, s.Samples, 1, s.Metric)
		values[s.Metric] = s.Samples[0]
	}
	return values
}

// holdsLatencies: no answer came sooner than the service slept, and the summary
// is one of ordered numbers.
func holdsLatencies(t *testing.T, v map[string]float64, slack float64) {
	t.Helper()
	require.GreaterOrEqual(t, v["latency.mean"], 0.002-slack)
	require.GreaterOrEqual(t, v["latency.p50"], 0.002-slack)
	require.GreaterOrEqual(t, v["latency.p99"], v["latency.p50"])
	require.GreaterOrEqual(t, v["latency.max"], v["latency.p99"]*(1-1e-2)-slack)
	require.Less(t, v["latency.max"], 60.0)
}

func TestRealVegeta(t *testing.T) {
	vegeta := loadTool(t, "vegeta")
	service := newLoopback(t)
	file := filepath.Join(t.TempDir(), "results.bin")
	vegeta("GET "+service.URL+"/users\n", "attack", "-rate", "200", "-duration", "1s", "-output", file)
	requests, failures := float64(service.requests.Load()), float64(service.failures.Load())

	binary, err := os.ReadFile(file)
	require.NoError(t, err)
	output := map[string]string{"binary": string(binary)}
	output["json"], _ = vegeta("", "report", "-type", "json", file)
	output["text"], _ = vegeta("", "report", file)
	output["hist"], _ = vegeta("", "report", "-type", "hist[0,1ms,2s]", file)
	output["rows"], _ = vegeta("", "encode", "-to", "json", file)
	output["csv"], _ = vegeta("", "encode", "-to", "csv", file)
	figures := map[string]map[string]float64{}
	for kind, text := range output {
		v := loadFigures(t, "vegeta", text)
		figures[kind] = v
		require.Equal(t, requests, v["requests"], kind)
		if kind == "hist" {
			require.Zero(t, v["latency.below_1ms"])
			require.Equal(t, 1.0, v["latency.below_2s"])
			continue
		}
		require.InDelta(t, failures/requests, v["error_rate"], 5e-5, kind)
		holdsLatencies(t, v, 0)
	}
	require.Equal(t, figures["rows"], figures["csv"])
	require.Equal(t, figures["rows"], figures["binary"])
	for _, metric := range []string{"latency.min", "latency.mean", "latency.max", "throughput", "rate", "duration", "wait"} {
		require.InDelta(t, figures["json"][metric], figures["rows"][metric], 1e-9*math.Max(1, figures["json"][metric])+1e-9, metric)
	}
	for _, metric := range []string{"latency.p50", "latency.p90", "latency.p99", "latency.max", "throughput"} {
		require.InEpsilon(t, figures["json"][metric], figures["text"][metric], 1e-3, metric)
	}
}

func TestRealBombardier(t *testing.T) {
	bombardier := loadTool(t, "bombardier")
	for name, args := range map[string][]string{
		"JSON":          {"-p", "r", "-o", "json", "-l"},
		"JSON in a log": {"-o", "json"},
		"text":          {"-l"},
		"text alone":    {"-p", "r"},
	} {
		t.Run(name, func(t *testing.T) {
			service := newLoopback(t)
			out, _ := bombardier("", append(args, "-c", "4", "-n", "400", service.URL+"/users")...)
			v := loadFigures(t, "bombardier", out)
			requests, failures := float64(service.requests.Load()), float64(service.failures.Load())
			require.Equal(t, requests, v["requests"])
			require.Equal(t, failures, v["errors.status"])
			require.InDelta(t, failures/requests, v["error_rate"], 1e-12)
			if _, measured := v["latency.p50"]; !measured {
				v["latency.p50"], v["latency.p99"] = v["latency.mean"], v["latency.mean"]
			}
			holdsLatencies(t, v, 0)
			require.Positive(t, v["transfer_rate"]) // its rate of requests is of other moments of a short run
		})
	}
}

func TestRealAutocannon(t *testing.T) {
	autocannon := loadTool(t, "autocannon")
	for name, args := range map[string][]string{"JSON": {"--json"}, "tables": {"--latency"}, "short": nil, "German": {"--latency"}} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("LC_ALL", map[bool]string{true: "de_DE.UTF-8", false: "C"}[name == "German"])
			service := newLoopback(t)
			out, errs := autocannon("", append(args, "-c", "4", "-a", "400", service.URL+"/users")...)
			if out == "" {
				out = errs // the tables go to standard error
			}
			v := loadFigures(t, "autocannon", out)
			failures := float64(service.failures.Load())
			require.Equal(t, failures, v["errors.status"])
			require.Zero(t, v["errors.transport"])
			require.InDelta(t, failures/float64(service.requests.Load()), v["error_rate"], 1e-12)
			if name == "JSON" {
				require.Equal(t, float64(service.requests.Load()), v["requests"])
			}
			holdsLatencies(t, v, 1e-3) // whole milliseconds
		})
	}
}
