package action

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sethvargo/go-githubactions"
	"github.com/stretchr/testify/require"
)

// Whatever the payload says: it is read or refused, an event that gives a stranger's
// code a token is not admitted unless asked for, and what it names is one harmless
// line in the log.
func FuzzEvent(f *testing.F) {
	for _, seed := range [][2]string{
		{"push", `{"after": "0123abc", "repository": {"default_branch": "main"}}`},
		{"pull_request", `{"action": "labeled", "label": {"name": "perf-accepted"}, "sender": {"login": "octocat"}, "pull_request": {"number": 7, "updated_at": "2026-11-24T10:00:00Z", "base": {"ref": "main"}, "head": {"sha": "0123abc", "repo": {"full_name": "fork/demo"}}}}`},
		{"pull_request_target", `{"pull_request": {"number": 7, "base": {"ref": "::error::\nmain"}}}`},
		{"merge_group", `{"merge_group": {"base_ref": "refs/heads/main", "head_sha": "0123abc"}}`},
		{"workflow_run", `{"workflow_run": {"event": "pull_request", "head_sha": "0123abc", "head_branch": "a\u001b[31mb", "html_url": "javascript:alert(1)", "head_repository": {"full_name": "fork/demo", "owner": {"login": "fork"}}}}`},
		{"schedule", ``},
		{"pull_request", `{"pull_request": {"number": 1e99}}`},
		{"pull_request", `null`},
		{"pull_request", strings.Repeat(`{"pull_request":`, 2000)},
	} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, name, payload string) {
		path := filepath.Join(t.TempDir(), "event.json")
		require.NoError(t, os.WriteFile(path, []byte(payload), 0o600))
		e, err := readEvent(githubactions.New(githubactions.WithGetenv(func(key string) string {
			return map[string]string{"GITHUB_EVENT_NAME": name, "GITHUB_EVENT_PATH": path}[key]
		})))
		if err != nil {
			require.Nil(t, e)
			return
		}
		require.Equal(t, name == pullRequestTarget, e.admit(false) != nil)
		require.NoError(t, e.admit(true))
		if e.pull() != 0 {
			require.NotNil(t, e.PullRequest)
			require.Equal(t, e.PullRequest.Head.SHA, e.head())
			require.Equal(t, e.PullRequest.Base.Ref, e.base())
		}
		if e.fork("org/demo") {
			require.NotEqual(t, "org/demo", e.PullRequest.Head.Repo.FullName)
		}
		names := []string{e.base(), e.head(), e.Label.Name, e.Sender.Login}
		if run := e.WorkflowRun; run != nil {
			names = append(names, run.Event, run.HeadBranch, run.URL)
		}
		for _, text := range names {
			for line := range strings.SplitSeq(inert(text), "\n") {
				require.False(t, strings.HasPrefix(strings.TrimSpace(line), "::") || strings.Contains(line, "##["), "%q", line)
				require.NotContains(t, line, "\x1b")
			}
		}
	})
}
