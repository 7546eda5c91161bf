package action

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/org/regress-gate/action/internal/fakegithub"
	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/gate"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const baselinePath = "baselines/baseline.json"

// onPush makes it a push of that commit to a branch, which is the default branch
// as far as the event knows.
func (g *gitHub) onPush(t *testing.T, branch, sha string) {
	t.Helper()
	g.on(t, "push", map[string]any{"after": sha, "repository": map[string]any{"default_branch": branch}})
	g.env["GITHUB_REF"], g.env["GITHUB_SHA"] = "refs/heads/"+branch, sha
}

func newUpdate(t *testing.T, base map[string]string) *gitHub {
	g := newGitHub(t, base, measured(nil))
	g.onPush(t, "main", "merged")
	return g
}

// log returns the commits of a branch, newest first.
func (g *gitHub) commits(branch string) (list []fakegithub.Commit) {
	g.repository(func(r *fakegithub.Repository) {
		b := r.Branches[branch]
		if b == nil {
			return
		}
		for c := r.Commits[b.SHA]; c != nil; c = r.Commits[c.Parents[0]] {
			list = append(list, *c)
			if len(c.Parents) == 0 {
				break
			}
		}
	})
	return list
}

func (g *gitHub) stored(t *testing.T, branch string) *regress.Baseline {
	t.Helper()
	text, found := g.server.File("org/demo", branch, baselinePath)
	require.True(t, found, "no baseline on %s", branch)
	b, err := regress.ReadBaseline(strings.NewReader(text), baselinePath)
	require.NoError(t, err)
	return b
}

var updating = map[string]string{"mode": "update", "run": "same.txt"}

func with(more map[string]string) map[string]string {
	all := maps.Clone(updating)
	maps.Copy(all, more)
	return all
}

func TestUpdate_FirstAndAgain(t *testing.T) {
	g := newUpdate(t, map[string]string{"code.go": ""})
	start := time.Now().UTC().Truncate(time.Second)
	g.again(t, gate.Open, updating)
	commits := g.commits("main")
	require.Len(t, commits, 2)
	assert.True(t, strings.HasPrefix(commits[0].Message, "Update the performance baseline [skip ci]\n\nThe run of merged,"), commits[0].Message)
	b := g.stored(t, "main")
	assert.Equal(t, "merged", b.Commit)
	assert.False(t, b.Time.Before(start), "dated by when it landed")
	assert.Contains(t, g.log, "was updated by commit "+commits[0].SHA[:7])
	assert.Contains(t, g.summary, "was updated by commit")
	assert.Equal(t, "unproven", g.outputs["verdict"], "there was nothing to compare with, and an update ends well all the same")

	g.again(t, gate.Open, updating)
	assert.Len(t, g.commits("main"), 2, "the same run once more is nothing new")
	assert.Contains(t, g.log, "nothing was committed")

	g.onPush(t, "main", "another")
	g.again(t, gate.Open, updating)
	assert.Len(t, g.commits("main"), 3)
	g.onPush(t, "main", "slower")
	g.again(t, gate.Open, with(map[string]string{"run": "slow.txt"}))
	assert.Equal(t, "shut", g.outputs["verdict"])
	entries := g.stored(t, "main").Entries
	entry := entries[slices.IndexFunc(entries, func(e regress.Entry) bool { return e.Metric == "allocs/op" })]
	assert.InDelta(t, 3, entry.Center(), 0, "a loss is not taken in")
	assert.Equal(t, regress.Refused, entry.History[len(entry.History)-1].Mark, "and is remembered")
	assert.Empty(t, g.comments())
}

