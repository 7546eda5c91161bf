package regress

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func pattern(t *testing.T, text string) Pattern {
	t.Helper()
	p, err := NewPattern(text)
	require.NoError(t, err)
	return p
}

// A suspect is measured again, base and head in turns, and the new data decide.
func TestConfirm(t *testing.T) {
	base := NewBaseline(run(series("Noise", "sec/op", "sec/op", refBase...), series("Real", "sec/op", "sec/op", refBase...), series("Same", "sec/op", "sec/op", refBase...)))
	first, err := Compare(base, run(series("Noise", "sec/op", "sec/op", refHead...), series("Real", "sec/op", "sec/op", refHead...), series("Same", "sec/op", "sec/op", refBase...)), Policy{Suspect: FailClosed})
	require.NoError(t, err)
	require.Equal(t, []Key{{"Noise", "sec/op"}, {"Real", "sec/op"}}, first.Suite.Rerun)
	require.Equal(t, Unproven, first.Gate())

	again := func(b, h *Run) *Report {
		b.Design, h.Design = Interleaved, Interleaved
		r, err := Compare(first.Again(b), h, first.Policy)
		require.NoError(t, err)
		return r
	}
	both := first.Confirm(again(
		run(series("Noise", "sec/op", "sec/op", refBase...), series("Real", "sec/op", "sec/op", refBase...)),
		run(series("Noise", "sec/op", "sec/op", refBase...), series("Real", "sec/op", "sec/op", refHead...))))
	require.Equal(t, Shut, both.Gate())
	require.Equal(t, []Verdict{Unchanged, Regressed, first.Comparisons[2].Verdict}, []Verdict{both.Comparisons[0].Verdict, both.Comparisons[1].Verdict, both.Comparisons[2].Verdict})
	require.Equal(t, ByInterleaving, both.Comparisons[1].Evidence)
	require.Equal(t, CauseSuspect, both.Comparisons[0].First.Cause, "both stages are there")
	require.Nil(t, both.Comparisons[2].First)
	require.True(t, both.Suite.Confirmed)
	require.Equal(t, CauseSuspect, first.Comparisons[0].Cause, "the first report is not changed")

	half := first.Confirm(again(run(series("Real", "sec/op", "sec/op", refBase...)), run(series("Real", "sec/op", "sec/op", refBase...))))
	require.Equal(t, Unproven, half.Gate(), "what was not measured again stays a suspect")
	require.Equal(t, []Key{{"Noise", "sec/op"}}, half.Suite.Rerun)
	require.False(t, half.Suite.Confirmed)
	require.Contains(t, half.Warnings[len(half.Warnings)-1].Message, "Noise sec/op could not be measured again")
}

func TestAgainKeepsTheSettings(t *testing.T) {
	base := NewBaseline(run(series("A", "latency", "ms", 100)))
	base.Entries[0].Threshold, base.Entries[0].ThresholdAbs = PercentOf(0.2), NewFigure(5)
	first, err := Compare(base, run(series("A", "latency", "ms", 130)), Policy{})
	require.NoError(t, err)
	e := first.Again(run(series("A", "latency", "s", 0.1))).Entries[0]
	require.Equal(t, PercentOf(0.2), e.Threshold)
	abs, _ := e.ThresholdAbs.Get()
	require.InDelta(t, 0.005, abs, 1e-15, "in the unit of the new run")
}

// Where the whole suite moved, and its most precise metrics, measured again, did
// not, it was the machine.
func TestConfirmSettlesAShiftOfTheSuite(t *testing.T) {
	l := &lab{rng: newRand(11), metrics: 12, run: 0.004, sample: 0.004, n: 5}
	base := l.baseline(t, 1)
	first, err := Compare(base, l.measure(func(int) float64 { return 1.3 }), Policy{})
	require.NoError(t, err)
	require.Equal(t, Unproven, first.Gate())
	require.NotEmpty(t, first.Suite.Rerun)
	again := func(factor float64) *Report {
		b, h := l.measure(steady), l.measure(func(int) float64 { return factor })
		b.Design, h.Design = Interleaved, Interleaved
		r, err := Compare(first.Again(b), h, Policy{})
		require.NoError(t, err)
		return first.Confirm(r)
	}
	require.Equal(t, Open, again(1).Gate())
	require.Equal(t, Shut, again(1.3).Gate(), "or it was not")
}

