package regress

import (
	"fmt"
	"io"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// HistorySchema is the version of the history JSON that this package writes.
const HistorySchema = 1

// History is what a baseline remembers of its metrics. Everything that shows a
// history is rendered from it alone.
type History struct {
	Baseline Ref
	Tracks   []Track // sorted by key
	Drift    Drift
}

// NewHistory returns the history of the baseline, with its changes and its drift as
// the policy weighs them. It shares the points of the baseline.
func NewHistory(b *Baseline, p Policy) (*History, error) {
	tracks, err := b.Tracks(p)
	if err != nil {
		return nil, err
	}
	drift, err := b.Drift(p)
	if err != nil {
		return nil, err
	}
	return &History{Ref{b.Commit, b.Time, b.Env}, tracks, drift}, nil
}

// Select returns the history of the metrics that match both patterns: that of
// the benchmark, with and without its -N, and that of the metric. An unset
// pattern matches everything.
func (h *History) Select(benchmark, metric Pattern) *History {
	if benchmark.IsZero() {
		benchmark = Pattern{"*"}
	}
	rule := Rule{Match: benchmark, Metric: metric}
	selected := &History{Baseline: h.Baseline, Drift: h.Drift}
	selected.Drift.Findings = nil
	for _, f := range h.Drift.Findings {
		if rule.matches(f.Key) {
			selected.Drift.Findings = append(selected.Drift.Findings, f)
		}
	}
	for _, t := range h.Tracks {
		if rule.matches(t.Key) {
			selected.Tracks = append(selected.Tracks, t)
		}
	}
	return selected
}

// WriteTo writes the history as JSON, indented. Numbers that do not exist are
// left out.
func (h *History) WriteTo(w io.Writer) (int64, error) {
	counting := &countingWriter{w: w}
	err := json.MarshalWrite(counting, struct {
		Schema   int     `json:"schema"`
		Baseline Ref     `json:"baseline"`
		Metrics  []Track `json:"metrics"`
		Drift    Drift   `json:"drift"`
	}{HistorySchema, h.Baseline, h.Tracks, h.Drift}, jsontext.WithIndent("  "))
	if err == nil {
		_, err = counting.Write([]byte("\n"))
	}
	if err != nil {
		return counting.n, fmt.Errorf("encoding history: %w", err)
	}
	return counting.n, nil
}