// What was accepted on the pull request is accepted when that is merged: else all
// that follow would be judged by what is not so any more.
func TestUpdate_AcceptedByLabel(t *testing.T) {
	policy := map[string]string{"baselines/baseline.json": baseline(1000, 3), "baselines/policy.yaml": "accept_label: slower is fine\n"}
	slow := with(map[string]string{"run": "slow.txt"})
	for actor, taken := range map[string]bool{"owner": true, "triager": false, "": false} {
		g := newUpdate(t, policy)
		g.repository(func(r *fakegithub.Repository) {
			r.Issues[pull].Pull.State, r.Issues[pull].Pull.MergeSHA = "closed", "merged"
			if actor != "" {
				r.Issues[pull].Events = []*fakegithub.Event{{Event: "labeled", Label: "slower is fine", Actor: actor, Created: pushed}}
			}
		})
		g.again(t, gate.Open, slow)
		for _, e := range g.stored(t, "main").Entries {
			if e.Metric != "allocs/op" {
				continue
			}
			want := 3.0
			if taken {
				want = 4
				require.NotNil(t, e.Accepted)
				assert.Equal(t, "owner: label slower is fine on pull request 7", e.Accepted.By+": "+e.Accepted.Reason)
			}
			assert.InDelta(t, want, e.Center(), 0, "label by %q", actor)
		}
	}
	g := newUpdate(t, policy)
	g.fault(fakegithub.Fault{Path: "/commits/merged/pulls", Status: 403, Body: `{"message": "Resource not accessible by integration"}`})
	g.again(t, gate.Open, slow)
	assert.Contains(t, g.log, "pull-requests: read")
}

// Twenty jobs that end at once: every one lands, on a line, and none is lost.
func TestUpdate_ManyAtOnce(t *testing.T) {
	for _, through := range []string{"", "perf-data"} {
		t.Run("branch "+through, func(t *testing.T) {
			g := newUpdate(t, map[string]string{"code.go": "", "baselines/policy.yaml": "history: 50\n"})
			const n = 20
			var wg sync.WaitGroup
			statuses := make([]int, n)
			logs := make([]bytes.Buffer, n)
			for i := range n {
				s := newStep(t, measured(map[string]string{"baselines/policy.yaml": "history: 50\n"}))
				env := maps.Clone(g.env)
				for _, name := range []string{"GITHUB_WORKSPACE", outputFile, summaryFile} {
					env[name] = s.env[name]
				}
				env["GITHUB_SHA"] = fmt.Sprintf("commit-%02d", i)
				env["INPUT_MODE"], env["INPUT_RUN"], env["INPUT_STORAGE-BRANCH"] = "update", "same.txt", through
				wg.Go(func() { statuses[i] = Main(context.Background(), func(k string) string { return env[k] }, &logs[i]) })
			}
			wg.Wait()
			branch := through
			if branch == "" {
				branch = "main"
			}
			for i, status := range statuses {
				assert.Equal(t, int(gate.Open), status, logs[i].String())
			}
			commits := g.commits(branch)
			require.Len(t, commits, n+1)
			for _, c := range commits[:n] {
				assert.Len(t, c.Parents, 1, "the history is a line")
			}
			for _, e := range g.stored(t, branch).Entries {
				var seen []string
				for _, p := range e.History {
					seen = append(seen, p.Commit)
				}
				slices.Sort(seen)
				var want []string
				for i := range n {
					want = append(want, fmt.Sprintf("commit-%02d", i))
				}
				assert.Equal(t, want, seen, "every run is in the history of %s", e.Key)
			}
			conflicts := 0
			for _, r := range g.server.Requests() {
				if r.Status == 409 || r.Status == 422 {
					conflicts++
				}
			}
			assert.Positive(t, conflicts, "they did meet")
		})
	}
}

func TestUpdate_Faults(t *testing.T) {
	put := func(f fakegithub.Fault) fakegithub.Fault {
		f.Method, f.Path = "PUT", "/contents/"
		return f
	}
	for _, test := range []struct {
		name   string
		fault  fakegithub.Fault
		status gate.ExitStatus
		grown  int
		log    string
	}{
		{"409 once", put(fakegithub.Fault{Status: 409, Times: 1, Body: `{"message": "does not match"}`}), gate.Open, 1, "was updated"},
		{"422 once", put(fakegithub.Fault{Status: 422, Times: 1, Body: `{"message": "\"sha\" wasn't supplied"}`}), gate.Open, 1, "was updated"},
		{"409 for ever", put(fakegithub.Fault{Status: 409, Body: `{"message": "does not match"}`}), gate.CouldNotJudge, 0, "run this job again"},
		{"500 once", put(fakegithub.Fault{Status: 500, Times: 1}), gate.Open, 1, "was updated"},
		{"a reset before it landed", put(fakegithub.Fault{Reset: true, Times: 1}), gate.Open, 1, "was updated"},
		{"a reset after it landed", put(fakegithub.Fault{Reset: true, Lands: true, Times: 1}), gate.Open, 1, "holds this run already"},
		{"429 and Retry-After", put(fakegithub.Fault{Status: 429, Times: 1, Header: map[string]string{"Retry-After": "5"}}), gate.Open, 1, "was updated"},
		{"403", put(fakegithub.Fault{Status: 403, Body: `{"message": "Resource not accessible by integration"}`}), gate.CouldNotJudge, 0, "contents: write"},
		{"no answer about the commit", fakegithub.Fault{Path: "/commits/merged", Status: 404}, gate.Open, 1, "was updated"},
	} {
		t.Run(test.name, func(t *testing.T) {
			g := newUpdate(t, stored)
			g.fault(test.fault)
			g.again(t, test.status, updating)
			assert.Len(t, g.commits("main"), 1+test.grown)
			assert.Contains(t, g.log, test.log)
		})
	}
}

