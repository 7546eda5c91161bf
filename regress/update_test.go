package regress

import (
	"bytes"
	"testing"
	"time"

	"github.com/org/regress-gate/regress/infer"
	"github.com/org/regress-gate/regress/unit"
	"github.com/stretchr/testify/require"
)

// merger folds runs of one metric into a baseline, a day apart.
type merger struct {
	t    *testing.T
	base *Baseline
	day  int
	p    Policy
}

func (m *merger) merge(commit string, samples ...float64) (*Report, error) {
	m.t.Helper()
	m.day++
	head := run(series("A", "allocs/op", "allocs/op", samples...))
	head.Commit, head.Time = commit, time.Date(2026, 1, m.day, 0, 0, 0, 0, time.UTC)
	if m.base == nil {
		m.base = &Baseline{}
	}
	report, err := Compare(m.base, head, m.p)
	require.NoError(m.t, err)
	next, err := m.base.Update(head, report)
	if err == nil {
		m.base = next
	}
	return report, err
}

func (m *merger) entry() *Entry { return &m.base.Entries[0] }

func (m *merger) history() (centers []float64, marks []Mark) {
	for _, p := range m.entry().History {
		centers, marks = append(centers, p.Center), append(marks, p.Mark)
	}
	return centers, marks
}

func TestUpdateKeepsHistory(t *testing.T) {
	m := &merger{t: t}
	for _, allocs := range []float64{100, 101, 102, 120, 103, 50, 51} {
		_, err := m.merge("", allocs, allocs, allocs)
		require.NoError(t, err)
	}
	centers, marks := m.history()
	require.Equal(t, []float64{100, 101, 102, 120, 103, 50, 51}, centers, "every run is there")
	require.Equal(t, []Mark{0, 0, 0, Refused, 0, Rebased, 0}, marks, "a regression was not taken in, and an improvement begins anew")
	require.Equal(t, []float64{51, 51, 51}, m.entry().Samples)
	require.Equal(t, 50.5, m.entry().Anchor.Center, "the anchor is of the runs since then")
	require.Equal(t, 2, m.entry().Anchor.N)

	m = &merger{t: t, p: Policy{History: 8}}
	for i := range 13 {
		_, err := m.merge("", 100+float64(i)/10)
		require.NoError(t, err)
	}
	centers, _ = m.history()
	require.Len(t, centers, 8, "it stays bounded")
	require.Equal(t, 101.2, centers[7])
	require.InDelta(t, 100.2, m.entry().Anchor.Center, 1e-9, "and the anchor that of the first five")

	for range 10 {
		_, err := m.merge("", 200)
		require.NoError(t, err)
	}
	centers, marks = m.history()
	require.Equal(t, []float64{101.2, 200, 200}, centers[:3], "the run that is stored is never dropped")
	require.Equal(t, []Mark{0, Refused, Refused}, marks[:3])
	require.Equal(t, []float64{101.2}, m.entry().Samples)
}

func TestUpdateTwiceWithOneRun(t *testing.T) {
	m := &merger{t: t}
	for range 3 {
		_, err := m.merge("abc", 100, 100, 100)
		require.NoError(t, err)
	}
	require.Len(t, m.entry().History, 1, "a job that is repeated is no second measurement")
	_, err := m.merge("def", 100, 100, 100)
	require.NoError(t, err)
	require.Len(t, m.entry().History, 2, "the same figure of another commit is")
}

func TestUpdateOfAnOlderRun(t *testing.T) {
	m := &merger{t: t, day: 10}
	_, err := m.merge("new", 100)
	require.NoError(t, err)
	m.day = 5
	_, err = m.merge("old", 90)
	require.ErrorIs(t, err, ErrOlderRun)
	require.Equal(t, []float64{100}, m.entry().Samples)
}

func TestUpdateRecordsAcceptances(t *testing.T) {
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	m := &merger{t: t}
	_, err := m.merge("a", 100, 100, 100)
	require.NoError(t, err)
	m.p = Policy{Now: now, Waivers: []Waiver{{Match: Pattern{"A"}, UpTo: PercentOf(0.2), Reason: "checksum, #41", Until: Date{now}}}}
	_, err = m.merge("b", 115, 115, 115)
	require.NoError(t, err)
	a := m.entry().Accepted
	require.Equal(t, "waiver", a.By)
	require.Equal(t, "checksum, #41", a.Reason)
	require.Equal(t, "b", a.Commit)
	require.Equal(t, NewFigure(100), a.Value)
	require.Equal(t, []float64{115, 115, 115}, m.entry().Samples)
	require.Equal(t, 115., m.entry().Anchor.Center, "drift is counted from there")

	var text bytes.Buffer
	_, err = m.base.WriteTo(&text)
	require.NoError(t, err)
	back, err := ReadBaseline(&text, "b.json")
	require.NoError(t, err)
	require.Equal(t, m.base, back, "history, marks, anchor and acceptance survive the file")
}

func TestUpdateAcceptsAnotherUnit(t *testing.T) {
	base := NewBaseline(run(series("A", "size", "B", 100)))
	base.Entries[0].Direction, base.Entries[0].ThresholdAbs, base.Entries[0].Threshold = unit.Higher, NewFigure(16), PercentOf(0.1)
	head := run(series("A", "size", "widgets", 5))
	report, err := Compare(base, head, Policy{})
	require.NoError(t, err)
	next, err := base.Update(head, report)
	require.NoError(t, err)
	require.Equal(t, "B", next.Entries[0].Unit, "another unit is not taken in")
	require.Empty(t, next.Entries[0].History)
	report.Accept(Acceptance{Reason: "counted otherwise"}, func(*Comparison) bool { return true })
	next, err = base.Update(head, report)
	require.NoError(t, err)
	require.Equal(t, "widgets", next.Entries[0].Unit)
	require.Equal(t, []float64{5}, next.Entries[0].Samples)
	require.Len(t, next.Entries[0].History, 1)
	require.Equal(t, unit.Undeclared, next.Entries[0].Direction, "which way was worse, was said of bytes")
	require.True(t, next.Entries[0].ThresholdAbs.IsZero(), "and so was how much matters")
	require.Equal(t, PercentOf(0.1), next.Entries[0].Threshold, "a fraction holds in any unit")
}

