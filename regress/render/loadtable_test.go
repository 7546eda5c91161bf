package render_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/render"
	"github.com/stretchr/testify/require"
)

func loadSeries(benchmark, metric, unit string, samples ...float64) regress.Series {
	s := regress.Series{Key: regress.Key{Benchmark: benchmark, Metric: metric}, Unit: unit, Samples: samples}
	if len(samples) == 0 {
		s.Broken = "no request of this name was answered"
	}
	return s
}

// A phase, its requests under it, the median of the repetitions; what is not known
// is no number, and a hostile name does nothing.
func TestWriteLoad(t *testing.T) {
	run := &regress.Run{
		Series: []regress.Series{
			loadSeries("Peak", "requests", "count", 100, 300, 200),
			loadSeries("Peak", "latency.p99", "s", 0.0123),
			loadSeries("Peak", "error_rate", "ratio", 0.01),
			loadSeries("Peak", "errors.timeout", "count", 1),
			loadSeries("Peak/GET /users/{{ id }}", "requests", "count", 7),
			loadSeries("Peak/GET /users/{{ id }}", "latency.p99", "s"),
			loadSeries("Peaks\u202e::error::x", "latency.max", "s", 1),
		},
		Warnings: []regress.Warning{{Message: "::warning::it was interrupted"}},
	}
	var b strings.Builder
	require.NoError(t, render.WriteLoad(&b, run))
	require.Empty(t, cmp.Diff(`
phase, request           requests  rate  errors  mean  p50  p95      p99     max
Peak                          200     –  1.00 %     –    –    –  12.3 ms       –
  GET /users/{{ id }}           7     –       –     –    –    –        –       –
`, "\n"+strings.Join(strings.SplitAfter(b.String(), "\n")[:3], "")))
	require.NotContains(t, b.String(), "\u202e")
	require.NotContains(t, b.String(), "\n::")
	require.ErrorIs(t, render.WriteLoad(&failing{10}, run), errFull)
}
