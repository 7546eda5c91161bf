package action

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/org/regress-gate/action/internal/fakegithub"
	"github.com/org/regress-gate/regress/gate"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	writer = "ghs_a-token-that-may-write"
	reader = "ghs_a-token-that-may-read"
	pull   = 7
)

// pushed is when the pull request was last pushed to.
var pushed = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

// gitHub is a step on a GitHub that exists only here.
type gitHub struct {
	*step
	server *fakegithub.Server
}

// newGitHub has a repository whose main branch holds the files of base, a pull
// request into it, and a checkout that holds these and those of the change.
func newGitHub(t *testing.T, base, change map[string]string) *gitHub {
	t.Helper()
	bot := func(level string) fakegithub.Token {
		return fakegithub.Token{Login: "github-actions[bot]", Type: "Bot", Permissions: map[string]string{"contents": level, "pull-requests": level}}
	}
	checkout := map[string]string{}
	for _, files := range []map[string]string{base, change} {
		for path, text := range files {
			checkout[path] = text
		}
	}
	g := &gitHub{step: newStep(t, checkout)}
	g.server = fakegithub.New(fakegithub.World{
		Tokens: map[string]fakegithub.Token{writer: bot("write"), reader: bot("read")},
		Repositories: map[string]*fakegithub.Repository{"org/demo": {
			Branches: map[string]*fakegithub.Branch{"main": {Files: base}},
			Users:    map[string]string{"owner": "admin", "triager": "read"},
			Issues:   map[int]*fakegithub.Issue{pull: {Pull: &fakegithub.Pull{Base: "main", Head: "topic", HeadRepo: "fork/demo", HeadSHA: "of the fork"}}},
		}},
	}, nil)
	g.repository(func(r *fakegithub.Repository) {
		main := r.Branches["main"].SHA
		files := map[string][]byte{}
		for path, text := range checkout {
			files[path] = []byte(text)
		}
		r.Commits["head"] = &fakegithub.Commit{SHA: "head", Parents: []string{main}, Message: "the change", Files: files}
		r.Commits["merged"] = &fakegithub.Commit{SHA: "merged", Parents: []string{main}, Message: "merged", Files: map[string][]byte{"code.go": nil}}
		r.Issues[pull].Pull.HeadSHA = "head"
	})
	listener := httptest.NewServer(g.server)
	t.Cleanup(listener.Close)
	for name, value := range map[string]string{
		"GITHUB_API_URL": listener.URL, "GITHUB_REPOSITORY": "org/demo", "GITHUB_SERVER_URL": "https://github.com", "GITHUB_RUN_ID": "42",
		"RUNNER_TEMP": t.TempDir(), "INPUT_TOKEN": writer,
	} {
		g.env[name] = value
	}
	g.onPull(t, nil)
	return g
}

// on makes it the event with that payload.
func (g *gitHub) on(t *testing.T, name string, payload map[string]any) {
	t.Helper()
	text, err := json.Marshal(payload)
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "event.json")
	require.NoError(t, os.WriteFile(path, text, 0o644))
	g.env["GITHUB_EVENT_NAME"], g.env["GITHUB_EVENT_PATH"] = name, path
}

// onPull makes it an event of the pull request, with more in its payload.
func (g *gitHub) onPull(t *testing.T, more map[string]any) {
	t.Helper()
	payload := map[string]any{"action": "synchronize", "number": pull, "repository": map[string]any{"default_branch": "main"},
		"pull_request": map[string]any{"number": pull, "updated_at": pushed, "base": map[string]any{"ref": "main"}, "head": map[string]any{"sha": "head"}}}
	for key, value := range more {
		payload[key] = value
	}
	g.on(t, "pull_request", payload)
	g.env["GITHUB_REF"], g.env["GITHUB_SHA"] = fmt.Sprintf("refs/pull/%d/merge", pull), "0000000000000000000000000000000000000000"
}

func (g *gitHub) repository(f func(*fakegithub.Repository)) {
	g.server.Look(func(w *fakegithub.World) { f(w.Repositories["org/demo"]) })
}

