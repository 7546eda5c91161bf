package parse

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// written returns the text of a file that a tool wrote.
func written(t *testing.T, path string) string {
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(data)
}

// TestRealK6 compares every layout of one run with what the service counted.
func TestRealK6(t *testing.T) {
	k6 := loadTool(t, "k6")
	t.Setenv("K6_CSV_TIME_FORMAT", "unix_milli")
	script := filepath.Join(t.TempDir(), "script.js")
	require.NoError(t, os.WriteFile(script, []byte(`
import http from 'k6/http';
import { check, group } from 'k6';
import { Trend } from 'k6/metrics';
const size = new Trend('body_size');
export const options = { vus: 2, iterations: 100, thresholds: { 'http_req_duration{status:500}': ['p(95)<60000'], http_reqs: ['count>1000000'] },
  summaryTrendStats: ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)', 'count'] };
export default function () {
  group('users', () => {
    const r = http.get(__ENV.URL + '/users');
    size.add(r.body.length);
    check(r, { fine: (r) => r.status === 200 });
  });
}
export function handleSummary(data) { return __ENV.SUMMARY ? { [__ENV.SUMMARY]: JSON.stringify(data) } : undefined; }
`), 0o600))
	for name, args := range map[string][]string{
		"compact": {}, "full": {"--summary-mode", "full"}, "legacy": {"--summary-mode", "legacy"},
		"seconds": {"--summary-time-unit", "s"}, "new": {"--new-machine-readable-summary"},
	} {
		t.Run(name, func(t *testing.T) {
			service := newLoopback(t)
			dir := t.TempDir()
			args := append([]string{"run", "--no-usage-report", "--no-thresholds", "-e", "URL=" + service.URL, "--summary-export", dir + "/export.json",
				"--out", "json=" + dir + "/points.json", "--out", "csv=" + dir + "/points.csv.gz"}, args...)
			output := map[string]string{}
			output["text"], _ = k6("", append(args, script)...)
			requests, failures := float64(service.requests.Load()), float64(service.failures.Load())
			for _, file := range []string{"export.json", "points.json", "points.csv.gz"} {
				output[file] = written(t, filepath.Join(dir, file))
			}
			for kind, text := range output {
				v := k6Figures(t, text)
				require.Equal(t, requests, v["http_reqs.count"], kind)
				require.InDelta(t, failures/requests, v["http_req_failed.rate"], 1e-9, kind)
				scale := 1.0
				if kind == "text" {
					scale = 1e3 // it is in seconds
				}
				for _, stat := range []string{"min", "p50", "p90", "p95", "max", "mean"} {
					want := k6Figures(t, output["points.json"])["http_req_duration."+stat]
					slack := 0.011
					if name == "seconds" && kind == "text" {
						slack = 10 // two decimals of a second
					}
					if stat[0] == 'p' {
						slack += 0.2 * want // k6 interpolates between two requests
					}
					require.InDelta(t, want, scale*v["http_req_duration."+stat], slack, "%s: %s", kind, stat)
				}
				require.Equal(t, 512.0, v["body_size.mean"], kind)
			}
		})
	}
	t.Run("handleSummary", func(t *testing.T) {
		service := newLoopback(t)
		file := filepath.Join(t.TempDir(), "summary.json")
		k6("", "run", "--no-usage-report", "--no-thresholds", "-e", "URL="+service.URL, "-e", "SUMMARY="+file, script)
		v := k6Figures(t, written(t, file))
		require.Equal(t, float64(service.requests.Load()), v["http_reqs.count"])
		require.Greater(t, v["http_req_duration.p95"], 2.0)
	})
}

// k6Figures returns the values of the whole run by metric.
func k6Figures(t *testing.T, text string) map[string]float64 {
	run, err := readText(t, "auto", text)
	require.NoError(t, err, text)
	values := map[string]float64{}
	for _, s := range run.Series {
		if s.Benchmark == "" && len(s.Samples) > 0 {
			values[s.Metric] = s.Samples[0]
		}
	}
	return values
}

// TestRealLocust compares the tables and the CSV files with what the service
// counted. Locust writes the files once a second, and not at the end: they may be
// of less.
func TestRealLocust(t *testing.T) {
	locust := loadTool(t, "locust")
	service := newLoopback(t)
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(dir+"/locustfile.py", []byte(`
from locust import HttpUser, task, constant
class U(HttpUser):
    wait_time = constant(0)
    @task
    def users(self):
        self.client.get("/users")
    @task
    def health(self):
        self.client.get("/a path?x=1", name="a path")
`), 0o600))
	out, errs := locust("", "-f", dir+"/locustfile.py", "--headless", "-u", "2", "-r", "2", "-t", "3s", "-H", service.URL,
		"--csv", dir+"/run", "--csv-full-history", "--exit-code-on-error", "0")
	requests, failures := float64(service.requests.Load()), float64(service.failures.Load())

	run, err := readText(t, "auto", errs+out)
	require.NoError(t, err)
	require.InDelta(t, requests, lookup(t, run, "", "requests"), 2, "requests in flight at the end are not counted")
	require.InDelta(t, failures, lookup(t, run, "", "errors"), 1)
	require.Equal(t, lookup(t, run, "", "requests"), lookup(t, run, "GET /users", "requests")+lookup(t, run, "GET a path", "requests"))
	for _, benchmark := range []string{"", "GET /users", "GET a path"} {
		require.GreaterOrEqual(t, lookup(t, run, benchmark, "latency.p50"), 0.002)
		require.GreaterOrEqual(t, lookup(t, run, benchmark, "latency.p99"), lookup(t, run, benchmark, "latency.p50"))
	}
	stats, err := readText(t, "auto", written(t, dir+"/run_stats.csv"))
	require.NoError(t, err)
	require.LessOrEqual(t, lookup(t, stats, "", "requests"), requests)
	require.Greater(t, lookup(t, stats, "", "requests"), requests/4)
	require.GreaterOrEqual(t, lookup(t, stats, "GET /users", "latency.min"), 0.002)
	history, err := readText(t, "auto", written(t, dir+"/run_stats_history.csv"))
	if err != nil { // it writes the history every ten seconds
		require.ErrorContains(t, err, "not one request")
	} else {
		require.LessOrEqual(t, lookup(t, history, "", "requests"), requests)
	}
	failed, err := readText(t, "auto", written(t, dir+"/run_failures.csv"))
	require.NoError(t, err)
	require.LessOrEqual(t, lookup(t, failed, "", "errors"), failures)
}