// New data that cannot decide leave the first finding as it is.
func TestConfirmNeedsEnoughSamples(t *testing.T) {
	slow := []float64{300, 301, 299, 300, 302}
	first, err := Compare(NewBaseline(run(series("A", "sec/op", "sec/op", refBase...))), run(series("A", "sec/op", "sec/op", slow...)), Policy{})
	require.NoError(t, err)
	require.Equal(t, Shut, first.Gate())
	for _, n := range []int{1, 3} {
		b, h := run(series("A", "sec/op", "sec/op", refBase[:n]...)), run(series("A", "sec/op", "sec/op", refBase[:n]...))
		b.Design, h.Design = Interleaved, Interleaved
		again, err := Compare(first.Again(b), h, Policy{})
		require.NoError(t, err)
		require.Equal(t, Shut, first.Confirm(again).Gate(), "%d samples", n)
	}
}

// A waiver excuses what is found in the end: one that covered the first loss does not
// come back for a larger one that was confirmed. Nor is it called unneeded because the
// second report, of the suspects alone, had no use for it.
func TestConfirmHoldsTheWaiversAnew(t *testing.T) {
	waivers := []Waiver{
		{Match: pattern(t, "A"), UpTo: PercentOf(0.15), Reason: "checksum", Until: Date{time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC)}},
		{Match: pattern(t, "Exact"), UpTo: PercentOf(2), Reason: "cache", Until: Date{time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC)}},
	}
	p := Policy{Waivers: waivers, Now: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), RunNoise: PercentOf(0)}
	allocs := func(n float64) Series { return series("Exact", "allocs/op", "allocs/op", n, n, n) }
	first, err := Compare(NewBaseline(run(series("A", "sec/op", "sec/op", refBase...), allocs(1))), run(series("A", "sec/op", "sec/op", refHead...), allocs(2)), p)
	require.NoError(t, err)
	require.NotNil(t, first.Comparisons[0].Waiver, "12 % of 15 %")
	require.Equal(t, Open, first.Gate())
	require.Equal(t, []Key{{"A", "sec/op"}}, first.Suite.Rerun)

	slower := []float64{132.3, 131, 133.1, 130.8, 132.9}
	b, h := run(series("A", "sec/op", "sec/op", refBase...)), run(series("A", "sec/op", "sec/op", slower...))
	b.Design, h.Design = Interleaved, Interleaved
	h.Warnings = []Warning{{Message: "the machine is busy"}}
	again, err := Compare(first.Again(b), h, p)
	require.NoError(t, err)
	both := first.Confirm(again)
	require.Equal(t, Shut, both.Gate(), "32 % is more than the waiver accepts")
	require.Nil(t, both.Comparisons[0].Waiver)
	require.NotNil(t, both.Comparisons[1].Waiver)
	require.Equal(t, []Warning{
		{Message: "measured again: the machine is busy"},
		{Message: "waiver 1 (A: checksum) accepts losses up to 15%, and A sec/op lost more"},
	}, both.Warnings)

	h.Series[0].Samples = refBase
	again, err = Compare(first.Again(b), h, p)
	require.NoError(t, err)
	require.Contains(t, first.Confirm(again).Warnings, Warning{Message: "waiver 1 (A: checksum) was not needed: remove it"})
}

// Only what a person asked for holds for single values, and the policy's default was
// not asked for.
func TestAgainAsksForNoMoreThanThePolicy(t *testing.T) {
	base := NewBaseline(run(series("A", "sec/op", "sec/op", 100), series("B", "sec/op", "sec/op", 100), series("C", "sec/op", "sec/op", 100)))
	base.Entries[1].Threshold = PercentOf(0.1)
	p := Policy{Rules: []Rule{{Match: pattern(t, "C"), Threshold: PercentOf(0.2)}}}
	first, err := Compare(base, run(series("A", "sec/op", "sec/op", 150), series("B", "sec/op", "sec/op", 150), series("C", "sec/op", "sec/op", 150)), p)
	require.NoError(t, err)
	again := first.Again(run(series("A", "sec/op", "sec/op", 100), series("B", "sec/op", "sec/op", 100), series("C", "sec/op", "sec/op", 100)))
	require.Equal(t, []Percent{{}, PercentOf(0.1), {}}, []Percent{again.Entries[0].Threshold, again.Entries[1].Threshold, again.Entries[2].Threshold})
	second, err := Compare(again, run(series("A", "sec/op", "sec/op", 150)), p)
	require.NoError(t, err)
	require.Equal(t, RankLog, second.Comparisons[0].Method, "not the plain comparison")
	require.Equal(t, CauseTooFew, second.Comparisons[0].Cause)
}