func (g *gitHub) fault(faults ...fakegithub.Fault) {
	g.server.Look(func(w *fakegithub.World) {
		for _, f := range faults {
			w.Faults = append(w.Faults, &f)
		}
	})
}

func (g *gitHub) comments() (bodies []string) {
	g.repository(func(r *fakegithub.Repository) {
		for _, c := range r.Issues[pull].Comments {
			bodies = append(bodies, c.Body)
		}
	})
	return bodies
}

// again runs the step once more, on fresh files of the runner, and requires the
// status.
func (g *gitHub) again(t *testing.T, status gate.ExitStatus, with map[string]string) {
	t.Helper()
	g.step.again(t, with)
	require.Equal(t, int(status), g.status, g.log)
}

// measured are the runs that tests judge.
func measured(more map[string]string) map[string]string {
	files := map[string]string{
		"same.txt": goBench("Encode", 1000, 3),
		"slow.txt": goBench("Encode", 3000, 4),
		"fast.txt": goBench("Encode", 300, 2),
	}
	for path, text := range more {
		files[path] = text
	}
	return files
}

var stored = map[string]string{"baselines/baseline.json": baseline(1000, 3)}

// The clock that waits for nobody.
func TestMain(m *testing.M) {
	sleep = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	os.Exit(m.Run())
}

func TestComment_Sticky(t *testing.T) {
	g := newGitHub(t, stored, measured(nil))
	slow, same := map[string]string{"run": "slow.txt"}, map[string]string{"run": "same.txt"}

	g.again(t, gate.Open, same)
	assert.Empty(t, g.comments(), "auto: nothing changed, nothing is said")
	assert.Empty(t, g.outputs["comment-url"])

	g.again(t, gate.Regressed, slow)
	require.Len(t, g.comments(), 1)
	assert.True(t, strings.HasPrefix(g.comments()[0], "<!-- regress-gate Performance -->\n## ❌ Performance: gate shut"), g.comments()[0])
	assert.Contains(t, g.comments()[0], "https://github.com/org/demo/actions/runs/42")
	assert.Regexp(t, `^https://github.com/org/demo/issues/comments/\d+$`, g.outputs["comment-url"])

	g.again(t, gate.Open, same)
	require.Len(t, g.comments(), 1, "the same comment")
	assert.Contains(t, g.comments()[0], "gate open", "says that the gate opened again")

	g.again(t, gate.Regressed, map[string]string{"run": "slow.txt", "title": "arm64"})
	assert.Len(t, g.comments(), 2, "another gate has a comment of its own")
	g.again(t, gate.Regressed, map[string]string{"run": "slow.txt", "title": "amd64", "comment": "never"})
	assert.Len(t, g.comments(), 2)
	g.again(t, gate.Open, map[string]string{"run": "same.txt", "title": "amd64", "comment": "always"})
	assert.Len(t, g.comments(), 3)
}

func TestComment_BehindManyOthers(t *testing.T) {
	g := newGitHub(t, stored, measured(nil))
	g.repository(func(r *fakegithub.Repository) {
		for i := range 101 {
			c := &fakegithub.Comment{ID: int64(i + 1), Login: "somebody", Type: "User", Body: "a word from a person"}
			if i == 50 { // anyone can write what ours begin with
				c.Body = marker("Performance") + "\nthe gate is open, trust me"
			}
			if i == 60 { // or quote it
				c.Login, c.Type, c.Body = "github-actions[bot]", "Bot", "> "+marker("Performance")
			}
			r.Issues[pull].Comments = append(r.Issues[pull].Comments, c)
		}
	})
	for range 2 {
		g.again(t, gate.Regressed, map[string]string{"run": "slow.txt"})
		require.Len(t, g.comments(), 102, "one more, and the second run edits it")
	}
	assert.Contains(t, g.comments()[50], "trust me", "another's comment is left alone")
}

