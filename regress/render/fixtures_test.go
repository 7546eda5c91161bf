package render_test

import (
	"fmt"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/unit"
)

// reports are the fixed reports that every format is rendered from. Each says
// why it is there.
var reports = []struct {
	name string
	why  string
	make func(t testing.TB) *regress.Report
}{
	{"open", "the everyday case: all unchanged, all rows shown", openReport},
	{"shut", "every verdict, cause, mark, alert and kind of note at once", shutReport},
	{"unproven", "nothing was compared: no format may look like a pass", unprovenReport},
	{"zero", "0 → 1 in an exact metric has no percentage, no p, no interval", zeroReport},
	{"doubtful", "compared, and yet unproven: the headline must say why", doubtfulReport},
	{"drifting", "judged by its history, and slow losses in that: what is said of them, and that a policy may close for them", driftingReport},
	{"explained", "profiles of both sides: which function a loss comes from, one that nothing explains, and hostile names of functions", explainedReport},
	{"hostile", "names that attack terminals, runners, tables and GitHub", hostileReport},
	{"empty", "a report without anything must render, and not as open", func(testing.TB) *regress.Report { return &regress.Report{} }},
}

func fig(v float64) regress.Figure { return regress.NewFigure(v) }

// comparison is a sampled metric in sec/op, changed by that fraction.
func comparison(benchmark string, base, change float64, v regress.Verdict) regress.Comparison {
	return regress.Comparison{
		Key:  regress.Key{Benchmark: benchmark, Metric: "sec/op"},
		Unit: "sec/op", Direction: unit.Lower,
		Base: regress.Summary{Center: fig(base), N: 10},
		Head: regress.Summary{Center: fig(base * (1 + change)), N: 10},
		Delta: regress.Delta{
			Absolute: fig(base * change), Relative: fig(change),
			Lo: fig(change - 0.017), Hi: fig(change + 0.016), Confidence: fig(0.95),
		},
		P: fig(0.0002), PGate: fig(0.0001), PAdjusted: fig(0.004), MDE: fig(0.031),
		Method: regress.RankLog, Evidence: regress.ByInterleaving,
		Threshold: regress.Threshold{Relative: 0.05}, Verdict: v,
	}
}

func with(c regress.Comparison, edit func(*regress.Comparison)) regress.Comparison {
	edit(&c)
	return c
}

// oneSided turns a comparison into one that has a base or a head only.
func oneSided(c regress.Comparison, reason string) regress.Comparison {
	side := c.Base
	c = regress.Comparison{Key: c.Key, Unit: c.Unit, Direction: c.Direction, Verdict: c.Verdict, Threshold: c.Threshold, Reason: reason}
	if c.Verdict == regress.New {
		c.Head = side
	} else {
		c.Base = side
		c.Remedy = "run it again, or remove it from the baseline if it is gone for good"
	}
	return c
}

func env() regress.Env {
	return regress.Env{GOOS: "linux", GOARCH: "amd64", CPU: "AMD EPYC 7763 64-Core Processor", Cores: 4, Go: "go1.26.0"}
}

func refs() (base, head regress.Ref) {
	return regress.Ref{Commit: "1f3a5c7e9b2d4f60", Time: time.Date(2026, 11, 20, 9, 30, 0, 0, time.UTC), Env: env()},
		regress.Ref{Commit: "0c2b4d6f8a1e3957", Time: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC), Env: env()}
}

func suite(tests int) regress.Suite {
	return regress.Suite{Tests: tests, Alpha: fig(0.05), Shift: fig(0.004), EnoughCount: 5}
}

func openReport(testing.TB) *regress.Report {
	r := &regress.Report{Suite: suite(10)}
	r.Base, r.Head = refs()
	for i, size := range []string{"tiny", "small", "medium", "large", "huge"} {
		for j, op := range []string{"Decode", "Encode"} {
			c := comparison(fmt.Sprintf("%s/%s-8", op, size), 1.2e-7*float64(1+7*i*i), 0.003*float64(i-j), regress.Unchanged)
			c.PAdjusted = fig(0.34 + float64(i+j)/10)
			r.Comparisons = append(r.Comparisons, c)
		}
	}
	return r
}

func condition(t testing.TB, text string) regress.Condition {
	c, err := regress.ParseCondition(text)
	require.NoError(t, err)
	return c
}

