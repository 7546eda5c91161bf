package regress

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/org/regress-gate/regress/unit"
	"github.com/stretchr/testify/require"
)

// series, run and baseline make inputs short enough to be read in a table.
func series(benchmark, metric, u string, samples ...float64) Series {
	return Series{Key: Key{benchmark, metric}, Unit: u, Samples: samples}
}

func run(s ...Series) *Run { return &Run{Series: s} }

// vouched compares two runs as the command compare does.
func vouched(t *testing.T, base, head *Run, p Policy) *Report {
	t.Helper()
	b := NewBaseline(base)
	b.Design, head.Design = Vouched, Vouched
	r, err := Compare(b, head, p)
	require.NoError(t, err)
	return r
}

// only returns the single comparison of a report.
func only(t *testing.T, r *Report) Comparison {
	t.Helper()
	require.Len(t, r.Comparisons, 1)
	return r.Comparisons[0]
}

var (
	refBase = []float64{100, 101.2, 99.1, 100.4, 98.7}
	refHead = []float64{112.3, 111, 113.1, 110.8, 112.9}
)

// The reference of the decision procedure, computed independently of this code:
// U = 25 of 25, p_U = 1/126 two-sided doubled by the mirrored split, HL +12.2593718 %.
func TestCompareReference(t *testing.T) {
	c := only(t, vouched(t, run(series("A", "sec/op", "sec/op", refBase...)), run(series("A", "sec/op", "sec/op", refHead...)), Policy{}))
	require.Equal(t, Regressed, c.Verdict)
	require.Equal(t, ByVouching, c.Evidence)
	near := func(want float64, got Figure, digits float64) {
		t.Helper()
		v, ok := got.Get()
		require.True(t, ok)
		require.InDelta(t, want, v, digits)
	}
	near(1.0/126, c.P, 1e-12)
	near(0.122593718, c.Delta.Relative, 5e-10)
	near(math.Expm1(0.0985645671), c.Delta.Lo, 5e-10)
	near(math.Expm1(0.1321429418), c.Delta.Hi, 5e-10)
	near(0.0065747621, c.SE, 5e-11)
	near(1.32995e-7, c.PGate, 5e-13)
	near(1.32995e-7, c.PAdjusted, 5e-13) // a family of one
}