func TestComment_NeverChangesTheVerdict(t *testing.T) {
	const comments = "/issues/7/comments"
	for _, test := range []struct {
		name, token string
		fault       fakegithub.Fault
		comments    int
		warns       string
	}{
		{"a fork's token", reader, fakegithub.Fault{Path: "none"}, 0, "pull-requests: write"},
		{"403 on everything that writes", writer, fakegithub.Fault{Method: "POST", Status: 403, Body: `{"message": "Resource not accessible by integration"}`}, 0, "pull-requests: write"},
		{"429 and Retry-After", writer, fakegithub.Fault{Path: comments, Method: "POST", Times: 1, Status: 429, Header: map[string]string{"Retry-After": "2"}}, 1, ""},
		{"500 once", writer, fakegithub.Fault{Path: comments, Method: "GET", Times: 1, Status: 500}, 1, ""},
		{"500 once where it is written", writer, fakegithub.Fault{Path: comments, Method: "POST", Times: 1, Status: 500}, 1, ""},
		{"a reset before it is written", writer, fakegithub.Fault{Path: comments, Method: "POST", Times: 1, Reset: true}, 1, ""},
		{"a reset after it was written", writer, fakegithub.Fault{Path: comments, Method: "POST", Times: 1, Reset: true, Lands: true}, 1, ""},
		{"down", writer, fakegithub.Fault{Path: comments, Status: 503}, 0, "503"},
	} {
		t.Run(test.name, func(t *testing.T) {
			g := newGitHub(t, stored, measured(nil))
			g.fault(test.fault)
			g.again(t, gate.Regressed, map[string]string{"run": "slow.txt", "token": test.token})
			assert.Len(t, g.comments(), test.comments)
			assert.Equal(t, "shut", g.outputs["verdict"])
			assert.Contains(t, g.summary, "gate shut")
			assert.FileExists(t, g.workspace+"/regress-gate-report.json", "left for upload")
			if test.warns != "" {
				assert.Regexp(t, `(?m)^::warning title=regress-gate::the pull request was not commented on.*`+test.warns, g.log)
			} else {
				assert.NotContains(t, g.log, "was not commented on")
			}
			assert.Equal(t, 1, strings.Count(g.log, test.token), "the token stands in the command that masks it, and nowhere else")
		})
	}
}

// A fork's token may never write: nobody is warned of that each time.
func TestComment_ForkIsNoWarning(t *testing.T) {
	g := newGitHub(t, stored, measured(nil))
	g.onPull(t, map[string]any{"pull_request": map[string]any{"number": pull, "base": map[string]any{"ref": "main"},
		"head": map[string]any{"sha": "head", "repo": map[string]any{"full_name": "fork/demo"}}}})
	g.again(t, gate.Regressed, map[string]string{"run": "slow.txt", "token": reader})
	assert.Contains(t, g.log, "\nregress-gate: the pull request was not commented on")
	assert.NotContains(t, g.log, "::warning title=regress-gate::")
}

func TestJudge_IsThatOfTheBase(t *testing.T) {
	lenient := map[string]string{"baselines/baseline.json": baseline(3000, 4), "baselines/policy.yaml": "threshold: 500%\n"}
	base := map[string]string{"baselines/baseline.json": baseline(1000, 3), "baselines/policy.yaml": "threshold: 5%\n"}
	g := newGitHub(t, base, measured(lenient))

	g.again(t, gate.Regressed, map[string]string{"run": "slow.txt"})
	report := g.file(g.workspace + "/regress-gate-report.json")
	for _, edit := range []string{"policy: threshold: 5% → 500%", "baseline: Encode-2 allocs/op: 3 allocs/op → 4 allocs/op"} {
		assert.Contains(t, g.log, edit, "what it does to its judge is told")
	}
	assert.Contains(t, report, `"edits"`)
	assert.Contains(t, g.comments()[0], "edits its own judge")
	assert.Contains(t, g.log, "as they are at main (")

	g.again(t, gate.Open, map[string]string{"run": "slow.txt", "baseline-ref": "head"})
	assert.NotContains(t, g.log, "edits its own judge")

	g.again(t, gate.Regressed, map[string]string{"mode": "compare", "base-run": "same.txt", "run": "slow.txt"})
	assert.Contains(t, g.log, "threshold: 5% → 500%", "the policy of compare is the base's too")

	g.on(t, "merge_group", map[string]any{"merge_group": map[string]any{"base_ref": "refs/heads/main", "head_sha": "head"}})
	before := len(g.comments())
	g.again(t, gate.Regressed, map[string]string{"run": "slow.txt"})
	assert.Len(t, g.comments(), before, "a merge group is nobody's pull request")
}

