package gate

import (
	"context"
	"testing"
	"time"

	"github.com/org/regress-gate/regress"
	"github.com/stretchr/testify/require"
)

// suspects is the report of a check that wants the keys measured again.
func suspects(keys ...regress.Key) *regress.Report {
	return &regress.Report{Suite: regress.Suite{Rerun: keys}, Warnings: make([]regress.Warning, 1, 8)}
}

// Ctrl-C before anything was measured costs nobody the report that is there.
func TestConfirmThatIsStopped(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	first := suspects(regress.Key{Benchmark: "A", Metric: "sec/op"})
	report, err := Confirm(ctx, Judgement{Now: time.Now}, Experiment{Base: "HEAD", Now: time.Now}, first)
	require.NoError(t, err)
	require.Contains(t, report.Warnings[1].Message, "stay as they were found first: it was stopped before they were measured once")
	require.Equal(t, first.Suite, report.Suite, "they are suspects still")
	require.Len(t, first.Warnings, 1, "the first report is not changed")

	_, err = Confirm(context.Background(), Judgement{Now: time.Now}, Experiment{Base: "no such commit", Now: time.Now}, first)
	require.Error(t, err, "what was asked for wrongly is no reason to go on without")
}

func TestSuspectNames(t *testing.T) {
	in := func(pkg, name, metric string) regress.Series {
		return regress.Series{Key: regress.Key{Benchmark: name, Metric: metric}, Package: pkg, Samples: []float64{1}}
	}
	report := suspects(
		regress.Key{Benchmark: "X", Metric: "t"},   // of which the baseline does not tell the package
		regress.Key{Benchmark: "b.Y", Metric: "t"}, // of which it does
		regress.Key{Benchmark: "Z", Metric: "t"})
	base := &regress.Run{Series: []regress.Series{in("a", "X", "t"), in("a", "a.Y", "t"), in("b", "b.Y", "t"), in("a", "a.Z", "t"), in("a", "X", "other")}}
	head := &regress.Run{Series: []regress.Series{in("a", "X", "t"), in("a", "Y", "t"), in("b", "b.Z", "t")}}
	names, twice := suspectNames(report, base, head)
	selected := func(r *regress.Run) (keys []regress.Key) {
		for _, s := range r.Select(names).Series {
			keys = append(keys, s.Key)
		}
		return keys
	}
	require.Equal(t, []regress.Key{{Benchmark: "X", Metric: "t"}, {Benchmark: "b.Y", Metric: "t"}}, selected(base))
	require.Equal(t, []regress.Key{{Benchmark: "X", Metric: "t"}}, selected(head), "a.Y is not the suspect, and nobody knows which Z is")
	require.Equal(t, []regress.Warning{{Message: "Z t is in two packages, a and b: name the one that was measured with --package"}}, twice)
}

// A suspect that is left alone is named, and where there is no other it is said that
// nothing was measured.
func TestWeakSuspectsAreNamed(t *testing.T) {
	first := suspects()
	for _, name := range []string{"A", "B", "C", "D", "E", "F"} {
		first.Comparisons = append(first.Comparisons, regress.Comparison{Key: regress.Key{Benchmark: name, Metric: "t"}, Verdict: regress.Inconclusive, Cause: regress.CauseSuspect})
	}
	report, err := Confirm(context.Background(), Judgement{Now: time.Now}, Experiment{Base: "HEAD", Now: time.Now}, first)
	require.NoError(t, err)
	require.Contains(t, report.Warnings[1].Message, "p > 0.05): A t, B t, C t, D t, E t and 1 more")
	first.Suite.Rerun = []regress.Key{{Benchmark: "A", Metric: "t"}}
	require.NotContains(t, weakSuspects(first)[0].Message, "A t")
}
