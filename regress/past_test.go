package regress

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/org/regress-gate/regress/infer"
	"github.com/stretchr/testify/require"
)

// lab draws runs of a suite on a machine that is not the same every day.
type lab struct {
	rng     *rand.Rand
	metrics int
	run     float64 // sd of a run of one metric, as a fraction
	common  float64 // sd of a run of the whole suite
	sample  float64 // sd of a sample
	n       int
	day     int
}

func (l *lab) measure(change func(metric int) float64) *Run {
	r := &Run{Commit: fmt.Sprintf("c%03d", l.day), Time: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, l.day)}
	l.day++
	common := l.common * l.rng.NormFloat64()
	for i := range l.metrics {
		at := common + l.run*l.rng.NormFloat64()
		s := series(fmt.Sprintf("B%02d", i), "sec/op", "sec/op")
		for range l.n {
			s.Samples = append(s.Samples, 1e-6*float64(1+i)*change(i)*math.Exp(at+l.sample*l.rng.NormFloat64()))
		}
		r.Series = append(r.Series, s)
	}
	return r
}

func newRand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, seed)) }

func steady(int) float64 { return 1 }

// baseline folds runs in, as merges to main do.
func (l *lab) baseline(t *testing.T, runs int) *Baseline {
	b := &Baseline{}
	for range runs {
		b = l.merge(t, b, l.measure(steady))
	}
	return b
}

func (l *lab) merge(t *testing.T, b *Baseline, r *Run) *Baseline {
	report, err := Compare(b, r, Policy{})
	require.NoError(t, err)
	next, err := b.Update(r, report)
	require.NoError(t, err)
	return next
}

// A metric that always jumps by 8 % is judged by that, and a quiet one sharply.
func TestHistoryIsTheEvidence(t *testing.T) {
	quiet := &lab{rng: rand.New(rand.NewPCG(1, 1)), metrics: 12, run: 0.005, sample: 0.005, n: 5}
	base := quiet.baseline(t, 12)
	require.Len(t, base.Entries[0].History, 12)
	slower := quiet.measure(func(i int) float64 { return map[bool]float64{true: 1.12, false: 1}[i == 3] })
	r, err := Compare(base, slower, Policy{})
	require.NoError(t, err)
	require.ErrorIs(t, r.Err(), ErrRegressed)
	c := r.Comparisons[3]
	require.Equal(t, Regressed, c.Verdict)
	require.Equal(t, ByHistory, c.Evidence)
	require.Equal(t, 12, c.Past.Runs)
	spread, _ := c.Past.Spread.Get()
	require.InDelta(t, 0.006, spread, 0.003)
	require.Contains(t, c.Reason, "against the median of its last 12 runs +1")
	require.Equal(t, 1, r.Count().Regression)

	for i := range base.Entries {
		base.Entries[i].History = base.Entries[i].History[6:]
	}
	r, err = Compare(base, slower, Policy{})
	require.NoError(t, err)
	require.Equal(t, Unverified, r.Comparisons[3].Evidence, "six runs do not tell the noise")
	require.Equal(t, CauseSuspect, r.Comparisons[3].Cause, "and with 8 % assumed 12 % prove nothing")

	jumpy := &lab{rng: rand.New(rand.NewPCG(2, 2)), metrics: 12, run: 0.08, sample: 0.005, n: 5}
	base = jumpy.baseline(t, 12)
	r, err = Compare(base, jumpy.measure(func(i int) float64 { return map[bool]float64{true: 1.12, false: 1}[i == 3] }), Policy{})
	require.NoError(t, err)
	require.Zero(t, r.Count().Regression, "12 % are nothing where every run jumps by 8 %")
}

// What the whole suite does from run to run is neither a metric's own noise nor
// its own loss.
func TestHistoryKnowsTheMachine(t *testing.T) {
	l := &lab{rng: rand.New(rand.NewPCG(3, 3)), metrics: 20, run: 0.003, common: 0.10, sample: 0.003, n: 5}
	base := l.baseline(t, 15)
	r, err := Compare(base, l.measure(func(i int) float64 { return map[bool]float64{true: 1.10, false: 1}[i == 7] }), Policy{})
	require.NoError(t, err)
	require.Equal(t, Regressed, r.Comparisons[7].Verdict, "%s", r.Comparisons[7].Reason)
	require.Equal(t, 1, r.Count().Regression)
	require.True(t, r.Suite.Subtracted)

	all, err := Compare(base, l.measure(func(int) float64 { return 1.5 }), Policy{})
	require.NoError(t, err)
	require.Equal(t, Unproven, all.Gate(), "a slow-down of everything is not taken off unseen")
	require.Equal(t, CauseSuiteShift, all.Comparisons[0].Cause)
}

// Where a metric has been as slow before, a slow run is nothing new.
func TestHistoryOfTwoModes(t *testing.T) {
	base := NewBaseline(run(series("A", "sec/op", "sec/op", 1, 1.001, 0.999, 1.002, 0.998)))
	for i := range 12 {
		base.Entries[0].History = append(base.Entries[0].History, Point{Center: []float64{1, 1.2, 1}[i%3], N: 5})
	}
	base.Entries[0].History = append(base.Entries[0].History, Point{Center: 1, N: 5})
	r, err := Compare(base, run(series("A", "sec/op", "sec/op", 1.19, 1.191, 1.192, 1.189, 1.188)), Policy{})
	require.NoError(t, err)
	require.Equal(t, ByHistory, only(t, r).Evidence)
	require.Equal(t, Inconclusive, only(t, r).Verdict)
}

