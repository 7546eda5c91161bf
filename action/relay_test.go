package action

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/org/regress-gate/action/internal/fakegithub"
	"github.com/org/regress-gate/regress/gate"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// newRelay is the second workflow of a fork's pull request, whose first one has left
// a report in the folder artifact.
func newRelay(t *testing.T) (g *gitHub, report string) {
	first := newGitHub(t, stored, measured(nil))
	first.again(t, gate.Regressed, map[string]string{"run": "slow.txt", "token": reader})
	require.Empty(t, first.comments())
	report = first.file(first.workspace + "/regress-gate-report.json")
	g = newGitHub(t, stored, map[string]string{"artifact/regress-gate-report.json": report})
	g.onRun(t, nil)
	return g, report
}

// onRun makes it a workflow_run of the fork's head.
func (g *gitHub) onRun(t *testing.T, more map[string]any) {
	run := map[string]any{"event": "pull_request", "head_sha": "head", "head_branch": "topic", "html_url": "https://github.com/org/demo/actions/runs/41",
		"head_repository": map[string]any{"full_name": "fork/demo", "owner": map[string]any{"login": "fork"}}, "pull_requests": []any{}}
	for key, value := range more {
		run[key] = value
	}
	g.on(t, "workflow_run", map[string]any{"action": "completed", "workflow_run": run})
}

var relaying = map[string]string{"mode": "comment", "report": "artifact"}

func TestRelay(t *testing.T) {
	g, _ := newRelay(t)
	for range 2 {
		g.again(t, gate.Open, relaying)
		require.Len(t, g.comments(), 1)
	}
	assert.Contains(t, g.comments()[0], "gate shut")
	assert.Contains(t, g.comments()[0], "https://github.com/org/demo/actions/runs/41", "it links to the run that measured")
	assert.Equal(t, "shut", g.outputs["verdict"])
	assert.NotEmpty(t, g.outputs["comment-url"])
	assert.Contains(t, g.log, "exit status 0: the report says shut, and this mode only comments")
	g.again(t, gate.Open, map[string]string{"mode": "comment", "report": "artifact/regress-gate-report.json"})
	assert.Len(t, g.comments(), 1, "the file by its name")
}

func TestRelay_WhosePullRequest(t *testing.T) {
	for _, test := range []struct {
		name   string
		run    map[string]any
		status gate.ExitStatus
		log    string
	}{
		{"the head has moved on", map[string]any{"head_sha": "0123456789"}, gate.Open, "no open pull request is at commit 0123456"},
		{"another fork's branch of that name", map[string]any{"head_repository": map[string]any{"full_name": "stranger/demo", "owner": map[string]any{"login": "stranger"}}}, gate.Open, "no open pull request"},
		{"another repository of the same owner", map[string]any{"head_repository": map[string]any{"full_name": "fork/other", "owner": map[string]any{"login": "fork"}}}, gate.Open, "no open pull request"},
		{"a push", map[string]any{"event": "push"}, gate.Open, "ran for push"},
		{"an event that speaks", map[string]any{"event": "x\n::error::y ##[error]z"}, gate.Open, "nothing to comment on"},
	} {
		t.Run(test.name, func(t *testing.T) {
			g, _ := newRelay(t)
			g.onRun(t, test.run)
			g.again(t, test.status, relaying)
			assert.Contains(t, g.log, test.log)
			assert.Empty(t, g.comments())
		})
	}
	g, _ := newRelay(t)
	g.onPull(t, nil)
	g.again(t, gate.WrongUsage, relaying)
	assert.Contains(t, g.log, "mode comment is for a workflow with on: workflow_run")
}

// Whatever the artifact holds, it is data.
func TestRelay_HostileArtifact(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret.json")
	require.NoError(t, os.WriteFile(secret, []byte(`{"a": 1}`), 0o600))
	for _, test := range []struct {
		name string
		make func(t *testing.T, file, report string)
		want string
	}{
		{"not there", func(t *testing.T, file, _ string) { require.NoError(t, os.Remove(file)) }, "holds 0 files"},
		{"two of them", func(t *testing.T, file, report string) {
			require.NoError(t, os.WriteFile(filepath.Join(filepath.Dir(file), "b.json"), []byte(report), 0o644))
		}, "holds 2 files"},
		{"a link out of it", func(t *testing.T, file, _ string) {
			require.NoError(t, os.Remove(file))
			require.NoError(t, os.Symlink(secret, file))
		}, "escapes"},
		{"a folder", func(t *testing.T, file, _ string) {
			require.NoError(t, os.Remove(file))
			require.NoError(t, os.Mkdir(file, 0o755))
		}, "not a regular file"},
		{"too large", func(t *testing.T, file, _ string) { require.NoError(t, os.Truncate(file, maxReport+1)) }, "more than a report may have"},
		{"cut off", func(t *testing.T, file, report string) {
			require.NoError(t, os.WriteFile(file, []byte(report[:len(report)/2]), 0o644))
		}, "reading report"},
		{"forged", func(t *testing.T, file, report string) {
			require.NoError(t, os.WriteFile(file, []byte(strings.Replace(report, `"gate": "shut"`, `"gate": "open"`, 1)), 0o644))
		}, "its findings make it shut"},
		{"of another schema", func(t *testing.T, file, report string) {
			require.NoError(t, os.WriteFile(file, []byte(strings.Replace(report, `"schema": 1`, `"schema": 2`, 1)), 0o644))
		}, "schema 2"},
	} {
		t.Run(test.name, func(t *testing.T) {
			g, report := newRelay(t)
			test.make(t, filepath.Join(g.workspace, "artifact", "regress-gate-report.json"), report)
			g.again(t, gate.CouldNotJudge, relaying)
			assert.Contains(t, g.log, test.want)
			assert.Empty(t, g.comments())
			assert.NotContains(t, g.log, `"a"`)
		})
	}
}

// Commenting is all that this workflow is for: where it cannot, it fails.
func TestRelay_MayNotComment(t *testing.T) {
	g, _ := newRelay(t)
	g.again(t, gate.CouldNotJudge, map[string]string{"mode": "comment", "report": "artifact", "token": reader})
	assert.Contains(t, g.log, "pull-requests: write")
	g.fault(fakegithub.Fault{Path: "/pulls", Status: 500, Times: 1})
	g.again(t, gate.Open, relaying)
	assert.Len(t, g.comments(), 1)
}