// A suspect is not proven: it stays out of the stored value, so that it is not
// lost, and in the history, so that the noise it may be is not underrated.
func TestUpdateOfASuspect(t *testing.T) {
	base := NewBaseline(run(series("A", "sec/op", "sec/op", refBase...)))
	head := run(series("A", "sec/op", "sec/op", refHead...))
	report, err := Compare(base, head, Policy{})
	require.NoError(t, err)
	require.Equal(t, CauseSuspect, only(t, report).Cause)
	next, err := base.Update(head, report)
	require.NoError(t, err)
	e := next.Entries[0]
	require.Equal(t, refBase, e.Samples)
	require.Equal(t, []float64{100, 112.3}, []float64{e.History[0].Center, e.History[1].Center})
	require.Equal(t, Doubted, e.History[1].Mark)
	require.Equal(t, 100.0, e.Anchor.Center, "the anchor does not rest on it")
}

// A loss that was merged as a suspect stays one, however many runs repeat it: it
// does not become the measure, and the drift from the anchor tells of it.
func TestSuspectsDoNotBecomeTheMeasure(t *testing.T) {
	for _, c := range []struct {
		why     string
		samples func(center float64, run int) []float64
	}{
		{"ten samples", func(center float64, run int) []float64 {
			list := make([]float64, 10)
			for i := range list {
				list[i] = center * (1 + 0.002*float64((7*i+3*run)%10))
			}
			return list
		}},
		{"single values", func(center float64, run int) []float64 { return []float64{center * (1 + 0.004*float64(run*7%5))} }},
	} {
		base := &Baseline{}
		var last *Report
		for i := range 30 {
			center := 100.0
			if i > 0 {
				center = 125
			}
			head := run(series("A", "sec/op", "sec/op", c.samples(center, i)...))
			head.Time = time.Date(2026, 1, 1+i, 0, 0, 0, 0, time.UTC)
			report, err := Compare(base, head, Policy{})
			require.NoError(t, err)
			base, err = base.Update(head, report)
			require.NoError(t, err)
			last = report
		}
		require.Less(t, infer.Median(base.Entries[0].Samples), 103.0, c.why)
		require.Less(t, base.Entries[0].Anchor.Center, 103.0, c.why)
		require.NotEqual(t, Unchanged, only(t, last).Verdict, c.why)
		d, err := base.Drift(Policy{})
		require.NoError(t, err)
		require.Len(t, d.Findings, 1, c.why)
		require.True(t, d.Findings[0].Proven, c.why)
	}
}

func TestPin(t *testing.T) {
	m := &merger{t: t}
	for i := range 8 {
		_, err := m.merge("", 100+float64(i)/10)
		require.NoError(t, err)
	}
	pinned := m.base.Pin()
	require.InDelta(t, 100.2, m.entry().Anchor.Center, 1e-9, "the baseline itself is not changed")
	require.InDelta(t, 100.5, pinned.Entries[0].Anchor.Center, 1e-9, "the last five")
	m.base = pinned
	_, err := m.merge("", 101)
	require.NoError(t, err)
	require.InDelta(t, 100.5, m.entry().Anchor.Center, 1e-9, "and it stays")
}

func TestBrokenHistory(t *testing.T) {
	for _, c := range []struct{ why, entry, want string }{
		{"a run that measured nothing", `"history": [{"commit": "a"}]`, "b.json:1: an earlier run without a value"},
		{"a mark that does not exist", `"history": [{"value": 1, "mark": "good"}]`, `b.json:1: unknown mark "good" (one of ordinary, refused, rebased, doubted)`},
		{"an unknown field", `"history": [{"value": 1, "mean": 2}]`, `b.json:1: unknown field "mean" in an earlier run`},
		{"a time that is none", `"anchor": {"value": 1, "timestamp": "today"}`, "is not a time"},
		{"a commit with a control character", `"history": [{"value": 1, "commit": "a\u0007"}]`, "commit of earlier run 1: control character U+0007"},
		{"an acceptance with an unknown field", `"accepted": {"who": "x"}`, `unknown field "who" in an acceptance`},
		{"a reason with a control character", `"accepted": {"reason": "\u001b[2J"}`, "acceptance: control character U+001B"},
		{"out of range", `"history": [{"value": 1e999}]`, "b.json:1"},
	} {
		_, err := ReadBaseline(bytes.NewReader([]byte(`{"metrics": {"m": {"value": 1, `+c.entry+`}}}`)), "b.json")
		require.ErrorContains(t, err, c.want, c.why)
	}
}

func TestAcceptedRegressionDoesNotClose(t *testing.T) {
	r := vouched(t, run(series("A", "sec/op", "sec/op", refBase...)), run(series("A", "sec/op", "sec/op", refHead...)), Policy{})
	require.Equal(t, Shut, r.Gate())
	r.Accept(Acceptance{Reason: "known"}, func(c *Comparison) bool { return c.Direction == unit.Lower })
	require.Equal(t, Open, r.Gate())
}