func shutReport(t testing.TB) *regress.Report {
	match, err := regress.NewPattern("Encode/*")
	require.NoError(t, err)
	waiver := regress.Waiver{
		Match: match, UpTo: regress.PercentOf(0.12), Reason: "checksum added, #41",
		Until: regress.Date{Time: time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC)},
	}
	inconclusive := func(name string, change float64, cause regress.Cause, remedy string) regress.Comparison {
		return with(comparison(name, 4.2e-6, change, regress.Inconclusive), func(c *regress.Comparison) {
			c.Cause, c.Remedy, c.PAdjusted, c.MDE = cause, remedy, fig(0.21), fig(0.083)
		})
	}
	const again = "measure base and head again in one job, interleaved"
	r := &regress.Report{Suite: suite(41)}
	r.Base, r.Head = refs()
	r.Comparisons = []regress.Comparison{
		comparison("Encode/large-8", 1.23e-6, 0.146, regress.Regressed),
		with(comparison("Encode/small-8", 3.1e-7, 0.08, regress.Regressed), func(c *regress.Comparison) { c.Waiver = &waiver }),
		with(comparison("Log/json-8", 8.8e-7, 0.061, regress.Regressed), func(c *regress.Comparison) { c.Severity = regress.Warn }),
		with(comparison("Serve-8", 52e6, -0.42, regress.Regressed), func(c *regress.Comparison) {
			c.Metric, c.Unit, c.Direction, c.Evidence, c.PAdjusted = "B/s", "B/s", unit.Higher, regress.Unverified, fig(3e-7)
		}),
		with(comparison("Decode/large-8", 9.4e-3, -0.963, regress.Improved), func(c *regress.Comparison) {
			c.Notes = []string{"an improvement of 96.3 % by one change: check that the work is still done"}
		}),
		with(comparison("Decode/large-8", 4096, -0.25, regress.Improved), func(c *regress.Comparison) {
			c.Metric, c.Unit, c.Exact, c.Method, c.Evidence = "B/op", "B/op", true, regress.ExactValue, regress.ByDetermination
			c.P, c.PGate, c.PAdjusted, c.MDE, c.Delta.Lo, c.Delta.Hi = regress.Figure{}, regress.Figure{}, regress.Figure{}, regress.Figure{}, regress.Figure{}, regress.Figure{}
			c.Threshold.Absolute = 16
		}),
		with(inconclusive("Query/join-8", 0.09, regress.CauseSuspect, again), func(c *regress.Comparison) { c.Evidence = regress.Unverified }),
		inconclusive("Query/scan-8", 0.031, regress.CauseTooNoisy, "about 23 samples a side would settle it"),
		inconclusive("Query/sort-8", -0.02, regress.CauseNotWorse, ""),
		with(inconclusive("Startup", 0.2, regress.CauseTooFew, "repeat the measurement on both sides"), func(c *regress.Comparison) {
			c.Base.N, c.Head.N, c.PAdjusted, c.MDE, c.Delta.Lo, c.Delta.Hi = 1, 1, regress.Figure{}, regress.Figure{}, regress.Figure{}, regress.Figure{}
		}),
		inconclusive("Tick-8", -0.99, regress.CauseImplausible, ""),
		oneSided(comparison("Removed-8", 7.5e-5, 0, regress.Missing), "in the baseline, and not in the run"),
		oneSided(comparison("Added-8", 2.2e-3, 0, regress.New), "in the run, and not in the baseline"),
		with(oneSided(comparison("Changed-8", 1.1, 0, regress.Incomparable), `another unit: unit "B" cannot be converted to "sec/op"`), func(c *regress.Comparison) {
			c.Remedy = ""
		}),
		with(comparison("Requests", 12000, 0.01, regress.Unjudged), func(c *regress.Comparison) {
			c.Metric, c.Unit, c.Direction, c.PAdjusted = "count", "requests", unit.Info, regress.Figure{}
		}),
		comparison("Hash/sha256-8", 2.6e-7, 0.004, regress.Unchanged),
		comparison("Hash/xxh3-8", 1.9e-8, -0.002, regress.Unchanged),
	}
	r.Alerts = []regress.AlertResult{
		{Name: "High Latency", Condition: condition(t, "p95_latency > 100ms"), Metric: "p95_latency", Value: fig(0.12), Unit: "s", Fired: true, Severity: regress.Error},
		{Name: "Slow start", Condition: condition(t, "startup > 2s"), Metric: "startup", Value: fig(2.5), Unit: "s", Fired: true, Severity: regress.Warn},
		{Name: "High Error Rate", Condition: condition(t, "error_rate > 5%"), Severity: regress.Warn, Reason: "no such metric in the run: this limit guards nothing"},
		{Name: "Memory", Condition: condition(t, "rss > 2GiB"), Metric: "rss", Value: fig(1 << 30), Unit: "B"},
	}
	r.Suite.Shift, r.Suite.Subtracted, r.Suite.Correlation = fig(-0.012), true, fig(0.31)
	r.Suite.RunNoise, r.Suite.BetweenRun = fig(0.08), fig(0.021)
	r.Suite.Rerun = []regress.Key{{Benchmark: "Query/join-8", Metric: "sec/op"}}
	r.Edits = []regress.Edit{
		{Judge: "policy", What: "threshold", Before: "5%", After: "50%"},
		{Judge: "policy", What: "waiver", After: "match *, up_to 90%"},
		{Judge: "baseline", What: "Encode/small sec/op", Before: "1.23 µs"},
	}
	r.Warnings = []regress.Warning{
		{File: "new.txt", Line: 12, Message: "package example.com/broken failed"},
		{Message: "waiver 2 (Old/*: gone) was not needed: remove it"},
	}
	return r
}