func TestVerdicts(t *testing.T) {
	shift := func(samples []float64, factor float64) []float64 {
		moved := make([]float64, len(samples))
		for i, v := range samples {
			moved[i] = v * factor
		}
		return moved
	}
	ten := []float64{100, 101, 99, 100.5, 99.5, 100.2, 99.8, 101.1, 98.9, 100.1}
	wild := []float64{100, 140, 70, 120, 90, 60, 150, 110, 80, 130}
	for _, c := range []struct {
		why        string
		base, head Series
		policy     Policy
		verdict    Verdict
		cause      Cause
		gate       Gate
	}{
		{"lower is better by the unit: a larger time is a regression",
			series("A", "sec/op", "sec/op", ten...), series("A", "sec/op", "sec/op", shift(ten, 1.2)...), Policy{}, Regressed, 0, Shut},
		{"an improvement is not a regression, though it deviates as far",
			series("A", "sec/op", "sec/op", ten...), series("A", "sec/op", "sec/op", shift(ten, 0.8)...), Policy{}, Improved, 0, Open},
		{"higher is better by the unit: the same numbers, the other way",
			series("A", "B/s", "B/s", ten...), series("A", "B/s", "B/s", shift(ten, 0.8)...), Policy{}, Regressed, 0, Shut},
		{"a larger throughput is an improvement",
			series("A", "B/s", "B/s", ten...), series("A", "B/s", "B/s", shift(ten, 1.2)...), Policy{}, Improved, 0, Open},
		{"where nothing tells, a change either way is a regression, upwards",
			series("A", "hit-ratio", "hit-ratio", ten...), series("A", "hit-ratio", "hit-ratio", shift(ten, 1.2)...), Policy{}, Regressed, 0, Shut},
		{"and downwards",
			series("A", "hit-ratio", "hit-ratio", ten...), series("A", "hit-ratio", "hit-ratio", shift(ten, 0.8)...), Policy{}, Regressed, 0, Shut},
		{"a rule gives the direction that the name does not",
			series("A", "hit-ratio", "hit-ratio", ten...), series("A", "hit-ratio", "hit-ratio", shift(ten, 1.2)...),
			Policy{Rules: []Rule{{Match: Pattern{"*"}, Metric: Pattern{"hit-*"}, Direction: unit.Higher}}}, Improved, 0, Open},
		{"the same samples are shown to be unchanged",
			series("A", "sec/op", "sec/op", ten...), series("A", "sec/op", "sec/op", shift(ten, 1.001)...), Policy{}, Unchanged, 0, Open},
		{"noise wider than the threshold proves nothing either way",
			series("A", "sec/op", "sec/op", wild...), series("A", "sec/op", "sec/op", shift(wild, 1.02)...), Policy{}, Inconclusive, CauseTooNoisy, Open},
		{"and closes the gate where the policy says so",
			series("A", "sec/op", "sec/op", wild...), series("A", "sec/op", "sec/op", shift(wild, 1.02)...), Policy{Inconclusive: FailClosed}, Inconclusive, CauseTooNoisy, Unproven},
		{"three samples a side cannot be significant, however far apart",
			series("A", "sec/op", "sec/op", 100, 101, 99), series("A", "sec/op", "sec/op", 300, 301, 299), Policy{}, Inconclusive, CauseTooFew, Open},
		{"four can",
			series("A", "sec/op", "sec/op", 100, 101, 99, 100.5), series("A", "sec/op", "sec/op", 300, 301, 299, 300.5), Policy{}, Regressed, 0, Shut},
		{"one sample proves nothing without an explicit threshold",
			series("A", "sec/op", "sec/op", 100), series("A", "sec/op", "sec/op", 300), Policy{}, Inconclusive, CauseTooFew, Open},
		{"with a threshold that a flag gave it is compared plainly",
			series("A", "sec/op", "sec/op", 100), series("A", "sec/op", "sec/op", 111), Policy{Threshold: PercentOf(0.1), Explicit: true}, Regressed, 0, Shut},
		{"exactly the threshold does not matter",
			series("A", "sec/op", "sec/op", 100), series("A", "sec/op", "sec/op", 110), Policy{Threshold: PercentOf(0.1), Explicit: true}, Unchanged, 0, Open},
		{"a default threshold is not an explicit one",
			series("A", "sec/op", "sec/op", 100), series("A", "sec/op", "sec/op", 300), Policy{Threshold: PercentOf(0.1)}, Inconclusive, CauseTooFew, Open},
		{"unless the policy judges single values by it",
			series("A", "sec/op", "sec/op", 100), series("A", "sec/op", "sec/op", 300), Policy{Single: SingleThreshold}, Regressed, 0, Shut},
		{"from zero allocations to one: no percentage, and a regression",
			series("A", "allocs/op", "allocs/op", 0, 0, 0), series("A", "allocs/op", "allocs/op", 1, 1, 1), Policy{}, Regressed, 0, Shut},
		{"allocations are counted exactly, so that one sample suffices",
			series("A", "allocs/op", "allocs/op", 0), series("A", "allocs/op", "allocs/op", 1), Policy{}, Regressed, 0, Shut},
		{"zero to zero is unchanged",
			series("A", "errors/op", "errors/op", 0), series("A", "errors/op", "errors/op", 0), Policy{}, Unchanged, 0, Open},
		{"an absolute threshold allows what a percentage of zero cannot",
			series("A", "B/op", "B/op", 0, 0, 0), series("A", "B/op", "B/op", 16, 16, 16),
			Policy{Rules: []Rule{{Match: Pattern{"*"}, ThresholdAbs: Quantity{NewFigure(16), "B"}}}}, Unchanged, 0, Open},
		{"one allocation more of twenty is exactly 5 %",
			series("A", "allocs/op", "allocs/op", 20, 20, 20), series("A", "allocs/op", "allocs/op", 21, 21, 21), Policy{}, Unchanged, 0, Open},
		{"and with a threshold of 0 % a regression",
			series("A", "allocs/op", "allocs/op", 20, 20, 20), series("A", "allocs/op", "allocs/op", 21, 21, 21),
			Policy{Rules: []Rule{{Match: Pattern{"*"}, Metric: Pattern{"allocs/op"}, Threshold: PercentOf(0)}}}, Regressed, 0, Shut},
		{"a count that once varied is unchanged where its interval is a point, at 0 % too",
			series("A", "allocs/op", "allocs/op", 2, 2, 2, 2, 2, 2, 2, 2, 2, 3), series("A", "allocs/op", "allocs/op", 2, 2, 2, 2, 2, 2, 2, 2, 2, 2),
			Policy{Threshold: PercentOf(0)}, Unchanged, 0, Open},
		{"a severity of warning shows a regression and keeps the gate open",
			series("A", "sec/op", "sec/op", ten...), series("A", "sec/op", "sec/op", shift(ten, 1.2)...),
			Policy{Rules: []Rule{{Match: Pattern{"A"}, Severity: severity(Warn)}}}, Regressed, 0, Open},
		{"units convert: 100 ms against 0.1 s",
			series("", "latency", "ms", 100), series("", "latency", "s", 0.1), Policy{Single: SingleThreshold}, Unchanged, 0, Open},
		{"a run without a unit takes the baseline's",
			series("", "latency", "ms", 100), series("", "latency", "", 120), Policy{Single: SingleThreshold}, Regressed, 0, Shut},
		{"another dimension is not comparable, and nothing was compared",
			series("", "latency", "ms", 100), series("", "latency", "MB", 100), Policy{}, Incomparable, 0, Unproven},
		{"a metric for information is not judged, and does not count as compared",
			series("", "requests", "", 100), series("", "requests", "", 300), Policy{}, Unjudged, 0, Unproven},
		{"values below zero are compared by their differences",
			series("A", "drift", "s", -1, -1.1, -0.9, -1.05, -0.95), series("A", "drift", "s", 2, 2.1, 1.9, 2.05, 1.95), Policy{}, Regressed, 0, Shut},
		{"a throughput cannot fall by more than 100 %: a threshold of 150 % never fails",
			series("A", "B/s", "B/s", ten...), series("A", "B/s", "B/s", shift(ten, 0.01)...), Policy{Threshold: PercentOf(1.5)}, Unchanged, 0, Open},
	} {
		t.Run(c.why, func(t *testing.T) {
			r := vouched(t, run(c.base), run(c.head), c.policy)
			got := only(t, r)
			require.Equal(t, c.verdict, got.Verdict, "%s", got.Reason)
			require.Equal(t, c.cause, got.Cause, "%s", got.Reason)
			require.Equal(t, c.gate, r.Gate())
			require.NotEmpty(t, got.Reason, "every verdict is explained")
			if got.Cause == CauseTooFew || got.Cause == CauseTooNoisy || got.Cause == CauseSuspect {
				require.NotEmpty(t, got.Remedy, "who cannot tell says what to do")
			}
		})
	}
}

