package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/org/regress-gate/regress/gate"
	"github.com/stretchr/testify/require"
)

const (
	goodBaseline = `{"benchmarks": {"Encode-8": {"allocs/op": {"unit": "allocs/op", "samples": [2, 2, 2]}}}}`
	goodRun      = "BenchmarkEncode-8 100 1200 ns/op 2 allocs/op\n"
	goodPolicy   = "threshold: 5%\n"
)

// Every broken input ends with status 3, names its file (and line, where it has
// lines) and what is wrong, prints no report, and changes no file.
func TestBrokenInputs(t *testing.T) {
	for _, c := range []struct {
		why, file, text string
		want            []string
	}{
		{"empty baseline", "baseline", "", []string{"baseline: the file is empty"}},
		{"truncated baseline", "baseline", goodBaseline[:60], []string{"baseline:1: not valid JSON", "truncated"}},
		{"baseline left by a merge conflict", "baseline", "{\n<<<<<<< HEAD\n\"metrics\": {}}", []string{"baseline:2: not valid JSON"}},
		{"baseline with a metric twice", "baseline", "{\"metrics\": {\"a\": 1,\n\"a\": 2}}", []string{"baseline:2:", `the key "a" occurs twice`}},
		{"baseline with a misspelt field", "baseline", "{\"metrics\": {\"a\": {\"value\": 1,\n\"treshold\": 5}}}", []string{"baseline:2:", `unknown field "treshold" (one of value`}},
		{"baseline with NaN", "baseline", `{"metrics": {"a": {"value": NaN}}}`, []string{"baseline:1: not valid JSON"}},
		{"baseline with null", "baseline", `{"metrics": {"a": {"value": null}}}`, []string{"baseline:1:", "finite numbers only"}},
		{"baseline of a later version", "baseline", `{"schema": 9, "metrics": {}}`, []string{"baseline:1: schema 9 is newer", "upgrade regress-gate"}},
		{"baseline that measures nothing", "baseline", `{"commit": "abc"}`, []string{"baseline:1:", `neither "metrics" nor "benchmarks"`}},
		{"baseline whose value is not its samples' median", "baseline", `{"metrics": {"a": {"value": 9, "samples": [1, 2]}}}`, []string{"baseline:1:", "not the median"}},
		{"an HTML page for a baseline", "baseline", "<html>rate limited</html>", []string{"baseline:1: not valid JSON"}},
		{"binary baseline", "baseline", "\x00\x01\x02\xff", []string{"baseline:1: not valid JSON"}},

		{"empty run", "run", "", []string{"run: the file is empty"}},
		{"blank run", "run", "\n \n", []string{"run: the file is empty"}},
		{"run without a benchmark", "run", "PASS\nok  \texample.com/a\t0.1s\n", []string{"run: ", "no benchmark result"}},
		{"run of an unknown tool", "run", "lorem ipsum dolor\n", []string{"run: ", "regress-gate formats"}},
		{"an HTML page for a run", "run", "<html>rate limited</html>", []string{"run: ", "regress-gate formats"}},
		{"truncated run", "run", `{"metrics": {"a": {"value": 1`, []string{"run:1: not valid JSON", "truncated"}},
		{"truncated gzip run", "run", "\x1f\x8b\x08\x00\x00\x00\x00\x00", []string{"run: "}},
		{"binary run", "run", "\x00\x01\x02\xff", []string{"run: "}},
		{"run with a metric twice", "run", "{\"metrics\": {\"a\": 1,\n\"a\": 2}}", []string{"run:2:", `the key "a" occurs twice`}},
		{"run with a misspelt field", "run", "{\"metrics\": {\"a\": {\"value\": 1,\n\"valeu\": 1}}}", []string{"run:2:", `unknown field "valeu"`}},
		{"run of two machines", "run", "goos: linux\ncpu: X\nBenchmarkA 1 5 ns/op\ngoos: linux\ncpu: Y\nBenchmarkB 1 5 ns/op\n", []string{"run:5:", "cpu"}},
		{"run with a control character in a name", "run", `{"metrics": {"a\u001b[2J": 1}}`, []string{"run: ", "control character"}},

		{"policy with a bare number", "policy", "threshold: 5\n", []string{"policy:1:12:", "write 5%"}},
		{"policy with a misspelt setting", "policy", "alpha: 0.05\ntreshold: 5%\n", []string{"policy:2:1:", `unknown setting "treshold" (one of`}},
		{"policy with a setting twice", "policy", "alpha: 0.05\nalpha: 0.5\n", []string{"policy:2:"}},
		{"policy with a missing value", "policy", "missing:\n", []string{"policy:1:", "the value is missing"}},
		{"policy with a word that does not exist", "policy", "missing: maybe\n", []string{"policy:1:10:", "one of ignore, warn, fail"}},
		{"policy with an impossible level", "policy", "alpha: 5%\n", []string{"policy:1:8:", "such as 0.05"}},
		{"policy that is no YAML", "policy", "rules: [\n", []string{"policy:", "not valid YAML"}},
		{"policy that is JSON of something else", "policy", `{"metrics": {}}`, []string{"policy:1:2:", `unknown setting "metrics"`}},
		{"policy with a second document", "policy", "alpha: 0.05\n---\nalpha: 0.5\n", []string{"policy:3:", "second document"}},
		{"policy with an alert that says nothing", "policy", "alerts:\n  - {name: a, condition: slow}\n", []string{"policy:2:", "write it like p95_latency > 100ms"}},
		{"policy with a waiver for ever", "policy", "waivers:\n  - {match: a, up_to: 5%, reason: b}\n", []string{"until is missing", "2026-12-31"}},
		{"policy with a limit of another dimension", "policy", "rules:\n  - {match: '*', threshold_abs: 5ms}\n", []string{"rule 1", "does not apply"}},
	} {
		t.Run(c.why, func(t *testing.T) {
			t.Chdir(t.TempDir())
			for file, text := range map[string]string{"baseline": goodBaseline, "run": goodRun, "policy": goodPolicy, c.file: c.text} {
				require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
			}
			before := checksums(t)
			commands := map[string][]string{
				"check":  {"check", "--baseline", "baseline", "--policy", "policy", "run"},
				"update": {"update", "--baseline", "baseline", "--policy", "policy", "run"},
			}
			if c.file == "run" {
				commands["convert"] = []string{"convert", "run"}
				commands["compare"] = []string{"compare", "run", "run"}
			} else {
				commands["history"] = []string{"history", "--baseline", "baseline", "--policy", "policy"}
			}
			for name, args := range commands {
				var stdout, stderr bytes.Buffer
				status := run(context.Background(), args, strings.NewReader(""), &stdout, &stderr)
				require.Equal(t, gate.CouldNotJudge, status, "%s: %s%s", name, stdout.String(), stderr.String())
				require.Empty(t, stdout.String(), name)
				for _, want := range c.want {
					require.Contains(t, stderr.String(), want, name)
				}
				for line := range strings.Lines(stderr.String()) {
					require.True(t, strings.HasPrefix(line, "regress-gate: "), "one voice for messages: %q", line)
				}
				require.Equal(t, before, checksums(t), "%s must not touch a file", name)
			}
		})
	}
}

// checksums of all files below the current folder, by name: a new file shows too.
func checksums(t *testing.T) map[string]string {
	sums := map[string]string{}
	files, err := filepath.Glob("*")
	require.NoError(t, err)
	hidden, err := filepath.Glob(".*")
	require.NoError(t, err)
	for _, file := range append(files, hidden...) {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		sums[file] = fmt.Sprintf("%x", sha256.Sum256(text))
	}
	return sums
}
