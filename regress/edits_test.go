package regress

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

func TestPolicyEdits(t *testing.T) {
	for _, test := range []struct {
		name, before, after string
		want                []string
	}{
		{"the same", "threshold: 5%\n", "threshold: 5%\n", nil},
		{"a default spelt out", "", "threshold: 5%\nmissing: fail\nalpha: 0.05\n", nil},
		{"a threshold", "threshold: 5%\n", "threshold: 50%\n", []string{"policy: threshold: 5% → 50%"}},
		{"a response", "", "missing: ignore\n", []string{"policy: missing: fail → ignore"}},
		{"a removed rule", "rules: [{match: '*', metric: allocs/op, threshold: 0%}]\n", "", []string{"policy: rule removed: match *, metric allocs/op, threshold 0%"}},
		{"an added rule", "", "rules: [{match: 'A*', severity: warn}]\n", []string{"policy: rule added: match A*, severity warning"}},
		{"rules in another order", "rules: [{match: A, threshold: 1%}, {match: '*', threshold: 9%}]\n",
			"rules: [{match: '*', threshold: 9%}, {match: A, threshold: 1%}]\n", []string{"policy: rules stand in another order"}},
		{"the same rule twice and once", "rules: [{match: A, threshold: 1%}, {match: A, threshold: 1%}]\n", "rules: [{match: A, threshold: 1%}]\n",
			[]string{"policy: rule removed: match A, threshold 1%"}},
		{"a waiver", "", "waivers: [{match: A, up_to: 12%, reason: why not, until: 2026-12-31}]\n",
			[]string{"policy: waiver added: match A, up_to 12%, reason why not, until 2026-12-31"}},
		{"a label", "", "accept_label: fine\n", []string{"policy: accept label: default → fine"}},
		{"drift", "", "drift: {window: 9}\n", []string{"policy: drift: default → window 9"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			read := func(text string) Policy {
				p, err := ReadPolicy(strings.NewReader(text), "policy.yaml")
				require.NoError(t, err)
				return p
			}
			list, err := PolicyEdits(read(test.before), read(test.after))
			require.NoError(t, err)
			require.Empty(t, cmp.Diff(test.want, sentences(list)))
		})
	}
}

func sentences(list []Edit) (texts []string) {
	for _, e := range list {
		texts = append(texts, e.String())
	}
	return texts
}

// Every setting of a policy is compared: a new one must be named in the table.
func TestPolicyEdits_KnowEverySetting(t *testing.T) {
	p, err := ReadPolicy(strings.NewReader(`threshold: 5%
alpha: 0.01
confidence: strict
inconclusive: fail
missing: warn
incomparable: fail
new: warn
suite_shift: warn
suspect: fail
run_noise: 9%
single: threshold
environment: compare
drift: {window: 4}
history: 30
accept_label: x
rules: [{match: A}]
alerts: [{name: n, condition: "a > 1"}]
waivers: [{match: A, up_to: 1%, reason: r, until: 2026-12-31}]
`), "policy.yaml")
	require.NoError(t, err)
	settings, err := p.spelt()
	require.NoError(t, err)
	for _, name := range policySettings {
		require.Contains(t, settings, name)
		delete(settings, name)
	}
	require.Empty(t, settings, "settings that no edit would show")
}

func TestBaselineEdits(t *testing.T) {
	const base = `{"metrics": {"a": {"value": 100, "unit": "ms", "threshold": 5}, "b": {"value": 2, "unit": "ms"}, "c": {"samples": [1, 2, 3]}}}`
	for _, test := range []struct {
		name, after string
		want        []string
	}{
		{"the same", base, nil},
		{"written otherwise", strings.ReplaceAll(base, "100", "1e2"), nil},
		{"a value", strings.Replace(base, "100", "200", 1), []string{"baseline: a: 100 ms → 200 ms"}},
		{"a threshold", strings.Replace(base, `"threshold": 5`, `"threshold": 50`, 1), []string{"baseline: a, threshold: 5% → 50%"}},
		{"an entry removed, one added", strings.Replace(base, `"b"`, `"d"`, 1), []string{"baseline: b removed: 2.00 ms", "baseline: d added: 2.00 ms"}},
		{"a direction", strings.Replace(base, `"value": 2`, `"direction": "info", "value": 2`, 1), []string{"baseline: b, direction: undeclared → info"}},
		{"samples with the same median", strings.Replace(base, "[1, 2, 3]", "[0, 2, 9]", 1), []string{"baseline: c, samples: 3 → 3 others"}},
		{"a history", strings.Replace(base, `"value": 2`, `"history": [{"value": 7}], "value": 2`, 1), []string{"baseline: b, history: 0 runs → 1 runs, mean 7.00 ms"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			read := func(text string) *Baseline {
				b, err := ReadBaseline(strings.NewReader(text), "baseline.json")
				require.NoError(t, err)
				return b
			}
			require.Empty(t, cmp.Diff(test.want, sentences(BaselineEdits(read(base), read(test.after)))))
		})
	}
}