func severity(s Severity) *Severity { return &s }

// A run under judgement cannot excuse itself: what it says of direction,
// exactness and thresholds is not heard.
func TestHeadCannotSetItsOwnLimits(t *testing.T) {
	head := series("A", "allocs/op", "allocs/op", 30, 30, 30)
	head.Direction, head.Threshold, head.Exact = unit.Info, PercentOf(9), true
	c := only(t, vouched(t, run(series("A", "allocs/op", "allocs/op", 20, 20, 20)), run(head), Policy{}))
	require.Equal(t, Regressed, c.Verdict)
}

func TestMissingNewBroken(t *testing.T) {
	broken := series("C", "sec/op", "sec/op")
	broken.Broken = "sample 3 is NaN"
	base := run(series("A", "sec/op", "sec/op", 1), series("B", "sec/op", "sec/op", 1), series("C", "sec/op", "sec/op", 1), series("Z", "allocs/op", "allocs/op", 1))
	head := run(series("B2", "sec/op", "sec/op", 1), series("A", "sec/op", "sec/op", 1), broken, series("Z", "allocs/op", "allocs/op", 1))
	r := vouched(t, base, head, Policy{})
	got := map[string]Verdict{}
	for _, c := range r.Comparisons {
		got[c.Benchmark] = c.Verdict
	}
	require.Empty(t, cmp.Diff(map[string]Verdict{"A": Inconclusive, "B": Missing, "B2": New, "C": Incomparable, "Z": Unchanged}, got))
	require.Equal(t, Unproven, r.Gate(), "a renamed benchmark must not pass: missing closes the gate by default")
	r.Policy.Missing = ShowOnly
	require.Equal(t, Open, r.Gate())
	r.Policy.Incomparable = FailClosed
	require.Equal(t, Unproven, r.Gate())
	r.Policy.Incomparable, r.Policy.New = ShowOnly, FailClosed
	require.Equal(t, Unproven, r.Gate())
}

