package action

import (
	"strings"
	"testing"

	"github.com/org/regress-gate/regress/gate"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestMain_Verdicts(t *testing.T) {
	files := map[string]string{
		"baselines/baseline.json": baseline(1000, 3),
		"same.txt":                goBench("Encode", 1000, 3),
		"slow.txt":                goBench("Encode", 3000, 4),
		"fast.txt":                goBench("Encode", 300, 2),
		"other.txt":               goBench("Decode", 1000, 3),
	}
	for _, test := range []struct {
		name, why string
		with      map[string]string
		status    gate.ExitStatus
		outputs   map[string]string
		last      string
	}{
		{
			"open", "the everyday case",
			map[string]string{"run": "same.txt"}, gate.Open,
			map[string]string{"verdict": "open", "regressions": "0", "improvements": "0", "missing": "0", "report": "regress-gate-report.json"},
			"exit status 0: the gate is open",
		},
		{
			"shut", "what the action is for",
			map[string]string{"run": "slow.txt"}, gate.Regressed,
			map[string]string{"verdict": "shut", "missing": "0", "report": "regress-gate-report.json"},
			"exit status 1: the gate is shut",
		},
		{
			"unproven", "the benchmark was renamed: nothing is compared",
			map[string]string{"run": "other.txt"}, gate.Unproven,
			map[string]string{"verdict": "unproven", "compared": "0", "missing": "2", "regressions": "0"},
			"exit status 4: unproven",
		},
		{
			"improved", "better is not worse",
			map[string]string{"run": "fast.txt"}, gate.Open,
			map[string]string{"verdict": "open", "regressions": "0"},
			"exit status 0: the gate is open",
		},
		{
			"unproven, only regressions count", "fail-on narrows the status, never the verdict",
			map[string]string{"run": "other.txt", "fail-on": "regression"}, gate.Open,
			map[string]string{"verdict": "unproven"},
			"exit status 0: the gate is unproven, and fail-on: regression lets it pass",
		},
		{
			"shut, for reading", "an observing job is green and says shut",
			map[string]string{"run": "slow.txt", "fail-on": "never"}, gate.Open,
			map[string]string{"verdict": "shut"},
			"exit status 0: the gate is shut, and fail-on: never lets it pass",
		},
		{
			"compare", "two runs of one job, no baseline",
			map[string]string{"mode": "compare", "base-run": "same.txt", "run": "slow.txt"}, gate.Regressed,
			map[string]string{"verdict": "shut", "regressions": "2", "compared": "3"},
			"exit status 1: the gate is shut",
		},
		{
			"compare, the other way round", "the sides are not mixed up",
			map[string]string{"mode": "compare", "base-run": "slow.txt", "run": "same.txt"}, gate.Open,
			map[string]string{"verdict": "open", "improvements": "2"},
			"exit status 0: the gate is open",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := act(t, files, test.with)
			assert.Equal(t, int(test.status), s.status, s.log)
			for name, want := range test.outputs {
				assert.Equal(t, want, s.outputs[name], "output %s", name)
			}
			assert.True(t, strings.HasPrefix(lastLine(s.log), "regress-gate: "+test.last), s.log)
			assert.Contains(t, s.log, "\ngate "+test.outputs["verdict"])
			assert.Contains(t, strings.SplitN(s.summary, "\n", 2)[0], "gate "+test.outputs["verdict"])
			assert.FileExists(t, s.workspace+"/"+s.outputs["report"])
			assert.Empty(t, foreign(s.log))
			if test.outputs["verdict"] == "shut" {
				assert.Contains(t, s.log, "\n::error title=")
			}
		})
	}
}

func lastLine(log string) string {
	log = strings.TrimSuffix(log, "\n")
	return log[strings.LastIndexByte(log, '\n')+1:]
}

// A fork's pull request is judged in one job and published in another.
func TestMain_ReportSaysTheSameTwice(t *testing.T) {
	first := act(t, map[string]string{"old.txt": goBench("Encode", 1000, 3), "new.txt": goBench("Encode", 3000, 4)},
		map[string]string{"mode": "compare", "base-run": "old.txt", "run": "new.txt", "report": "out.json", "title": "Codec"})
	require.Equal(t, int(gate.Regressed), first.status, first.log)
	saved := first.file(first.workspace+"/out.json") + "\n" // not as we would write it

	second := act(t, map[string]string{"sent.json": saved}, map[string]string{"mode": "report", "report": "sent.json", "title": "Codec"})
	assert.Equal(t, first.status, second.status)
	assert.Equal(t, first.summary, second.summary)
	assert.Equal(t, commands(first.log), commands(second.log))
	assert.Equal(t, saved, second.file(second.workspace+"/sent.json"), "the report is read, not written")
	assert.Equal(t, "sent.json", second.outputs["report"])
	delete(first.outputs, "report")
	delete(second.outputs, "report")
	assert.Equal(t, first.outputs, second.outputs)
}

func TestMain_ForgedReport(t *testing.T) {
	s := act(t, map[string]string{"old.txt": goBench("Encode", 1000, 3), "new.txt": goBench("Encode", 3000, 4)},
		map[string]string{"mode": "compare", "base-run": "old.txt", "run": "new.txt"})
	forged := strings.Replace(s.file(s.workspace+"/regress-gate-report.json"), `"gate": "shut"`, `"gate": "open"`, 1)
	s = act(t, map[string]string{"regress-gate-report.json": forged}, map[string]string{"mode": "report"})
	assert.Equal(t, int(gate.CouldNotJudge), s.status, "an artifact cannot open the gate by saying so")
	assert.Empty(t, s.outputs)
}

// On someone's own machine there is no runner: the action works, and says what
// it does not write.
func TestMain_OutsideOfActions(t *testing.T) {
	s := newStep(t, map[string]string{"old.txt": goBench("Encode", 1000, 3), "new.txt": goBench("Encode", 1000, 3)})
	workspace := s.workspace
	s.env = map[string]string{}
	s.run(t, map[string]string{
		"mode": "compare", "base-run": workspace + "/old.txt", "run": workspace + "/new.txt", "report": workspace + "/report.json",
	})
	assert.Equal(t, int(gate.Open), s.status, s.log)
	assert.Contains(t, s.log, "GITHUB_OUTPUT is not set")
	assert.Contains(t, s.log, "GITHUB_STEP_SUMMARY is not set")
	assert.FileExists(t, workspace+"/report.json")
}

func TestMain_AppendsToTheRunnersFiles(t *testing.T) {
	s := newStep(t, map[string]string{"old.txt": goBench("Encode", 1000, 3)})
	with := map[string]string{"mode": "compare", "base-run": "old.txt", "run": "old.txt"}
	s.run(t, with)
	summary, output := s.summary, s.output
	s.run(t, with)
	assert.Equal(t, summary+summary, s.summary)
	assert.True(t, strings.HasPrefix(s.output, output))
}