// A change that began before the base's latest baseline edits nothing.
func TestJudge_OlderChangeIsNoEdit(t *testing.T) {
	g := newGitHub(t, stored, measured(nil))
	g.repository(func(r *fakegithub.Repository) {
		old := r.Branches["main"].SHA
		r.Commits["newer"] = &fakegithub.Commit{SHA: "newer", Parents: []string{old}, Files: map[string][]byte{"baselines/baseline.json": []byte(baseline(3000, 4))}}
		r.Branches["main"].SHA = "newer"
	})
	g.again(t, gate.Open, map[string]string{"run": "slow.txt"})
	assert.NotContains(t, g.log, "edits its own judge")
	assert.Contains(t, g.log, "at main (newer)")
}

// Nor does a job that has checked out nothing, such as one that judges shards.
func TestJudge_NoCheckoutIsNoEdit(t *testing.T) {
	g := newGitHub(t, stored, measured(nil))
	require.NoError(t, os.RemoveAll(g.workspace+"/baselines"))
	g.again(t, gate.Open, map[string]string{"run": "same.txt"})
	assert.NotContains(t, g.log, "edits its own judge")
	g.fault(fakegithub.Fault{Path: "/compare/", Status: 403})
	g.again(t, gate.Open, map[string]string{"run": "same.txt"})
	assert.Contains(t, g.log, "could not be found out")
}

// Files that nobody could judge by any more are told too.
func TestJudge_UnreadableEdits(t *testing.T) {
	g := newGitHub(t, stored, measured(map[string]string{"baselines/baseline.json": "{", "baselines/policy.yaml": "treshold: 5%\n"}))
	g.again(t, gate.Open, map[string]string{"run": "same.txt"})
	for _, what := range []string{"policy: the file of this change cannot be read", "baseline: the file of this change cannot be read"} {
		assert.Contains(t, g.log, what)
	}
	g.repository(func(r *fakegithub.Repository) { delete(r.Commits["head"].Files, "baselines/baseline.json") })
	g.again(t, gate.Open, map[string]string{"run": "same.txt"})
	assert.Contains(t, g.log, "the file baseline.json removed: 2 metrics")
}

func TestJudge_CannotBeRead(t *testing.T) {
	for _, test := range []struct {
		name string
		base map[string]string
		with map[string]string
		make func(*gitHub)
		want string
	}{
		{"no baseline at the base", map[string]string{"x": ""}, nil, nil, "make one with mode: update"},
		{"a broken baseline", map[string]string{"baselines/baseline.json": "{"}, nil, nil, "baselines/baseline.json"},
		{"a broken policy", map[string]string{"baselines/baseline.json": baseline(1000, 3), "baselines/policy.yaml": "treshold: 5%\n"}, nil, nil, "treshold"},
		{"a policy that is named and not there", stored, map[string]string{"policy": "perf.yaml"}, nil, "the policy that judges is that of main"},
		{"the branch was deleted", stored, nil, func(g *gitHub) {
			g.repository(func(r *fakegithub.Repository) { delete(r.Branches, "main") })
		}, "the policy that judges is that of main"},
		{"no storage branch yet", stored, map[string]string{"storage-branch": "perf-data"}, nil, "the baseline that judges is that of perf-data"},
		{"the API is down", stored, nil, func(g *gitHub) { g.fault(fakegithub.Fault{Path: "/contents/", Status: 502}) }, "502"},
		{"no token", stored, map[string]string{"token": theToken}, nil, "no token"},
		{"a token that may not read", stored, nil, func(g *gitHub) {
			g.fault(fakegithub.Fault{Status: 403, Body: `{"message": "Resource not accessible by integration"}`})
		}, "contents: read"},
	} {
		t.Run(test.name, func(t *testing.T) {
			checkout := measured(map[string]string{"baselines/baseline.json": baseline(1000, 3), "baselines/policy.yaml": "threshold: 5%\n"})
			g := newGitHub(t, test.base, checkout)
			if test.make != nil {
				test.make(g)
			}
			with := map[string]string{"run": "same.txt"}
			for name, value := range test.with {
				with[name] = value
			}
			g.again(t, gate.CouldNotJudge, with)
			assert.Contains(t, g.log, test.want, "the checkout's does not step in")
			assert.Empty(t, g.outputs)
		})
	}
}

