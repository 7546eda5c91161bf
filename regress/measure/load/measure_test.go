package load

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/org/regress-gate/regress"
	"github.com/stretchr/testify/require"
)

// users is the program of the service in testdata/users.
var users string

func TestMain(m *testing.M) {
	folder, err := os.MkdirTemp("", "load")
	if err != nil {
		panic(err)
	}
	users = filepath.Join(folder, "users")
	if out, err := exec.Command("go", "build", "-o", users, "./testdata/users").CombinedOutput(); err != nil {
		panic(string(out))
	}
	status := m.Run()
	os.RemoveAll(folder)
	os.Exit(status)
}

// freeAddress is one of loopback where nothing listens.
func freeAddress(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	return l.Addr().String()
}

// serveUsers starts the service with these flags, for the time of the test.
func serveUsers(t *testing.T, flags string) (url string) {
	addr := freeAddress(t)
	s := service{start: "exec " + users + " -addr " + addr + " " + flags, ready: "http://" + addr + "/health", within: 10 * time.Second}
	_, down, err := s.up(t.Context(), newClient(guard{}))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, down()) })
	return "http://" + addr
}

// at is a configuration text with another target.
func at(url, text string) string {
	return strings.NewReplacer("http://127.0.0.1:1/", url, "http://localhost:8080", url).Replace(text)
}

// value is the first sample of a metric; it must be there.
func value(t *testing.T, run *regress.Run, benchmark, metric string) float64 {
	t.Helper()
	for _, s := range run.Series {
		if s.Benchmark == benchmark && s.Metric == metric {
			require.Empty(t, s.Broken)
			return s.Samples[0]
		}
	}
	require.FailNow(t, "no such metric", "%s %s", benchmark, metric)
	return 0
}

// The file of the specification runs as it stands, and what is captured of one
// answer is sent with the next requests.
func TestSpecificationRuns(t *testing.T) {
	url := serveUsers(t, "")
	text, err := os.ReadFile("testdata/artillery-config.yml")
	require.NoError(t, err)
	c, err := read(t, at(url, string(text))).Scale(0.003, 1)
	require.NoError(t, err)
	run, err := Measure(t.Context(), c, Options{})
	require.NoError(t, err)
	require.NoError(t, run.Validate())
	requests := 0.0
	for _, phase := range []string{"Normal load", "Peak load", "Stress test"} {
		requests += value(t, run, phase, "requests")
		require.Zero(t, value(t, run, phase, "error_rate"))
		require.Positive(t, value(t, run, phase+"/GET /health", "latency.p99"))
	}
	require.NotContains(t, fmt.Sprint(run.Series), "Warm up")

	answer, err := http.Get(url + "/stats")
	require.NoError(t, err)
	defer answer.Body.Close()
	var seen map[string]int
	require.NoError(t, json.NewDecoder(answer.Body).Decode(&seen))
	require.Zero(t, seen["wrong"])
	require.Greater(t, seen["POST"], 20)
	for _, method := range []string{"GET", "PUT", "DELETE"} {
		require.Equal(t, seen["POST"], seen[method], "each user that was made is read, changed and deleted")
	}
	require.Greater(t, requests, 300.0)
}

const listAndHealth = `
scenarios:
  - flow: [get: {url: /users, qs: {page: 1, limit: 10}}]
  - flow: [get: {url: /health}]
`

// What is injected shows in the metric it belongs to, and not elsewhere.
func TestInjectedTruth(t *testing.T) {
	url := serveUsers(t, "-delay 5ms -fail 100")
	run, err := Measure(t.Context(), read(t, "config: {target: '"+url+"', seed: 3, phases: [{name: a, duration: 2, arrivalRate: 400}]}"+listAndHealth), Options{})
	require.NoError(t, err)
	slow, quick := value(t, run, "a/GET /users", "latency.p50"), value(t, run, "a/GET /health", "latency.p50")
	require.GreaterOrEqual(t, slow, 0.005)
	require.InDelta(t, 0.005, slow-quick, 0.003, "health has no part of it, whatever this machine adds to both")
	lists := value(t, run, "a/GET /users", "requests")
	require.InDelta(t, 0.01, value(t, run, "a/GET /users", "error_rate"), 1/lists)
	require.Equal(t, math.Floor(lists/100), value(t, run, "a", "errors.status_5xx"))
	require.Zero(t, value(t, run, "a/GET /health", "error_rate"))
	require.Zero(t, value(t, run, "a", "errors.status_4xx"))
	require.Equal(t, 800.0, value(t, run, "a", "requests"))
	require.InDelta(t, 400, value(t, run, "a", "throughput"), 8)
}