func TestUpdate_CorruptBaselineIsLeftAlone(t *testing.T) {
	for _, text := range []string{`{"metrics": {`, "", `{"metrics": {"a": {"value": 1}}, "schema": 99}`} {
		g := newUpdate(t, map[string]string{baselinePath: text})
		g.again(t, gate.CouldNotJudge, updating)
		assert.Len(t, g.commits("main"), 1)
		assert.Contains(t, g.log, "the baseline that is stored on main")
		left, _ := g.server.File("org/demo", "main", baselinePath)
		assert.Equal(t, text, left)
	}
}

func TestUpdate_LargeFile(t *testing.T) {
	g := newUpdate(t, stored)
	g.server.Look(func(w *fakegithub.World) { w.InlineLimit = 100 })
	g.again(t, gate.Open, updating)
	assert.Len(t, g.commits("main"), 2)
	assert.Equal(t, "merged", g.stored(t, "main").Commit)
}

func TestUpdate_StorageBranch(t *testing.T) {
	g := newUpdate(t, map[string]string{"code.go": ""})
	through := with(map[string]string{"storage-branch": "perf-data"})
	g.again(t, gate.Open, through)
	assert.Len(t, g.commits("perf-data"), 2, "it is made from the default branch")
	assert.Len(t, g.commits("main"), 1)

	g.onPull(t, nil)
	g.again(t, gate.Open, map[string]string{"run": "same.txt", "storage-branch": "perf-data"})
	g.again(t, gate.Regressed, map[string]string{"run": "slow.txt", "storage-branch": "perf-data"})
	assert.NotContains(t, g.log, "edits its own judge", "the checkout has no part of it")

	g.onPush(t, "main", "merged")
	g.repository(func(r *fakegithub.Repository) { delete(r.Branches, "perf-data") })
	g.again(t, gate.Open, through)
	assert.Len(t, g.commits("perf-data"), 2, "deleted, and made anew")
}

func TestUpdate_Folder(t *testing.T) {
	g := newUpdate(t, map[string]string{"perf/other.json": `{"environment": {"cpu": "Other CPU"}, "metrics": {"a": {"value": 1}}}`})
	g.again(t, gate.Open, with(map[string]string{"baseline": "perf/"}))
	commits := g.commits("main")
	require.Len(t, commits, 2)
	assert.Len(t, commits[0].Files, 2, "this machine has a file of its own")
	g.again(t, gate.Open, with(map[string]string{"baseline": "perf/"}))
	assert.Len(t, g.commits("main"), 2)
}