func TestNothingComparedNeverPasses(t *testing.T) {
	for why, r := range map[string]*Report{
		"no metric on either side": vouched(t, run(), run(), Policy{}),
		"only new ones":            vouched(t, run(), run(series("A", "sec/op", "sec/op", 1)), Policy{}),
		"only missing ones, ignored": vouched(t, run(series("A", "sec/op", "sec/op", 1)), run(),
			Policy{Missing: Ignore}),
	} {
		require.ErrorIs(t, r.Err(), ErrUnproven, why)
	}
}

func TestPrecedence(t *testing.T) {
	base := series("A/x-8", "sec/op", "sec/op", 100)
	rule := func(match string, percent float64) Rule {
		return Rule{Match: Pattern{match}, Threshold: PercentOf(percent)}
	}
	for _, c := range []struct {
		why   string
		entry Percent
		rules []Rule
		want  float64
	}{
		{"the default", Percent{}, nil, 0.07},
		{"the entry goes before the default", PercentOf(0.2), nil, 0.2},
		{"a rule goes before the entry", PercentOf(0.2), []Rule{rule("A*", 0.3)}, 0.3},
		{"the last rule that matches wins", Percent{}, []Rule{rule("A*", 0.3), rule("*", 0.4), rule("B", 0.5)}, 0.4},
		{"a pattern matches the name without its -N", Percent{}, []Rule{rule("A/x", 0.3)}, 0.3},
		{"a rule that does not name the threshold leaves it", Percent{}, []Rule{rule("A*", 0.3), {Match: Pattern{"*"}, Severity: severity(Warn)}}, 0.3},
	} {
		base.Threshold = c.entry
		r := vouched(t, run(base), run(series("A/x-8", "sec/op", "sec/op", 100)), Policy{Threshold: PercentOf(0.07), Rules: c.rules})
		require.InDelta(t, c.want, only(t, r).Threshold.Relative, 1e-15, c.why)
	}
}

func TestAbsoluteThresholdOfAnotherDimension(t *testing.T) {
	b := NewBaseline(run(series("A", "sec/op", "sec/op", 1)))
	_, err := Compare(b, run(series("A", "sec/op", "sec/op", 1)), Policy{Rules: []Rule{{Match: Pattern{"*"}, ThresholdAbs: Quantity{NewFigure(16), "B"}}}})
	require.ErrorContains(t, err, "rule 1 (*) on A sec/op: threshold_abs: 16B does not apply")
}

func TestEnvironment(t *testing.T) {
	base := NewBaseline(run(series("A", "sec/op", "sec/op", 100), series("A", "allocs/op", "allocs/op", 5)))
	base.Env = Env{GOARCH: "amd64", CPU: "Old"}
	head := run(series("A", "sec/op", "sec/op", 200), series("A", "allocs/op", "allocs/op", 6))
	head.Env = Env{GOARCH: "amd64", CPU: "New"}
	r, err := Compare(base, head, Policy{})
	require.NoError(t, err)
	require.Equal(t, Regressed, r.Comparisons[0].Verdict, "counts are the same on every machine")
	require.Equal(t, Incomparable, r.Comparisons[1].Verdict, "timings are not")
	require.Contains(t, r.Comparisons[1].Reason, `cpu "Old" against "New"`)
	r, err = Compare(base, head, Policy{Environment: EnvCompare})
	require.NoError(t, err)
	require.Equal(t, Inconclusive, r.Comparisons[1].Verdict)
}