func TestJudge_FolderOfBaselines(t *testing.T) {
	g := newGitHub(t, map[string]string{"perf/linux.json": baseline(1000, 3), "perf/README.md": "no baseline"}, measured(nil))
	g.again(t, gate.Regressed, map[string]string{"run": "slow.txt", "baseline": "perf/"})
	g.again(t, gate.Open, map[string]string{"run": "same.txt", "baseline": "perf"})
}

func TestAccept(t *testing.T) {
	labelled := func(actor string, after time.Duration) *fakegithub.Event {
		return &fakegithub.Event{Event: "labeled", Label: "slower is fine", Actor: actor, Created: pushed.Add(after)}
	}
	policy := "accept_label: slower is fine\n"
	base := map[string]string{"baselines/baseline.json": baseline(1000, 3), "baselines/policy.yaml": policy}
	for _, test := range []struct {
		name   string
		events []*fakegithub.Event
		more   map[string]any
		base   map[string]string
		status gate.ExitStatus
		log    string
	}{
		{"no label", nil, nil, base, gate.Regressed, "gate shut"},
		{"set after the push", []*fakegithub.Event{labelled("owner", time.Minute)}, nil, base, gate.Open, "accepted by owner: label slower is fine"},
		{"set by somebody who may not write", []*fakegithub.Event{labelled("triager", time.Minute)}, nil, base, gate.Regressed, "may not write to this repository"},
		{"set by a stranger", []*fakegithub.Event{labelled("stranger", time.Minute)}, nil, base, gate.Regressed, "may not write to this repository"},
		{"set before the push", []*fakegithub.Event{labelled("owner", -time.Minute)}, nil, base, gate.Regressed, "remove it and set it again"},
		{"set in this event", []*fakegithub.Event{labelled("owner", -time.Second)},
			map[string]any{"action": "labeled", "label": map[string]any{"name": "slower is fine"}, "sender": map[string]any{"login": "owner"}}, base, gate.Open, "accepted by owner"},
		{"another label in this event", []*fakegithub.Event{labelled("owner", -time.Hour)},
			map[string]any{"action": "labeled", "label": map[string]any{"name": "bug"}, "sender": map[string]any{"login": "owner"}}, base, gate.Regressed, "set it again"},
		{"taken off again", []*fakegithub.Event{labelled("owner", time.Minute), {Event: "unlabeled", Label: "slower is fine", Created: pushed.Add(2 * time.Minute)}}, nil, base, gate.Regressed, "gate shut"},
		{"named by the change alone", []*fakegithub.Event{labelled("owner", time.Minute)}, nil, stored, gate.Regressed, "accept label: default → slower is fine"},
	} {
		t.Run(test.name, func(t *testing.T) {
			g := newGitHub(t, test.base, measured(map[string]string{"baselines/policy.yaml": policy}))
			g.repository(func(r *fakegithub.Repository) { r.Issues[pull].Events = test.events })
			g.onPull(t, test.more)
			g.again(t, test.status, map[string]string{"run": "slow.txt"})
			assert.Contains(t, g.log, test.log)
		})
	}
	t.Run("only regressions", func(t *testing.T) {
		g := newGitHub(t, base, measured(map[string]string{"other.txt": goBench("Decode", 1, 1)}))
		g.repository(func(r *fakegithub.Repository) {
			r.Issues[pull].Events = []*fakegithub.Event{labelled("owner", time.Minute)}
		})
		g.again(t, gate.Unproven, map[string]string{"run": "other.txt"})
	})
	t.Run("a waiver in the base", func(t *testing.T) {
		waiver := "waivers: [{match: '*', up_to: 900%, reason: checksum added, until: 2099-12-31}]\n"
		g := newGitHub(t, map[string]string{"baselines/baseline.json": baseline(1000, 3), "baselines/policy.yaml": waiver}, measured(nil))
		g.again(t, gate.Open, map[string]string{"run": "slow.txt"})
		g = newGitHub(t, stored, measured(map[string]string{"baselines/policy.yaml": waiver}))
		g.again(t, gate.Regressed, map[string]string{"run": "slow.txt"})
		assert.Contains(t, g.log, "policy: waiver added", "its own waiver waives nothing before it is merged")
	})
}

