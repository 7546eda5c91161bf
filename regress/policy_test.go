package regress

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/org/regress-gate/regress/unit"
	"github.com/stretchr/testify/require"
)

const fullPolicy = `
threshold: 5%            # default
alpha: 0.05
inconclusive: warn
missing: fail
incomparable: warn
new: ignore
suite_shift: fail
run_noise: 8%
suspect: warn
single: inconclusive
environment: incomparable
drift: {threshold: 5%, window: 3, proven: fail}
history: 15
accept_label: perf-accepted
rules:
  - match: "*"
    metric: allocs/op
    threshold: 0%
  - {match: "Checkout*", metric: "latency.p99", threshold: 20%, direction: lower, severity: warn}
  - {match: "*", metric: "B/op", threshold: 5%, threshold_abs: 16B}
alerts:
  - {name: High Latency, condition: "p95_latency > 100ms", severity: Warning}
  - {name: High Error Rate, condition: "error_rate > 5%", severity: Critical}
waivers:
  - {match: "Encode/large", metric: sec/op, up_to: 12%, reason: "checksum added, #41", until: 2026-12-31}
`

func TestReadPolicy(t *testing.T) {
	p, err := ReadPolicy(strings.NewReader(fullPolicy), "p.yaml")
	require.NoError(t, err)
	limit := func(s string) Quantity {
		q, err := ParseQuantity(s)
		require.NoError(t, err)
		return q
	}
	want := Policy{
		Threshold: PercentOf(0.05), Alpha: 0.05, Inconclusive: ShowOnly, Missing: FailClosed, Incomparable: ShowOnly, New: Ignore,
		SuiteShift: FailClosed, RunNoise: PercentOf(0.08), Suspect: ShowOnly, Drift: DriftPolicy{PercentOf(0.05), 3, FailClosed}, History: 15, AcceptLabel: "perf-accepted",
		Rules: []Rule{
			{Match: Pattern{"*"}, Metric: Pattern{"allocs/op"}, Threshold: PercentOf(0)},
			{Match: Pattern{"Checkout*"}, Metric: Pattern{"latency.p99"}, Threshold: PercentOf(0.2), Direction: unit.Lower, Severity: severity(Warn)},
			{Match: Pattern{"*"}, Metric: Pattern{"B/op"}, Threshold: PercentOf(0.05), ThresholdAbs: limit("16B")},
		},
		Alerts: []Alert{
			{Name: "High Latency", Condition: Condition{Pattern{"p95_latency"}, ">", limit("100ms")}, Severity: Warn},
			{Name: "High Error Rate", Condition: Condition{Pattern{"error_rate"}, ">", limit("5%")}, Severity: Error},
		},
		Waivers: []Waiver{{Match: Pattern{"Encode/large"}, Metric: Pattern{"sec/op"}, UpTo: PercentOf(0.12), Reason: "checksum added, #41",
			Until: Date{time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC)}}},
	}
	require.Empty(t, cmp.Diff(want, p, transparent))

	empty, err := ReadPolicy(strings.NewReader("# nothing yet\n"), "p.yaml")
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(Policy{}, empty, transparent), "an empty file is the default policy")
}

