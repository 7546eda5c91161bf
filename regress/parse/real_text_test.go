package parse

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// realTexts are runs of tools that print text. The target follows the arguments,
// DIR in them is a folder of the test.
var realTexts = []struct {
	name, tool string
	args       []string
	file       string  // what holds the results, "" for standard output and error
	resolution float64 // of the times, in seconds
	unanswered float64 // requests that the service may have had and the tool not counted
	failures   string  // the metric of answers with an error status, "" where there is none
}{
	{name: "wrk", tool: "wrk", args: []string{"-t1", "-c2", "-d1s"}, resolution: 1e-5, unanswered: 2, failures: "errors.status"},
	{name: "wrk --latency", tool: "wrk", args: []string{"-t1", "-c2", "-d1s", "--latency"}, resolution: 1e-5, unanswered: 2, failures: "errors.status"},
	{name: "hey", tool: "hey", args: []string{"-n", "200", "-c", "4"}, resolution: 1e-4, failures: "errors.status"},
	{name: "hey -o csv", tool: "hey", args: []string{"-n", "200", "-c", "4", "-o", "csv"}, resolution: 1e-4, failures: "errors.status"},
	{name: "ab", tool: "ab", args: []string{"-n", "200", "-c", "4"}, resolution: 1e-3, failures: "errors.status"},
	{name: "ab -k -S -q", tool: "ab", args: []string{"-k", "-S", "-q", "-n", "200", "-c", "4"}, resolution: 1e-3, failures: "errors.status"},
	{name: "ab -e", tool: "ab", args: []string{"-n", "200", "-c", "4", "-e", "DIR/out"}, file: "out", resolution: 1e-6},
	{name: "ab -g", tool: "ab", args: []string{"-n", "200", "-c", "4", "-g", "DIR/out"}, file: "out", resolution: 1e-3},
	{name: "siege -j", tool: "siege", args: []string{"-b", "-c", "2", "-r", "50", "-j"}, resolution: 1e-2, failures: "errors.failed"},
	{name: "siege", tool: "siege", args: []string{"-R", "DIR/text.rc", "-b", "-c", "2", "-r", "50"}, resolution: 1e-2, failures: "errors.failed"},
	{name: "h2load", tool: "h2load", args: []string{"--h1", "-n", "200", "-c", "4"}, resolution: 1e-5, failures: "errors.failed"},
	{name: "h2load -D", tool: "h2load", args: []string{"--h1", "-D", "1", "-c", "2"}, resolution: 1e-5, unanswered: 4, failures: "errors.failed"},
}

// TestRealText compares what the tools print with what the service counted.
func TestRealText(t *testing.T) {
	for _, c := range realTexts {
		t.Run(c.name, func(t *testing.T) {
			tool := loadTool(t, c.tool)
			service, dir := newLoopback(t), t.TempDir()
			t.Setenv("HOME", dir) // siege makes its settings there
			require.NoError(t, os.WriteFile(filepath.Join(dir, "text.rc"), []byte("json_output = false\nlogging = false\n"), 0o600))
			var args []string
			for _, arg := range c.args {
				args = append(args, strings.Replace(arg, "DIR", dir, 1))
			}
			out, errs := tool("", append(args, service.URL+"/users?page=1")...)
			text := errs + out
			if c.file != "" {
				text = written(t, filepath.Join(dir, c.file))
			}
			v := loadFigures(t, c.tool, text)

			requests, failures := float64(service.requests.Load()), float64(service.failures.Load())
			if counted, known := v["requests"]; known {
				if c.tool == "siege" {
					counted += v["errors.failed"] // which are no transactions
				}
				require.InDelta(t, requests, counted, c.unanswered)
			}
			if c.failures != "" {
				require.InDelta(t, failures, v[c.failures], c.unanswered)
			}
			if rate, known := v["error_rate"]; known {
				require.InDelta(t, failures/requests, rate, c.unanswered/requests+1e-9)
			}
			if v["duration"] > 0 && c.unanswered == 0 && c.tool != "siege" {
				require.InEpsilon(t, v["requests"]/v["duration"], v["throughput"], 0.05)
			}
			for _, metric := range []string{"latency.mean", "latency.p50", "latency.p99"} { // those that the tool has
				if _, known := v[metric]; !known {
					v[metric] = max(v["latency.mean"], v["latency.p50"])
				}
			}
			holdsLatencies(t, v, c.resolution)
		})
	}
}