func unprovenReport(testing.TB) *regress.Report {
	r := &regress.Report{Suite: regress.Suite{Alpha: fig(0.05)}}
	r.Comparisons = []regress.Comparison{
		oneSided(comparison("Encode-8", 1.2e-6, 0, regress.Missing), "in the baseline, and not in the run"),
		oneSided(comparison("EncodeV2-8", 1.2e-6, 0, regress.New), "in the run, and not in the baseline"),
		with(oneSided(comparison("Hash-8", 1.2e-6, 0, regress.Incomparable), `another machine: cpu "A" against "B"`), func(c *regress.Comparison) {
			c.Head, c.Remedy = c.Base, "measure the base on this machine"
		}),
	}
	return r
}

func zeroReport(testing.TB) *regress.Report {
	return &regress.Report{Comparisons: []regress.Comparison{{
		Key: regress.Key{Metric: "allocs/op"}, Unit: "allocs/op", Direction: unit.Lower, Exact: true,
		Base: regress.Summary{Center: fig(0), N: 10}, Head: regress.Summary{Center: fig(1), N: 10},
		Delta: regress.Delta{Absolute: fig(1)}, Method: regress.ExactValue, Evidence: regress.ByDetermination,
		Verdict: regress.Regressed, Reason: "0 → 1",
	}}}
}

func doubtfulReport(t testing.TB) *regress.Report {
	r := openReport(t)
	for i := range 3 {
		c := &r.Comparisons[i]
		c.Verdict, c.Cause, c.Evidence = regress.Inconclusive, regress.CauseSuiteShift, regress.Unverified
		c.Remedy = "measure base and head in one job, interleaved"
	}
	c := &r.Comparisons[3]
	*c = oneSided(with(*c, func(c *regress.Comparison) { c.Verdict = regress.Missing }), "in the baseline, and not in the run")
	r.Suite.Shift, r.Suite.Subtracted, r.Suite.RunNoise = fig(0.11), true, fig(0.08)
	r.Alerts = []regress.AlertResult{{Name: "Guard", Condition: condition(t, "p99 > 1s"), Reason: "no such metric in the run: this limit guards nothing"}}
	return r
}

func driftingReport(t testing.TB) *regress.Report {
	r := openReport(t)
	for i := range r.Comparisons {
		c := &r.Comparisons[i]
		c.Evidence = regress.ByHistory
		c.Past = &regress.Past{Runs: 12 + i%3, Spread: fig(0.011), Change: fig(0.004), Lo: fig(-0.02), Hi: fig(0.018)}
	}
	since := regress.Ref{Commit: "1f3a5c7e9b2d4f60", Time: time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)}
	r.Policy.Drift.Proven = regress.FailClosed
	r.Drift = regress.Drift{Metrics: 11, Suite: fig(0.061), Moved: true, Findings: []regress.DriftFinding{
		{Key: regress.Key{Benchmark: "Encode/large-8", Metric: "sec/op"}, Unit: "sec/op", Anchor: fig(1.2e-6), Latest: fig(1.31e-6), Since: since,
			Change: fig(0.087), Threshold: regress.Threshold{Relative: 0.05}, Runs: 3, P: fig(0.00002), PAdjusted: fig(0.0002), Proven: true},
		{Key: regress.Key{Metric: "rss"}, Unit: "B", Anchor: fig(0), Latest: fig(4096),
			Threshold: regress.Threshold{Relative: 0.05, Absolute: 64}, Runs: 3, P: fig(0.002), PAdjusted: fig(0.004)},
	}}
	return r
}