func TestBrokenPolicies(t *testing.T) {
	for _, c := range []struct{ why, text, want string }{
		{"a bare number may mean 5 % or 500 %", "threshold: 5\n", `p.yaml:1:12: "5" is not a percentage: write 5%`},
		{"below zero", "threshold: -5%\n", "p.yaml:1:12"},
		{"not finite", "threshold: inf%\n", "p.yaml:1:12"},
		{"a setting that does not exist", "alpha: 0.05\ntreshold: 5%\n", "p.yaml:2:1: unknown setting \"treshold\" (one of accept_label, alerts, alpha"},
		{"in a rule", "rules:\n  - {match: a, limit: 5%}\n", "p.yaml:2:16: unknown setting \"limit\""},
		{"twice", "alpha: 0.05\nalpha: 0.01\n", "p.yaml:2"},
		{"a word that does not exist", "missing: sometimes\n", `p.yaml:1:10: unknown response "sometimes" (one of ignore, warn, fail)`},
		{"no value, which is not zero", "threshold:\n", "p.yaml:1"},
		{"a window longer than any history", "drift: {window: 21}\n", "p.yaml: drift: window 21 is not a number of runs from 1 to 20"},
		{"a history that would grow without end", "history: 101\n", "p.yaml: history 101 is not a number of runs from 8"},
		{"alpha of one accepts everything", "alpha: 1\n", "p.yaml:1:8"},
		{"NaN", "alpha: .nan\n", "p.yaml:1:8"},
		{"a mapping for a value", "threshold: {a: b}\n", "p.yaml:1:12: expected a single value"},
		{"a value for a list", "rules: 5%\n", "p.yaml:1:8: expected a list"},
		{"a value for a rule", "rules: [5%]\n", "p.yaml:1:9: expected settings"},
		{"a rule without a pattern", "rules:\n  - {threshold: 5%}\n", "p.yaml: rule 1: match is missing"},
		{"a condition without an operator", "alerts:\n  - {name: a, condition: p95 100ms}\n", "p.yaml:2:26: condition \"p95 100ms\": no operator"},
		{"a limit without a number", "alerts:\n  - {name: a, condition: p95 > fast}\n", "p.yaml:2:26"},
		{"an alert without a condition", "alerts:\n  - {name: a}\n", "p.yaml: alert 1: condition is missing"},
		{"a waiver for ever", "waivers:\n  - {match: a, up_to: 5%, reason: b}\n", "waiver 1: until is missing"},
		{"a waiver for everything", "waivers:\n  - {match: a, reason: b, until: 2026-12-31}\n", "waiver 1: up_to is missing"},
		{"a waiver without a reason", "waivers:\n  - {match: a, up_to: 5%, until: 2026-12-31}\n", "waiver 1: reason is missing"},
		{"a day of another form", "waivers:\n  - {match: a, up_to: 5%, reason: b, until: 31.12.2026}\n", `p.yaml:2:45: "31.12.2026" is not a day: write it like 2026-12-31`},
		{"a second document would be ignored", "alpha: 0.05\n---\nalpha: 0.01\n", "a second document"},
		{"aliases can stand for gigabytes", "rules: &a [{match: b}]\nalerts: *a\n", "p.yaml:1:8"},
		{"a list for the document", "- alpha\n", "p.yaml:1:1: expected settings"},
		{"no YAML", "\ta: b: c\n", "p.yaml:1:1: not valid YAML"},
		{"an empty pattern", "rules:\n  - {match: \"\"}\n", "p.yaml:2:13"},
	} {
		_, err := ReadPolicy(strings.NewReader(c.text), "p.yaml")
		require.ErrorContains(t, err, c.want, c.why)
	}
	_, err := ReadPolicy(strings.NewReader("threshold: 5\nalpha: 2\nx: 1\n"), "p.yaml")
	for _, want := range []string{"p.yaml:1:12", "p.yaml:2:8", "p.yaml:3:1"} {
		require.ErrorContains(t, err, want, "all problems of a file are reported together")
	}
	_, err = ReadPolicy(strings.NewReader(strings.Repeat("#", maxPolicy+1)), "p.yaml")
	require.ErrorContains(t, err, "that is no set-up")
}

func TestPattern(t *testing.T) {
	for _, c := range []struct {
		why, pattern, name string
		want               bool
	}{
		{"itself", "Encode", "Encode", true},
		{"not a part", "Encode", "EncodeFast", false},
		{"everything", "*", "a/b-8", true},
		{"and nothing", "*", "", true},
		{"* crosses slashes", "A*z", "A/b/c/z", true},
		{"pieces in order", "a*b*c", "a1b2c", true},
		{"pieces out of order", "a*b*c", "a1c2b", false},
		{"the last piece is at the end", "a*b", "abc", false},
		{"pieces do not overlap", "ab*ba", "aba", false},
		{"? is a character like others", "a?c", "abc", false},
		{"brackets too", "Size[1]", "Size[1]", true},
		{"many stars stay fast", strings.Repeat("a*", 50) + "b", strings.Repeat("a", 5000), false},
	} {
		require.Equal(t, c.want, Pattern{c.pattern}.Match(c.name), c.why)
	}
	require.True(t, Pattern{"Encode/large"}.matchBenchmark("Encode/large-8"), "without the -N that differs between machines")
	require.True(t, Pattern{"Size-16"}.matchBenchmark("Size-16"), "a number that belongs to the name")
}

func FuzzReadPolicy(f *testing.F) {
	f.Add(fullPolicy)
	f.Add("rules: [[[[")
	f.Add("a: &a [*a]")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := ReadPolicy(strings.NewReader(text), "f")
		if err == nil {
			require.NoError(t, p.Validate())
		} else {
			require.Empty(t, cmp.Diff(Policy{}, p, transparent), "nothing is taken from a file with a problem")
		}
	})
}