// stalling is a service that stops once for a while; who comes meanwhile waits. The
// length is how long it really was, which a busy machine adds to.
func stalling(t *testing.T, after time.Duration, meant time.Duration) (url string, length func() time.Duration) {
	var gate sync.RWMutex
	var really atomic.Int64
	var once sync.Once
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		once.Do(func() {
			time.AfterFunc(after, func() {
				gate.Lock()
				began := time.Now()
				time.Sleep(meant)
				really.Store(int64(time.Since(began)))
				gate.Unlock()
			})
		})
		gate.RLock()
		defer gate.RUnlock()
	}))
	t.Cleanup(s.Close)
	return s.URL, func() time.Duration { return time.Duration(really.Load()) }
}

// What waits longer than this has met the stall.
const stall, bound = 200 * time.Millisecond, 50 * time.Millisecond

// The proof of the open model: a stall of 200 ms at 250 arrivals a second is
// charged with the requests that fell into it. A machine that others disturb gets
// three tries; a client that waits for its answers would see one such request in
// each of them, as the next test does.
func TestStallsAreNotOmitted(t *testing.T) {
	const rate = 250
	var want, got float64
	for range 3 {
		url, length := stalling(t, 500*time.Millisecond, stall)
		c := read(t, at(url, config(fmt.Sprintf(`[{name: a, duration: 1.5, arrivalRate: %d}]`, rate), `- get: {url: /}`)))
		all := newDriver(c, newClient(guard{}), Options{}).phase(t.Context(), c.phases[0]).rows[whole]
		want, got = rate*(length()-bound).Seconds(), 0
		for _, bar := range all.latency.Distribution() {
			if bar.From > bound.Microseconds() {
				got += float64(bar.Count)
			}
		}
		require.Greater(t, all.quantile(0.99), 150*time.Millisecond)
		if math.Abs(got-want) <= 0.1*rate*stall.Seconds() {
			return
		}
	}
	require.InDelta(t, want, got, 0.1*rate*stall.Seconds())
}

func TestClosedLoopsOmitStalls(t *testing.T) {
	url, _ := stalling(t, 300*time.Millisecond, stall)
	waited := 0
	for end := time.Now().Add(700 * time.Millisecond); time.Now().Before(end); {
		began := time.Now()
		answer, err := http.Get(url)
		require.NoError(t, err)
		answer.Body.Close()
		if time.Since(began) > bound {
			waited++
		}
	}
	require.Positive(t, waited)
	require.LessOrEqual(t, waited, 3, "the stall, and what else disturbed the machine")
}

// counting is a service that counts its requests by path.
func counting(t *testing.T, handle func(w http.ResponseWriter, r *http.Request)) (url string, counts func(path string) int) {
	var mu sync.Mutex
	seen := map[string]int{}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		seen[r.URL.Path]++
		mu.Unlock()
		handle(w, r)
	}))
	t.Cleanup(s.Close)
	return s.URL, func(path string) int {
		mu.Lock()
		defer mu.Unlock()
		return seen[path]
	}
}

func fine(http.ResponseWriter, *http.Request) {}

func TestWeights(t *testing.T) {
	url, counts := counting(t, fine)
	text := "config: {target: '" + url + "', phases: [{name: a, duration: 0.5, arrivalRate: 2000}]}\nscenarios:\n" +
		"  - {weight: 40, flow: [get: {url: /a}]}\n  - {weight: 30, flow: [get: {url: /b}]}\n  - {weight: 30, flow: [get: {url: /c}]}\n"
	_, err := Measure(t.Context(), read(t, text), Options{})
	require.NoError(t, err)
	for path, share := range map[string]float64{"/a": 0.4, "/b": 0.3, "/c": 0.3} {
		require.InDelta(t, 1000*share, counts(path), 4*math.Sqrt(1000*share*(1-share)), path)
	}
	first := counts("/a")
	_, err = Measure(t.Context(), read(t, text), Options{})
	require.NoError(t, err)
	require.Equal(t, 2*first, counts("/a"), "one seed, one sequence")
}

func TestKindsOfErrors(t *testing.T) {
	url, _ := counting(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/404":
			w.WriteHeader(404)
		case "/slow":
			select {
			case <-time.After(time.Second):
			case <-r.Context().Done():
			}
		case "/hangup":
			panic(http.ErrAbortHandler)
		case "/other":
			fmt.Fprint(w, `{"id": 1}`)
		}
	})
	for path, want := range map[string]kind{"/404": status4xx, "/slow": timedOut, "/hangup": connection, "/other": uncaptured} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			c := read(t, "config: {target: '"+url+"', timeout: 0.1, phases: [{name: a, duration: 0.5, arrivalRate: 22}]}\nscenarios:\n"+
				"  - flow: [get: {url: "+path+", capture: [{json: $.name, as: x}]}, get: {url: '/{{ x }}'}]\n")
			rows := newDriver(c, newClient(guard{}), Options{}).phase(t.Context(), c.phases[0]).rows
			require.Equal(t, map[kind]int64{want: 11}, rows["GET "+path].errors)
			if next := rows["GET /{{ x }}"]; rows["GET "+path].answered > 0 {
				require.Equal(t, map[kind]int64{uncaptured: 11}, next.errors, "what was not captured cannot be sent")
			} else {
				require.Zero(t, next.requests, "a user without an answer goes away")
			}
		})
	}
}