func TestAlerts(t *testing.T) {
	condition := func(s string) Condition {
		c, err := ParseCondition(s)
		require.NoError(t, err)
		return c
	}
	base := run(series("", "p95_latency", "ms", 100))
	head := run(series("", "p95_latency", "", 120), series("", "share", "", 0.06), series("", "percent", "", 6), series("", "error_rate", "ratio", 0.06), series("", "cpu_usage", "%", 79))
	broken := series("", "heap", "B")
	broken.Broken = "sample 1 is NaN"
	head.Series = append(head.Series, broken)
	for _, c := range []struct {
		why       string
		condition string
		severity  Severity
		fired     bool
		blind     bool
		gate      Gate
	}{
		{"as the specification writes it; the unit is the baseline's", "p95_latency > 100ms", Warn, true, false, Open},
		{"percent against ratio", "error_rate > 5%", Error, true, false, Shut},
		{"below its limit", "cpu_usage > 80%", Warn, false, false, Open},
		{"the limit converts", "p95_latency > 0.2s", Error, false, false, Open},
		{"at least", "p95_latency >= 120ms", Error, true, false, Shut},
		{"lower limits", "error_rate < 1%", Error, false, false, Open},
		{"a critical limit on a metric that is not there guards nothing", "qps < 10", Error, false, true, Unproven},
		{"one that only warns does not close", "qps < 10", Warn, false, true, Open},
		{"another dimension cannot be held against the limit", "p95_latency > 5MB", Error, false, true, Unproven},
		{"6 without a unit is more than 5 % whichever way it is read", "percent > 5%", Error, true, false, Shut},
		{"0.06 is 6 % or 0.06 %: that must not be guessed", "share > 5%", Error, false, true, Unproven},
		{"both are less than 10 %", "share > 10%", Error, false, false, Open},
		{"nor can what is not a number", "heap > 5MB", Error, false, true, Unproven},
	} {
		r := vouched(t, base, head, Policy{Single: SingleThreshold, Threshold: PercentOf(0.5), Alerts: []Alert{{Name: "x", Condition: condition(c.condition), Severity: c.severity}}})
		require.Len(t, r.Alerts, 1, c.why)
		a := r.Alerts[0]
		require.Equal(t, c.fired, a.Fired, c.why)
		require.Equal(t, c.blind, a.Blind(), c.why)
		require.Equal(t, c.gate, r.Gate(), c.why)
		if c.blind {
			require.NotEmpty(t, a.Reason, c.why)
		}
	}
}

func TestWaivers(t *testing.T) {
	day := func(s string) (d Date) {
		require.NoError(t, d.UnmarshalText([]byte(s)))
		return d
	}
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	waiver := func(match string, upTo float64, until string) Waiver {
		return Waiver{Match: Pattern{match}, UpTo: PercentOf(upTo), Reason: "checksum added", Until: day(until)}
	}
	for _, c := range []struct {
		why    string
		waiver Waiver
		waived bool
		remark string
	}{
		{"covers the loss", waiver("A", 0.15, "2026-12-31"), true, ""},
		{"holds on its last day", waiver("A", 0.15, "2026-11-23"), true, ""},
		{"is over on the next", waiver("A", 0.15, "2026-11-22"), false, "expired on 2026-11-22"},
		{"does not cover a larger loss", waiver("A", 0.10, "2026-12-31"), false, "lost more"},
		{"is for another benchmark", waiver("B", 0.15, "2026-12-31"), false, "was not needed"},
	} {
		r := vouched(t, run(series("A", "sec/op", "sec/op", refBase...)), run(series("A", "sec/op", "sec/op", refHead...)), Policy{Waivers: []Waiver{c.waiver}, Now: now})
		got := only(t, r)
		require.Equal(t, Regressed, got.Verdict, "a waiver accepts a regression and does not hide it")
		require.Equal(t, c.waived, got.Waiver != nil, c.why)
		require.Equal(t, c.waived, r.Err() == nil, c.why)
		if c.remark == "" {
			require.Empty(t, r.Warnings, c.why)
		} else {
			require.Len(t, r.Warnings, 1, c.why)
			require.Contains(t, r.Warnings[0].Message, c.remark, c.why)
		}
	}
	_, err := Compare(&Baseline{}, &Run{}, Policy{Waivers: []Waiver{waiver("A", 0.1, "2026-12-31")}})
	require.ErrorContains(t, err, "Now", "without a clock no waiver can be trusted to have expired")
}
