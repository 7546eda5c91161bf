package gate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/render"
)

// board is what the test reads of a dashboard.
type board struct {
	UID           string
	SchemaVersion int
	Templating    struct {
		List []struct{ Name, Type, Definition string }
	}
	Panels []struct {
		ID         int
		Type       string
		Title      string
		Datasource struct{ UID string }
		GridPos    struct{ X, Y, W, H int }
		Targets    []struct {
			RefID      string
			Expr       string
			Datasource struct{ UID string }
		}
	}
}

func readBoard(t *testing.T) board {
	var b board
	require.NoError(t, json.Unmarshal([]byte(render.Dashboard()), &b))
	return b
}

var family = regexp.MustCompile(`regress_gate_\w+`)

// gaugesOf are the metric families that a text names.
func gaugesOf(text string) map[string]bool {
	m := map[string]bool{}
	for _, name := range family.FindAllString(text, -1) {
		m[name] = true
	}
	return m
}

func TestDashboard(t *testing.T) {
	b := readBoard(t)
	require.NotEmpty(t, b.UID)
	require.GreaterOrEqual(t, b.SchemaVersion, 39)
	require.Equal(t, "datasource", b.Templating.List[0].Type)
	ids, queries := map[int]bool{}, ""
	taken := map[[2]int]string{}
	for _, p := range b.Panels {
		require.False(t, ids[p.ID], "%s: panel %d twice", p.Title, p.ID)
		ids[p.ID] = true
		for x := range p.GridPos.W {
			for y := range p.GridPos.H {
				at := [2]int{p.GridPos.X + x, p.GridPos.Y + y}
				require.Empty(t, taken[at], "%s lies over another panel", p.Title)
				require.Less(t, at[0], 24, p.Title)
				taken[at] = p.Title
			}
		}
		if p.Type != "row" {
			require.NotEmpty(t, p.Targets, p.Title)
			require.Equal(t, "${datasource}", p.Datasource.UID, p.Title)
		}
		for _, target := range p.Targets {
			require.Equal(t, "${datasource}", target.Datasource.UID, p.Title)
			queries += target.Expr + "\n"
		}
	}
	var text bytes.Buffer
	require.NoError(t, render.Write(&text, "openmetrics", &regress.Report{Head: regress.Ref{Time: time.Now()}}, render.Options{}))
	require.Equal(t, gaugesOf(text.String()), gaugesOf(queries), "what is told is shown, and what is shown is told")
}

// measured writes a run: one metric for each way in which a metric can go.
func measured(t *testing.T, name string, factor float64) Input {
	samples := func(center float64) string {
		var list []string
		for i := range 10 {
			list = append(list, fmt.Sprint(center*(1+0.001*float64(i))))
		}
		return strings.Join(list, ",")
	}
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, fmt.Appendf(nil, `{"commit": %q, "timestamp": %q, "benchmarks": {
		"Encode/a b|\"{}\\-8": {"sec/op": {"unit": "sec/op", "samples": [%s]}, "B/s": {"unit": "B/s", "samples": [%s]}},
		"Hash-8": {"sec/op": {"unit": "sec/op", "samples": [%s]}}},
		"metrics": {"p95_latency": {"value": %g, "unit": "ms"}}}`,
		name, time.Now().UTC().Format(time.RFC3339), samples(1e-6*factor), samples(1e8/factor), samples(2e-7), 90*factor), 0o600))
	return Input{Paths: []string{path}}
}

// found asks the server as Grafana does, and returns how many series or names it found.
func found(server, path string, form url.Values) (int, error) {
	response, err := http.Get(server + path + "?" + form.Encode())
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	var answer struct {
		Status, Error string
		Data          json.RawMessage
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return 0, err
	}
	if answer.Status != "success" {
		return 0, fmt.Errorf("%s: %s", answer.Status, answer.Error)
	}
	var vector struct{ Result []struct{} }
	var names []string
	if json.Unmarshal(answer.Data, &names) == nil {
		return len(names), nil
	}
	err = json.Unmarshal(answer.Data, &vector)
	return len(vector.Result), err
}

var labelValues = regexp.MustCompile(`^label_values\((.*), (\w+)\)$`)

// TestDashboardOnRealPrometheus lets a real server scrape what the gate said of
// three runs, one that shuts it, one that opens it and a faster one, and asks it
// every query of every panel and of every variable.
func TestDashboardOnRealPrometheus(t *testing.T) {
	policy := filepath.Join(t.TempDir(), "policy.yaml")
	require.NoError(t, os.WriteFile(policy, []byte("single: threshold\nalerts:\n  - {name: High Latency, condition: \"p95_latency > 100ms\", severity: critical}\n"), 0o600))
	judgement := Judgement{Policy: policy, Now: time.Now}
	base := measured(t, "base.json", 1)
	var targets []string
	for name, factor := range map[string]float64{"shut.json": 1.3, "open.json": 1.001, "better.json": 0.7} {
		report, err := Compare(judgement, base, measured(t, name, factor))
		require.NoError(t, err)
		require.Equal(t, factor > 1.1, report.Gate() == regress.Shut, name)
		var text bytes.Buffer
		require.NoError(t, render.Write(&text, "openmetrics", report, render.Options{}))
		service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/plain; version=0.0.4")
			_, _ = io.WriteString(w, text.String())
		}))
		t.Cleanup(service.Close)
		targets = append(targets, service.Listener.Addr().String())
	}
	server := startPrometheus(t, targets...)
	require.EventuallyWithT(t, func(c *assert.CollectT) {
		n, err := found(server, "/api/v1/query", url.Values{"query": {"count_over_time(regress_gate_alert_fired[1m])"}})
		require.NoError(c, err)
		require.Equal(c, len(targets), n, "the last family of each")
	}, 30*time.Second, 300*time.Millisecond)

	b := readBoard(t)
	for _, chosen := range []*strings.Replacer{
		strings.NewReplacer("$job", ".*", "$benchmark", ".*", "$metric", ".*"), // All
		strings.NewReplacer("$job", "(users)", "$benchmark", `(Encode/a b\\|\"\\{\\}\\\\-8|Hash-8)`, "$metric", "(sec/op)"),
	} {
		for _, p := range b.Panels {
			for _, target := range p.Targets {
				n, err := found(server, "/api/v1/query", url.Values{"query": {chosen.Replace(target.Expr)}})
				require.NoError(t, err, "%s %s", p.Title, target.RefID)
				require.NotZero(t, n, "%s %s finds nothing: %s", p.Title, target.RefID, chosen.Replace(target.Expr))
			}
		}
		for _, v := range b.Templating.List[1:] {
			m := labelValues.FindStringSubmatch(v.Definition)
			require.NotNil(t, m, v.Name)
			n, err := found(server, "/api/v1/label/"+m[2]+"/values", url.Values{"match[]": {chosen.Replace(m[1])}})
			require.NoError(t, err, v.Name)
			require.NotZero(t, n, v.Name)
		}
	}
}
