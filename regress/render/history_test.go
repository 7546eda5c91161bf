package render_test

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/render"
	"github.com/org/regress-gate/regress/unit"
)

// histories are the fixed histories that every format is rendered from.
var histories = []struct {
	name, why string
	make      func(t testing.TB) *regress.History
}{
	{"history-changed", "losses, gains, exact steps, noise, and what never changed", changedHistory},
	{"history-together", "most metrics changed with one run: said once, before all else", togetherHistory},
	{"history-first", "a baseline that remembers no earlier run", firstHistory},
	{"history-hostile", "names that attack terminals, runners, tables and GitHub", hostileHistory},
	{"history-empty", "a baseline without metrics", func(testing.TB) *regress.History { return &regress.History{} }},
}

// entry is a metric with these earlier runs, a day apart.
func entry(benchmark, metric, u string, runs ...float64) regress.Entry {
	e := regress.Entry{Series: regress.Series{Key: regress.Key{Benchmark: benchmark, Metric: metric}, Unit: u, Samples: runs[len(runs)-1:]}}
	for i, v := range runs {
		e.History = append(e.History, regress.Point{
			Commit: fmt.Sprintf("%07x%033x", 0xc0ffee0+i, i), Time: time.Date(2026, 11, 1+i, 9, 0, 0, 0, time.UTC), Center: v, N: 10,
		})
	}
	return e
}

func historyOf(t testing.TB, entries ...regress.Entry) *regress.History {
	base, _ := refs()
	h, err := regress.NewHistory(&regress.Baseline{Commit: base.Commit, Time: base.Time, Env: base.Env, Entries: entries}, regress.Policy{})
	require.NoError(t, err)
	return h
}

func changedHistory(t testing.TB) *regress.History {
	noisy := func(level float64, jumps map[int]float64) (runs []float64) {
		for i := range 20 {
			if v, ok := jumps[i]; ok {
				level *= v
			}
			runs = append(runs, level*(1+0.006*math.Sin(float64(7*i*i))))
		}
		return runs
	}
	throughput := entry("Serve-8", "B/s", "B/s", noisy(52e6, map[int]float64{5: 1.4})...)
	info := entry("", "goroutines", "goroutines", noisy(40, map[int]float64{14: 2})...)
	info.Direction = unit.Info
	newcomer := entry("", "p95_latency", "ms", 101)
	newcomer.History = nil
	grown := entry("Grown-8", "sec/op", "sec/op", 1e-6, 1.01e-6, 0.99e-6, 1e-6, 1.02e-6, 1.04e-6, 1.05e-6, 1.07e-6, 1.08e-6, 1.09e-6)
	grown.Anchor = &regress.Point{Commit: grown.History[4].Commit, Time: grown.History[4].Time, Center: 1e-6, N: 5}
	known := entry("Known-8", "allocs/op", "allocs/op", 2, 2, 9, 2, 3)
	known.History[2].Mark, known.History[4].Mark = regress.Refused, regress.Rebased
	known.Accepted = &regress.Acceptance{By: "ann", Reason: "checksum added, #41", Time: known.History[4].Time, Commit: known.History[4].Commit, Value: fig(2)}
	return historyOf(t,
		grown, known,
		entry("Encode/small-8", "sec/op", "sec/op", noisy(1.2e-6, map[int]float64{12: 1.103})...),
		entry("Encode/small-8", "allocs/op", "allocs/op", 2, 2, 2, 2, 2, 2, 3, 3, 3, 0),
		entry("Decode/small-8", "sec/op", "sec/op", noisy(9.4e-3, map[int]float64{7: 1.2, 13: 1 / 1.2})...),
		entry("Hash-8", "sec/op", "sec/op", noisy(2.6e-7, nil)...),
		throughput, info, newcomer,
	)
}

func togetherHistory(t testing.TB) *regress.History {
	var entries []regress.Entry
	for i := range 12 {
		runs := []float64{1, 1.01, 1, 0.99, 1, 1.2, 1.21, 1.2, 1.19}
		if i > 8 {
			runs = []float64{1, 1.01, 1, 0.99, 1, 1, 1.01, 1, 0.99}
		}
		entries = append(entries, entry(fmt.Sprintf("B%02d", i), "sec/op", "sec/op", runs...))
	}
	return historyOf(t, entries...)
}