func TestUpdate_ProtectedBranch(t *testing.T) {
	g := newUpdate(t, stored)
	g.repository(func(r *fakegithub.Repository) {
		r.Branches["main"].Protected = "Changes must be made through a pull request."
	})
	g.again(t, gate.CouldNotJudge, updating)
	assert.Contains(t, g.log, "update-via: pull-request")

	through := with(map[string]string{"update-via": "pull-request"})
	opened := func() (list []fakegithub.Pull) {
		g.repository(func(r *fakegithub.Repository) {
			for _, number := range slices.Sorted(maps.Keys(r.Issues)) {
				if p := r.Issues[number].Pull; number != pull && p != nil {
					list = append(list, *p)
				}
			}
		})
		return list
	}
	g.again(t, gate.Open, through)
	require.Len(t, opened(), 1)
	assert.Equal(t, workBranch, opened()[0].Head)
	assert.NotContains(t, g.commits(workBranch)[0].Message, "skip ci", "what has to be merged has to be checked")
	assert.Contains(t, g.log, "pull request https://github.com/org/demo/pull/8")

	g.onPush(t, "main", "second")
	g.again(t, gate.Open, through)
	assert.Len(t, opened(), 1, "further updates join it")
	assert.Len(t, g.commits(workBranch), 3)
	assert.Equal(t, "second", g.stored(t, workBranch).Commit)

	// It is merged as one commit, and other work after it.
	g.repository(func(r *fakegithub.Repository) {
		r.Commits["squashed"] = &fakegithub.Commit{SHA: "squashed", Parents: []string{r.Branches["main"].SHA}, Files: r.Commits[r.Branches[workBranch].SHA].Files}
		later := maps.Clone(r.Commits["squashed"].Files)
		later["code.go"] = []byte("package demo")
		r.Commits["third"] = &fakegithub.Commit{SHA: "third", Parents: []string{"squashed"}, Files: later}
		r.Branches["main"].SHA = "third"
		r.Issues[8].Pull.State = "closed"
	})
	g.onPush(t, "main", "squashed")
	before := len(g.server.Requests())
	g.again(t, gate.Open, through)
	assert.Contains(t, g.log, "nothing but the baseline")
	g.onPush(t, "main", "third")
	g.again(t, gate.Open, through)
	assert.Len(t, opened(), 2, "the next one")
	assert.Equal(t, []string{"third"}, g.commits(workBranch)[0].Parents, "starts where main is now")
	assert.Greater(t, len(g.server.Requests()), before)
}

// A push of ours makes no run; where one is made all the same, it ends there.
func TestUpdate_CannotLoop(t *testing.T) {
	g := newUpdate(t, stored)
	g.again(t, gate.Open, updating)
	own := g.commits("main")[0].SHA
	g.onPush(t, "main", own)
	g.again(t, gate.Open, updating)
	assert.Len(t, g.commits("main"), 2)
	assert.Contains(t, g.log, "exit status 0: the pushed commit changes nothing but the baseline")
	assert.Empty(t, g.outputs)
}

func TestUpdate_Where(t *testing.T) {
	g := newUpdate(t, stored)
	for _, test := range []struct {
		name   string
		make   func()
		status gate.ExitStatus
		log    string
	}{
		{"a pull request", func() { g.onPull(t, nil) }, gate.WrongUsage, "what is not merged is no baseline"},
		{"another branch", func() {
			g.onPush(t, "topic", "merged")
			g.on(t, "push", map[string]any{"repository": map[string]any{"default_branch": "main"}})
		}, gate.WrongUsage, "if: github.ref_name == github.event.repository.default_branch"},
		{"a tag", func() {
			g.onPush(t, "main", "merged")
			g.env["GITHUB_REF"] = "refs/tags/main"
		}, gate.WrongUsage, "not on refs/tags/main"},
		{"schedule", func() {
			g.on(t, "schedule", map[string]any{"repository": map[string]any{"default_branch": "main"}})
			g.env["GITHUB_REF"] = "refs/heads/main"
		}, gate.Open, "was updated"},
		{"by hand", func() {
			g.on(t, "workflow_dispatch", map[string]any{"repository": map[string]any{"default_branch": "main"}})
			g.env["GITHUB_SHA"] = "later"
		}, gate.Open, "was updated"},
		{"the default branch was renamed meanwhile", func() { g.onPush(t, "master", "latest") }, gate.Open, "on main was updated"},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.make()
			g.again(t, test.status, updating)
			assert.Contains(t, g.log, test.log)
		})
	}
	assert.Len(t, g.commits("main"), 4)
	g.again(t, gate.WrongUsage, with(map[string]string{"update-via": "post"}))
	g.again(t, gate.WrongUsage, with(map[string]string{"update-via": "pull-request", "storage-branch": "x"}))
	g.again(t, gate.WrongUsage, with(map[string]string{"baseline": "/etc/passwd"}))
	require.NoError(t, os.Remove(filepath.Join(g.workspace, "same.txt")))
	g.again(t, gate.CouldNotJudge, updating)
}