// A single value has a spread only through its history, and may be a spike.
func TestHistoryOfSingleValues(t *testing.T) {
	value := func(v float64) *Run { return run(series("", "p95_latency", "ms", v)) }
	base := NewBaseline(value(100))
	for i := range 10 {
		base.Entries[0].History = append(base.Entries[0].History, Point{Center: 100 + float64(i%3), N: 1})
	}
	for _, c := range []struct {
		why     string
		value   float64
		policy  Policy
		limit   Percent
		verdict Verdict
		cause   Cause
	}{
		{"twice the time, but one value", 200, Policy{}, Percent{}, Inconclusive, CauseSuspect},
		{"which may fail where somebody asked for it", 200, Policy{Single: SingleThreshold}, Percent{}, Regressed, 0},
		{"or for a threshold", 200, Policy{}, PercentOf(0.1), Regressed, 0},
		{"inside the noise of the history", 102, Policy{}, Percent{}, Unchanged, 0},
		{"half the time, but one value", 50, Policy{}, Percent{}, Inconclusive, CauseNotWorse},
	} {
		base.Entries[0].Threshold = c.limit
		r, err := Compare(base, value(c.value), c.policy)
		require.NoError(t, err)
		got := only(t, r)
		require.Equal(t, ByHistory, got.Evidence, c.why)
		require.Equal(t, c.verdict, got.Verdict, "%s: %s", c.why, got.Reason)
		require.Equal(t, c.cause, got.Cause, c.why)
	}
}

// The runs of one comparison, by which scale and unit they are seen.
func TestHistoryScales(t *testing.T) {
	for _, c := range []struct {
		why     string
		base    Series
		history func(i int) float64
		head    Series
		method  Method
		verdict Verdict
	}{
		{"a throughput that falls", series("A", "req/s", "req/s", 100, 101, 99, 100, 100), func(i int) float64 { return 100 + float64(i%2) },
			series("A", "req/s", "req/s", 80, 81, 79, 80, 80), RankLog, Regressed},
		{"a throughput that rises", series("A", "req/s", "req/s", 100, 101, 99, 100, 100), func(i int) float64 { return 100 + float64(i%2) },
			series("A", "req/s", "req/s", 130, 131, 129, 130, 130), RankLog, Improved},
		{"a history with a zero in it has no logarithm", series("A", "errors", "errors", 10, 11, 9, 10, 10.5), func(i int) float64 { return float64(i % 3) },
			series("A", "errors", "errors", 50, 51, 49, 50, 50.5), RankLinear, Regressed},
		{"a count that never varied is exact, with one value too", series("A", "size", "B", 1000), func(int) float64 { return 1000 },
			series("A", "size", "B", 1100), ExactValue, Regressed},
	} {
		base := NewBaseline(run(c.base))
		for i := range 12 {
			base.Entries[0].History = append(base.Entries[0].History, Point{Center: c.history(i), N: 5})
		}
		r, err := Compare(base, run(c.head), Policy{})
		require.NoError(t, err)
		got := only(t, r)
		require.Equal(t, c.method, got.Method, c.why)
		require.Equal(t, c.verdict, got.Verdict, "%s: %s", c.why, got.Reason)
	}
}

func TestAges(t *testing.T) {
	at := func(days ...int) (points []Point) {
		for _, d := range days {
			points = append(points, Point{Time: time.Date(2026, 1, d, 0, 0, 0, 0, time.UTC)})
		}
		return points
	}
	require.Equal(t, [][]int{{3, 2, 1, 0}, {3, 1}}, ages([][]Point{at(1, 2, 3, 4), at(1, 3)}), "a gap stays one")
	require.Equal(t, [][]int{{2, 1, 0}}, ages([][]Point{at(1, 1, 2)}), "two runs of one moment are told apart by their order")
	require.Nil(t, ages([][]Point{at(1, 2), {{}}}), "without a time nothing tells")
	require.Nil(t, ages([][]Point{at(2, 1)}), "nor where the times do not rise")
}

func TestPastOf(t *testing.T) {
	entry := func(marks ...Mark) *Entry {
		e := &Entry{Series: series("A", "sec/op", "sec/op", 7)}
		for i, m := range marks {
			e.History = append(e.History, Point{Center: float64(i), Mark: m})
		}
		return e
	}
	b := &Baseline{}
	require.Equal(t, past{}, b.pastOf(entry(0, 0, 0, 0, 0, 0)), "too few")
	require.Len(t, b.pastOf(entry(0, 0, 0, 0, 0, 0, 0, 0)).points, 8)
	require.Equal(t, 7, b.pastOf(entry(0, 0, 0, 0, 0, 0, 0, 0, 0)).base, "the run that the stored value is from need not be the last")
	require.Len(t, b.pastOf(entry(0, 0, 0, 0, 0, 0, 0)).points, infer.MinRuns, "a stored value that is not among them is the newest")
	require.Equal(t, past{}, b.pastOf(entry(0, 0, 0, 0, Refused, 0, 0, 0)), "a refused run tells nothing")
	require.Equal(t, past{}, b.pastOf(entry(0, 0, 0, Rebased, 0, 0, 0, 0)), "nor does what came before an accepted change")
	long := make([]Mark, 50)
	got := b.pastOf(entry(long...))
	require.Len(t, got.points, maxPast)
	require.Equal(t, []float64{7, 21, 49}, []float64{got.points[got.base].Center, got.points[1].Center, got.points[maxPast-1].Center}, "the stored run stays")
}