func firstHistory(t testing.TB) *regress.History {
	e := entry("Encode-8", "sec/op", "sec/op", 1.2e-6)
	e.History = nil
	return historyOf(t, e)
}

func hostileHistory(t testing.TB) *regress.History {
	var h regress.History
	for _, x := range hostile {
		if utf8.ValidString(x.text) && len(x.text) < 1000 {
			h.Tracks = append(h.Tracks, attackedHistory(t, x.text).Tracks...)
		}
	}
	return &h
}

// attackedHistory has the text in every place that can hold one.
func attackedHistory(t testing.TB, text string) *regress.History {
	e := entry(text, text, text, 1, 1, 1, 2, 2, 2)
	for i := range e.History {
		e.History[i].Commit, e.History[i].Time = text, time.Time{}
	}
	e.Accepted = &regress.Acceptance{By: text, Reason: text, Commit: text}
	e.Anchor = &regress.Point{Commit: text, Center: 0.5}
	h := historyOf(t, e)
	h.Baseline = regress.Ref{Commit: text, Env: regress.Env{CPU: text}}
	return h
}

func renderedHistory(t testing.TB, f render.HistoryFormat, h *regress.History, o render.Options) string {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, f.Render(&out, h, o))
	return out.String()
}

func TestHistoryGoldens(t *testing.T) {
	for _, h := range histories {
		for _, f := range render.HistoryFormats() {
			t.Run(h.name+"."+f.Name, func(t *testing.T) {
				golden(t, h.name+"."+f.Name, renderedHistory(t, f, h.make(t), render.Options{}), h.why)
			})
		}
	}
}

func TestLookupHistory(t *testing.T) {
	for _, f := range render.HistoryFormats() {
		got, err := render.LookupHistory(f.Name)
		require.NoError(t, err)
		require.Equal(t, f.Doc, got.Doc)
		require.NotEmpty(t, f.Doc)
	}
	_, err := render.LookupHistory("pdf")
	require.EqualError(t, err, `unknown output format "pdf" (one of text, markdown, html, json)`)
}

func TestHistoryFailingWriter(t *testing.T) {
	h := changedHistory(t)
	for _, f := range render.HistoryFormats() {
		size := len(renderedHistory(t, f, h, render.Options{}))
		for n := 0; n < size; n += 1 + size/500 {
			err := f.Render(&failing{n}, h, render.Options{})
			require.True(t, errors.Is(err, errFull), "%s: a writer that fails at byte %d of %d: %v", f.Name, n, size, err)
		}
		require.NoError(t, f.Render(&failing{size}, h, render.Options{}))
	}
}

func TestHistoryHostileNames(t *testing.T) {
	for _, x := range hostile {
		h := attackedHistory(t, x.text)
		for _, f := range render.HistoryFormats() {
			if f.Name == "json" && !utf8.ValidString(x.text) {
				continue // no JSON holds it
			}
			out := renderedHistory(t, f, h, render.Options{Title: x.text})
			require.NoError(t, checkLog(out), "%s: %s: %.80q", f.Name, x.why, x.text)
			if f.Name == "markdown" {
				require.NoError(t, checkMarkdown(out, 60_000), "%s: %.80q", x.why, x.text)
			}
		}
	}
}

func TestHistoryBudget(t *testing.T) {
	var h regress.History
	long := attackedHistory(t, strings.Repeat("|@x<`$", 1_600))
	for range 3_000 {
		h.Tracks = append(h.Tracks, long.Tracks[0])
	}
	markdown, err := render.LookupHistory("markdown")
	require.NoError(t, err)
	for _, limit := range []int{4_096, 60_000} {
		out := renderedHistory(t, markdown, &h, render.Options{Limit: limit})
		require.NoError(t, checkMarkdown(out, limit))
		require.Contains(t, out, "3000 series.", "the series go first")
	}
	require.ErrorContains(t, markdown.Render(&bytes.Buffer{}, &h, render.Options{Limit: 100}), "4096 are the least")
}

func TestHistoryColour(t *testing.T) {
	text, err := render.LookupHistory("text")
	require.NoError(t, err)
	plain := renderedHistory(t, text, changedHistory(t), render.Options{})
	colour := renderedHistory(t, text, changedHistory(t), render.Options{Color: true})
	require.NotContains(t, plain, "\x1b")
	require.Contains(t, colour, "\x1b[31mworse")
	require.Equal(t, plain, sgr.ReplaceAllString(colour, ""), "colour must not move anything")
}