func TestOverloadIsCounted(t *testing.T) {
	url, counts := counting(t, func(http.ResponseWriter, *http.Request) { time.Sleep(300 * time.Millisecond) })
	run, err := Measure(t.Context(), read(t, at(url, config(`[{name: a, duration: 0.25, arrivalRate: 200}]`, `- get: {url: /}`))), Options{MaxInFlight: 5})
	require.NoError(t, err)
	require.Equal(t, 50.0, value(t, run, "a", "requests"))
	require.Equal(t, 45.0, value(t, run, "a", "errors.overload"))
	require.Equal(t, 5, counts("/"))
}

func TestThinkIsNoLatency(t *testing.T) {
	url, _ := counting(t, fine)
	run, err := Measure(t.Context(), read(t, at(url, config(`[{name: a, duration: 0.2, arrivalRate: 50}]`, `- get: {url: /a}
      - think: 0.2
      - get: {url: /b}`))), Options{})
	require.NoError(t, err)
	require.Less(t, value(t, run, "a/GET /b", "latency.p50"), 0.1)
	require.GreaterOrEqual(t, value(t, run, "a", "duration"), 0.4)
}

func TestRepeat(t *testing.T) {
	url, _ := counting(t, fine)
	var told []Progress
	run, err := Measure(t.Context(), read(t, at(url, config(`[{name: a, duration: 0.1, arrivalRate: 50}]`, `- get: {url: /}`))), Options{Repeat: 3, Progress: func(p Progress) { told = append(told, p) }})
	require.NoError(t, err)
	for _, s := range run.Series {
		require.Len(t, s.Samples, 3, s.Key)
	}
	require.Len(t, told, 3)
	require.True(t, told[2].Done)
	require.EqualValues(t, 5, told[2].Requests)
}

// A phase in which nothing was answered has no latency, and is no pass.
func TestNothingAnswered(t *testing.T) {
	url := "http://" + freeAddress(t)
	for _, warm := range []string{"true", "false"} {
		_, err := Measure(t.Context(), read(t, at(url, config(`[{name: a, duration: 0.1, arrivalRate: 50, warmup: `+warm+`}, {name: b, duration: 0.1, arrivalRate: 50}]`, `- get: {url: /}`))), Options{})
		require.EqualError(t, err, "a: nothing was answered: 5 requests (refused 5)\nis the service up at "+url+"?")
	}
}

func TestPlansThatMeasureNothing(t *testing.T) {
	for phases, want := range map[string]string{
		`[{name: a, duration: 0.1, arrivalRate: 1}]`:                                             "a: sends nothing: its 100ms are over before the first arrival",
		`[{name: warm, duration: 1, arrivalRate: 1}]`:                                            "every phase is a warm-up",
		`[{name: a, duration: 1, arrivalRate: 1}, {name: a, duration: 1, arrivalRate: 1}]`:       "two series with this name",
		`[{name: a, duration: 1, arrivalRate: 1}, {name: a/GET /, duration: 1, arrivalRate: 1}]`: "two series with this name",
	} {
		_, err := Measure(t.Context(), read(t, config(phases, `- get: {url: /}`)), Options{})
		require.ErrorContains(t, err, want)
	}
}

// A user who stops gets what was counted, and the warning that it is partial.
func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var sent atomic.Int64
	url, _ := counting(t, func(http.ResponseWriter, *http.Request) {
		if sent.Add(1) == 20 {
			cancel()
			time.Sleep(100 * time.Millisecond)
		}
	})
	c := read(t, at(url, config(`[{name: a, duration: 60, arrivalRate: 100}, {name: b, duration: 1, arrivalRate: 1}]`, `- get: {url: /}`)))
	began := time.Now()
	run, err := Measure(ctx, c, Options{})
	require.NoError(t, err)
	require.Less(t, time.Since(began), 3*time.Second)
	require.InDelta(t, 20, value(t, run, "a", "requests"), 5)
	require.GreaterOrEqual(t, value(t, run, "a", "latency.max"), 0.1, "what was in flight is counted")
	require.Contains(t, run.Warnings[len(run.Warnings)-1].Message, "partial")
	require.NotContains(t, fmt.Sprint(run.Series), "b/GET")

	_, err = Measure(ctx, c, Options{})
	require.ErrorIs(t, err, context.Canceled)
}