// A report that an earlier step made was judged by what that step was given.
func TestReport_OnAPullRequest(t *testing.T) {
	policy := "threshold: 4%\naccept_label: slower is fine\n"
	g := newGitHub(t, map[string]string{"baselines/baseline.json": baseline(1000, 3), "baselines/policy.yaml": policy}, measured(nil))
	g.again(t, gate.Regressed, map[string]string{"run": "slow.txt", "report": "made.json", "comment": "never"})
	report := map[string]string{"mode": "report", "report": "made.json"}
	g.again(t, gate.Regressed, report)
	assert.NotContains(t, g.log, "it is not that of main")
	assert.Len(t, g.comments(), 1)

	g.again(t, gate.Regressed, map[string]string{"run": "slow.txt", "report": "made.json", "comment": "never", "threshold": "40%"})
	g.again(t, gate.Regressed, report)
	assert.Contains(t, g.log, "the policy that the report was judged by: it is not that of main: threshold: 4% → 40%")

	g.repository(func(r *fakegithub.Repository) {
		r.Issues[pull].Events = []*fakegithub.Event{{Event: "labeled", Label: "slower is fine", Actor: "owner", Created: pushed.Add(time.Minute)}}
	})
	g.again(t, gate.Open, report)
	assert.Contains(t, g.log, "accepted by owner")
	g.fault(fakegithub.Fault{Path: "/contents/", Status: 403, Body: `{"message": "Resource not accessible by integration"}`})
	g.again(t, gate.Regressed, report)
	assert.Contains(t, g.log, "contents: read", "a verdict that was found stays")
}

func TestEvents(t *testing.T) {
	for _, test := range []struct {
		name    string
		payload map[string]any
		with    map[string]string
		status  gate.ExitStatus
		log     string
	}{
		{"push", map[string]any{"after": "merged"}, nil, gate.Regressed, "policy built in\n"},
		{"schedule", nil, nil, gate.Regressed, "policy built in\n"},
		{"workflow_dispatch", nil, nil, gate.Regressed, "policy built in\n"},
		{"workflow_run", map[string]any{"workflow_run": map[string]any{"event": "pull_request"}}, nil, gate.Regressed, "policy built in\n"},
		{"merge_group", map[string]any{"merge_group": map[string]any{"base_ref": "refs/heads/main", "head_sha": "head"}}, nil, gate.Regressed, "at main ("},
		{"merge_group", nil, nil, gate.CouldNotJudge, "does not say which branch"},
		{"pull_request", nil, nil, gate.CouldNotJudge, "does not say which branch"},
		{"pull_request_target", map[string]any{"pull_request": map[string]any{"number": pull, "base": map[string]any{"ref": "main"}}}, nil, gate.WrongUsage, "a stranger's code"},
		{"pull_request_target", map[string]any{"pull_request": map[string]any{"number": pull, "base": map[string]any{"ref": "main"}}},
			map[string]string{"allow-pull-request-target": "true"}, gate.Regressed, "at main ("},
	} {
		t.Run(test.name, func(t *testing.T) {
			g := newGitHub(t, stored, measured(nil))
			g.on(t, test.name, test.payload)
			with := map[string]string{"run": "slow.txt"}
			for name, value := range test.with {
				with[name] = value
			}
			g.again(t, test.status, with)
			assert.Contains(t, g.log, test.log)
			wanted := 0
			if test.name == "pull_request_target" && test.status == gate.Regressed {
				wanted = 1
			}
			assert.Len(t, g.comments(), wanted)
		})
	}
}