// hostileReport has every hostile name as a benchmark, a metric, a unit and a
// reason, in a table with two columns of names.
func hostileReport(t testing.TB) *regress.Report {
	r := &regress.Report{Suite: suite(len(hostile))}
	verdicts := []regress.Verdict{regress.Regressed, regress.Inconclusive, regress.Incomparable, regress.Unchanged}
	for i, h := range hostile {
		if !utf8.ValidString(h.text) || len(h.text) > 1000 {
			continue // no JSON holds it, or no golden should: TestHostileNames has it
		}
		c := comparison(h.text, 1.2e-6, 0.1, verdicts[i%len(verdicts)])
		c.Metric, c.Unit, c.Reason, c.Remedy, c.Notes = h.text, h.text, h.text, h.text, []string{h.text}
		if c.Verdict == regress.Regressed {
			c.Waiver = &regress.Waiver{Reason: h.text}
		}
		r.Comparisons = append(r.Comparisons, c)
		r.Alerts = append(r.Alerts, regress.AlertResult{Name: h.text, Condition: condition(t, "x > 1"), Benchmark: h.text, Reason: h.text})
		r.Warnings = append(r.Warnings, regress.Warning{File: h.text, Line: 1, Message: h.text})
		r.Suite.Rerun = append(r.Suite.Rerun, c.Key)
		r.Edits = append(r.Edits, regress.Edit{Judge: "baseline", What: h.text, Before: h.text, After: h.text})
		r.Drift.Findings = append(r.Drift.Findings, regress.DriftFinding{Key: c.Key, Unit: h.text, Since: regress.Ref{Commit: h.text}, Anchor: fig(1), Latest: fig(2), Runs: 3})
	}
	r.Base = regress.Ref{Commit: "@everyone|`", Env: regress.Env{CPU: "##[error]<script>"}}
	r.Head = regress.Ref{Commit: "::error::x"}
	return r
}

func explainedReport(t testing.TB) *regress.Report {
	r := &regress.Report{Suite: suite(2)}
	r.Base, r.Head = refs()
	r.Comparisons = []regress.Comparison{
		comparison("Decode/large-8", 1.1e-6, 0.2, regress.Regressed),
		comparison("Encode/large-8", 1.23e-6, 0.4, regress.Regressed),
	}
	share := func(flat, cum float64) regress.Share { return regress.Share{Flat: flat, Cum: cum} }
	r.Diagnoses = []regress.Diagnosis{
		{
			Of: r.Comparisons[1].Key, Kind: "cpu", Change: fig(0.4), BaseSamples: fig(812), HeadSamples: fig(901),
			Culprit: "codec.checksum", Explained: fig(0.97),
			Grown: []regress.Grown{
				{Function: "codec.checksum", Base: share(0.05, 0.05), Head: share(0.11, 0.32)},
				{Function: "codec.mix", Head: share(0.21, 0.21)},
				{Function: "</title><script>alert(1)</script>", Base: share(0.01, 0.01), Head: share(0.05, 0.05)},
			},
			Calls: []regress.Call{
				{Function: "testing.(*B).runN", Base: 1, Head: 1},
				{Function: "codec.Encode", Depth: 1, Base: 0.8, Head: 0.86},
				{Function: "copy", Depth: 2, Base: 0.6, Head: 0.43},
				{Function: "codec.checksum", Depth: 2, Base: 0.05, Head: 0.32},
				{Function: "codec.mix", Depth: 3, Head: 0.21},
				{Function: "a|b`<img src=x onerror=alert(1)>@octocat", Depth: 2, Base: 0.01, Head: 0.05},
				{Function: "gone", Depth: 1, Base: 0.1},
			},
		},
		{Of: r.Comparisons[0].Key, Kind: "alloc_space", Change: fig(0.2), BaseSamples: fig(40), HeadSamples: fig(41)},
	}
	return r
}
