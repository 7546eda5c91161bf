package gate

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/parse"
)

// exposition is what the service under test tells: 100 requests, 5 of them failed.
const exposition = `# TYPE http_requests_total counter
http_requests_total{path="/a",status="200"} 95
http_requests_total{path="/a",status="500"} 5
# TYPE latency_seconds histogram
latency_seconds_bucket{le="0.1"} 50
latency_seconds_bucket{le="0.2"} 90
latency_seconds_bucket{le="+Inf"} 100
latency_seconds_sum 11
latency_seconds_count 100
# TYPE memory_bytes gauge
memory_bytes 4096
`

func valuesOf(run *regress.Run) map[string]float64 {
	m := map[string]float64{}
	for _, s := range run.Series {
		m[s.Key.String()] = s.Samples[0]
	}
	return m
}

// startPrometheus starts the real server on loopback, which scrapes the targets.
func startPrometheus(t *testing.T, targets ...string) (url string) {
	binary, err := exec.LookPath("prometheus")
	if err != nil {
		t.Skip("prometheus is not installed")
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	address := listener.Addr().String()
	require.NoError(t, listener.Close())
	dir := t.TempDir()
	config := filepath.Join(dir, "prometheus.yml")
	require.NoError(t, os.WriteFile(config, fmt.Appendf(nil, "scrape_configs:\n- job_name: users\n  scrape_interval: 200ms\n  scrape_timeout: 200ms\n  static_configs:\n  - targets: ['%s']\n", strings.Join(targets, "', '")), 0o600))
	server := exec.Command(binary, "--config.file="+config, "--storage.tsdb.path="+filepath.Join(dir, "data"), "--web.listen-address="+address, "--log.level=error")
	require.NoError(t, server.Start())
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	return "http://" + address
}

// TestRealPrometheus asks a real server, which has scraped a service, and compares
// with what that service told, and with what its scrape says without a server.
func TestRealPrometheus(t *testing.T) {
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4")
		_, _ = io.WriteString(w, exposition)
	}))
	defer service.Close()
	in := Input{Monitoring: Monitoring{Prometheus: startPrometheus(t, service.Listener.Addr().String()), Queries: []string{
		`p95_seconds=histogram_quantile(0.95, latency_seconds_bucket)`,
		`requests=http_requests_total`,
		`error_rate=sum(http_requests_total{status=~"5.."}) / sum(http_requests_total)`,
		`one=scalar(memory_bytes)`,
		`memory_bytes=memory_bytes`,
	}}}
	var run *regress.Run
	require.EventuallyWithT(t, func(c *assert.CollectT) {
		var err error
		run, err = ReadRun(in)
		require.NoError(c, err)
	}, 30*time.Second, 300*time.Millisecond)
	got := valuesOf(run)
	labels := fmt.Sprintf(`instance="%s",job="users"`, service.Listener.Addr())
	require.Equal(t, 0.2, got["{"+labels+"} p95_seconds"], "above the last bucket")
	require.Equal(t, 95., got["{"+labels+`,path="/a",status="200"} requests`])
	require.Equal(t, 0.05, got["error_rate"])
	require.Equal(t, 4096., got["one"])
	require.Equal(t, 4096., got["{"+labels+"} memory_bytes"])

	scrape, err := parse.Read(strings.NewReader(exposition), "scrape", "")
	require.NoError(t, err)
	require.Equal(t, got["{"+labels+"} p95_seconds"], valuesOf(scrape)["latency_seconds.p95"])
	require.Equal(t, got["error_rate"], valuesOf(scrape)["http_requests_total.error_rate"])

	for _, c := range []struct{ why, query, err string }{
		{"an error has Prometheus' words", "x=sum(", "query x at http://127.0.0.1:"},
		{"and its kind", "x=sum(", "bad_data: invalid parameter"},
		{"nothing is no zero", `x=http_requests_total{status="503"}`, "the query found no series: that is no data, and not 0"},
		{"no number", `x="text"`, `the result is a "string"`},
	} {
		one := in
		one.Queries = []string{c.query}
		_, err := ReadRun(one)
		require.ErrorContains(t, err, c.err, c.why)
	}
	two := in
	two.Queries = []string{"x=sum(", `y=nothing`}
	_, err = ReadRun(two)
	require.ErrorContains(t, err, "query x at")
	require.ErrorContains(t, err, "query y at", "problems of several are reported together")
}

func TestPrometheusThatIsNone(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/html/api/v1/query":
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(http.StatusBadGateway)
		case "/huge/api/v1/query":
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, `{"status":"`)
			for range 40 {
				_, _ = w.Write([]byte(strings.Repeat("x", 1<<20)))
			}
		}
	}))
	defer server.Close()
	closed := httptest.NewServer(nil)
	closed.Close()
	for _, c := range []struct{ why, url, err string }{
		{"a proxy in between", server.URL + "/html", "answered 502 Bad Gateway with \"text/html\""},
		{"bounded", server.URL + "/huge", "larger than can be read at once"},
		{"nobody is there", closed.URL, "connection refused"},
		{"no password in messages", strings.Replace(closed.URL, "http://", "http://me:secret@", 1), "me:xxxxx@"},
		{"no URL", "127.0.0.1:9090", "not the URL of a server"},
		{"no server", "http://", "not the URL of a server"},
		{"no HTTP", "file:///etc/passwd", "not the URL of a server"},
	} {
		_, err := ReadRun(Input{Monitoring: Monitoring{Prometheus: c.url, Queries: []string{"x=1"}}})
		require.ErrorContains(t, err, c.err, c.why)
		require.NotContains(t, err.Error(), "secret")
	}
}

func TestMonitoringThatCannotBeMeant(t *testing.T) {
	for _, c := range []struct {
		in  Input
		err string
	}{
		{Input{Monitoring: Monitoring{Prometheus: "http://x"}}, "--prometheus without a --query"},
		{Input{Monitoring: Monitoring{Queries: []string{"x=1"}}}, "--query without --prometheus"},
		{Input{Monitoring: Monitoring{Prometheus: "http://x", Queries: []string{"x"}}}, `"x" is not NAME=EXPR`},
		{Input{Monitoring: Monitoring{Prometheus: "http://x", Queries: []string{"sum(x{a=1})"}}}, "is not NAME=EXPR"},
		{Input{Monitoring: Monitoring{Prometheus: "http://127.0.0.1:1", Queries: []string{"x=1", "x=2"}}}, "two queries are called"},
		{Input{Monitoring: Monitoring{Since: "a"}}, "give one file"},
		{Input{Paths: []string{"-"}, Monitoring: Monitoring{Since: "-"}}, "give one file"},
		{Input{Paths: []string{"b"}, Monitoring: Monitoring{Elapsed: 1}}, "--elapsed is the time from --since"},
	} {
		_, err := ReadRun(c.in)
		var usage *UsageError
		require.ErrorAs(t, err, &usage)
		require.ErrorContains(t, err, c.err)
	}
}
