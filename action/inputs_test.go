package action

import (
	"strings"
	"testing"

	"github.com/org/regress-gate/regress/gate"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestInputs(t *testing.T) {
	files := map[string]string{
		"baselines/baseline.json": baseline(1000, 3),
		"perf/linux.json":         baseline(1000, 3),
		"same.txt":                goBench("Encode", 1000, 3),
		"old.txt":                 goBench("Encode", 1000, 3),
		"slower.txt":              goBench("Encode", 1200, 3),
		"shard 1.txt":             goBench("Encode", 1000, 3),
		"shard 2.txt":             goBench("Encode", 1000, 3),
		"lenient.yaml":            "threshold: 50%\n",
		"broken.json":             `{"benchmarks": {`,
		"strange.bin":             "\x01\x02\x03",
		"empty.txt":               "",
	}
	compare := func(with map[string]string) map[string]string {
		with["mode"], with["base-run"], with["run"] = "compare", "old.txt", "slower.txt"
		return with
	}
	for _, test := range []struct {
		name, why string
		with      map[string]string
		status    gate.ExitStatus
		log       string // part of the log
	}{
		{"an unknown mode", "the error names the valid ones", map[string]string{"mode": "chek"}, gate.WrongUsage, `unknown mode "chek" (one of check, compare, report, update, comment)`},
		{"a later mode", "what does not exist is not taken for something else", map[string]string{"mode": "bisect", "run": "same.txt"}, gate.WrongUsage, "unknown mode"},
		{"an empty mode", "a workflow's variable that is empty is the default", map[string]string{"mode": "", "run": "same.txt"}, gate.Open, "mode check"},
		{"no run", "nothing to judge is no pass", nil, gate.WrongUsage, "input run is empty"},
		{"a run of blanks", "the same, from an expression that gave nothing", map[string]string{"run": " \n "}, gate.WrongUsage, "input run is empty"},
		{"no base", "compare needs both", map[string]string{"mode": "compare", "run": "same.txt"}, gate.WrongUsage, "input base-run is empty"},
		{"a base in check", "ignoring it would judge something else than was meant", map[string]string{"run": "same.txt", "base-run": "old.txt"}, gate.WrongUsage, "input base-run has no meaning in mode check (only in compare)"},
		{"a threshold in report", "a report was judged already", map[string]string{"mode": "report", "threshold": "1%"}, gate.WrongUsage, "input threshold has no meaning in mode report"},
		{"two problems", "all are named at once", map[string]string{"base-run": "old.txt"}, gate.WrongUsage, "input run is empty: name the files to judge, one a line%0Ainput base-run"},
		{"several files", "one a line, blank ones and white space around do not count", map[string]string{"run": "\n  shard 1.txt\r\n\n  shard 2.txt\n"}, gate.Open, "8+20"},
		{"a glob", "shards of a matrix", map[string]string{"run": "shard *.txt"}, gate.Open, "gate open"},
		{"a glob for nothing", "the measuring step failed", map[string]string{"run": "none-*.txt"}, gate.CouldNotJudge, "matches no file"},
		{"standard input", "an action has none", map[string]string{"run": "-"}, gate.WrongUsage, "no standard input"},
		{"a missing run", "closed", map[string]string{"run": "none.txt"}, gate.CouldNotJudge, "none.txt"},
		{"an empty run", "closed", map[string]string{"run": "empty.txt"}, gate.CouldNotJudge, "the file is empty"},
		{"a truncated run", "closed", map[string]string{"run": "broken.json"}, gate.CouldNotJudge, "broken.json"},
		{"a run of no format", "closed", map[string]string{"run": "strange.bin"}, gate.CouldNotJudge, "unknown format"},
		{"a format", "said instead of found out", map[string]string{"run": "same.txt", "format": "gobench"}, gate.Open, "gate open"},
		{"the wrong format", "what the user says holds", map[string]string{"run": "same.txt", "format": "native"}, gate.CouldNotJudge, "same.txt"},
		{"an unknown format", "a word that cannot be meant", map[string]string{"run": "same.txt", "format": "gobnch"}, gate.WrongUsage, `unknown input format "gobnch"`},
		{"a baseline", "its own path", map[string]string{"run": "same.txt", "baseline": "perf/linux.json"}, gate.Open, "baseline "},
		{"a missing baseline", "with the way to make one", map[string]string{"run": "same.txt", "baseline": "perf/mac.json"}, gate.CouldNotJudge, "make one with: regress-gate update --baseline"},
		{"a broken baseline", "never taken for an empty one", map[string]string{"run": "same.txt", "baseline": "broken.json"}, gate.CouldNotJudge, "broken.json"},
		{"two baselines", "one path a line is for runs", map[string]string{"run": "same.txt", "baseline": "perf/linux.json\nbaselines/baseline.json"}, gate.WrongUsage, "input baseline is one path"},
		{"the default policy", "5 %", compare(map[string]string{}), gate.Regressed, "policy built in"},
		{"a policy", "its threshold counts", compare(map[string]string{"policy": "lenient.yaml"}), gate.Open, "lenient.yaml"},
		{"a missing policy", "who names one means it", compare(map[string]string{"policy": "none.yaml"}), gate.CouldNotJudge, "none.yaml"},
		{"a broken policy", "closed", compare(map[string]string{"policy": "broken.json"}), gate.CouldNotJudge, "broken.json"},
		{"a threshold", "it outranks the policy's", compare(map[string]string{"threshold": "50%"}), gate.Open, "gate open"},
		{"a threshold without a unit", "5 could be 500 %", compare(map[string]string{"threshold": "5"}), gate.WrongUsage, "threshold"},
		{"an alpha", "accepted", compare(map[string]string{"alpha": "0.01"}), gate.Regressed, "gate shut"},
		{"an alpha of 5", "no probability", compare(map[string]string{"alpha": "5"}), gate.WrongUsage, "alpha"},
		{"an unknown fail-on", "the error names the valid ones", map[string]string{"run": "same.txt", "fail-on": "always"}, gate.WrongUsage, "(one of policy, regression, never)"},
		{"a report in no folder", "no folder is made: root's would be in the way of later steps", map[string]string{"run": "same.txt", "report": "none/report.json"}, gate.CouldNotJudge, "writing json"},
		{"no report to read", "with what to do", map[string]string{"mode": "report"}, gate.CouldNotJudge, "input report names the file"},
		{"a run for a report", "another file of ours is no report", map[string]string{"mode": "report", "report": "perf/linux.json"}, gate.CouldNotJudge, "perf/linux.json"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := act(t, files, test.with)
			assert.Equal(t, int(test.status), s.status, s.log)
			assert.Contains(t, s.log, test.log, test.why)
			assert.Empty(t, foreign(s.log))
			if test.status == gate.WrongUsage || test.status == gate.CouldNotJudge {
				require.Len(t, commands(s.log), 1, "one annotation")
				assert.Contains(t, commands(s.log)[0], "::error title=regress-gate::")
				assert.Empty(t, s.output, "without a verdict there are no outputs")
				assert.Contains(t, s.summary, "The gate gave no verdict.")
				assert.Regexp(t, `\nregress-gate: exit status [23]: (wrong usage|could not judge): .*\n$`, s.log)
			}
		})
	}
}

func TestInputs_DefaultPolicyWhereItExists(t *testing.T) {
	with := map[string]string{"mode": "compare", "base-run": "old.txt", "run": "new.txt"}
	files := map[string]string{"old.txt": goBench("Encode", 1000, 3), "new.txt": goBench("Encode", 1200, 3)}
	assert.Equal(t, int(gate.Regressed), act(t, files, with).status)

	files[defaultPolicy] = "threshold: 50%\n"
	s := act(t, files, with)
	assert.Equal(t, int(gate.Open), s.status, s.log)
	assert.Contains(t, s.log, "policy "+s.pathInLog(defaultPolicy))

	files[defaultPolicy] = "treshold: 50%\n"
	assert.Equal(t, int(gate.CouldNotJudge), act(t, files, with).status, "a broken one is not passed over")
}

func TestInputs_AbsolutePathsIntoTheWorkspace(t *testing.T) {
	s := newStep(t, map[string]string{"baselines/baseline.json": baseline(1000, 3), "same.txt": goBench("Encode", 1000, 3)})
	s.run(t, map[string]string{"run": s.workspace + "/same.txt", "report": s.workspace + "/report.json"})
	assert.Equal(t, int(gate.Open), s.status, s.log)
	assert.Equal(t, "report.json", s.outputs["report"], "the host knows the workspace by another path")
}

// pathInLog is how messages name a file of the workspace.
func (s *step) pathInLog(name string) string { return newWorkspace(s.workspace).path(name) }

func TestInputs_Title(t *testing.T) {
	files := map[string]string{"baselines/baseline.json": baseline(1000, 3), "same.txt": goBench("Encode", 1000, 3)}
	assert.Contains(t, act(t, files, map[string]string{"run": "same.txt"}).summary, "Performance")
	s := act(t, files, map[string]string{"run": "same.txt", "title": "Codec on arm64"})
	assert.Contains(t, strings.SplitN(s.summary, "\n", 2)[0], "Codec on arm64")
}
