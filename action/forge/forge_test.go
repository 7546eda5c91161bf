package forge

import (
	"context"
	"errors"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/org/regress-gate/action/internal/fakegithub"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	writer = "a-token-that-may-write"
	reader = "a-token-that-may-read"
)

func newWorld() fakegithub.World {
	bot := func(level string) fakegithub.Token {
		return fakegithub.Token{Login: "github-actions[bot]", Type: "Bot", Permissions: map[string]string{"contents": level, "pull-requests": level}}
	}
	return fakegithub.World{
		Tokens: map[string]fakegithub.Token{writer: bot("write"), reader: bot("read"), "a-persons-own-token": {Login: "someone", Type: "User"}},
		Repositories: map[string]*fakegithub.Repository{"org/demo": {
			Branches: map[string]*fakegithub.Branch{
				"main":  {Files: map[string]string{"perf/a.json": "alpha", "perf/b.json": strings.Repeat("b", 2<<20), "perf/deep/c.json": "c"}},
				"topic": {Files: map[string]string{"perf/a.json": "alpha, changed"}},
			},
			Users:  map[string]string{"owner": "admin", "triager": "read"},
			Issues: map[int]*fakegithub.Issue{7: {Pull: &fakegithub.Pull{Base: "main", Head: "topic", HeadRepo: "fork/demo"}}},
		}},
	}
}

// forge is a client of a fake, and the time that it waited.
type forge struct {
	*Client
	server *fakegithub.Server
	waited time.Duration
}

func newForge(t *testing.T, token string, faults ...*fakegithub.Fault) *forge {
	t.Helper()
	w := newWorld()
	w.Faults = faults
	f := &forge{server: fakegithub.New(w, nil)}
	listener := httptest.NewServer(f.server)
	t.Cleanup(listener.Close)
	client, err := New(Config{URL: listener.URL, Repository: "org/demo", Token: token, Sleep: func(ctx context.Context, d time.Duration) error {
		f.waited += d
		return ctx.Err()
	}})
	require.NoError(t, err)
	f.Client = client
	return f
}

func TestNew_Refuses(t *testing.T) {
	for _, c := range []Config{
		{Repository: "demo", Token: "t"},                            // no owner
		{Repository: "org/demo/x", Token: "t"},                      // a path into somewhere else
		{Repository: "org/demo"},                                    // no token
		{Repository: "org/demo", Token: "t", URL: "api.github.com"}, // no scheme
		{Repository: "org/demo", Token: "t", URL: "file:///etc/passwd"},
	} {
		_, err := New(c)
		assert.Error(t, err, c)
	}
}

func TestFile(t *testing.T) {
	f, ctx := newForge(t, reader), t.Context()
	tip, err := f.Tip(ctx, "main")
	require.NoError(t, err)

	file, _, err := f.File(ctx, "perf/a.json", tip)
	require.NoError(t, err)
	assert.Equal(t, "alpha", string(file.Content))

	file, _, err = f.File(ctx, "perf/b.json", "main")
	require.NoError(t, err)
	assert.Len(t, file.Content, 2<<20, "above the limit of the Contents API")

	_, folder, err := f.File(ctx, "perf", "main")
	require.NoError(t, err)
	assert.Equal(t, []string{"perf/a.json", "perf/b.json"}, folder)

	_, _, err = f.File(ctx, "perf/none.json", "main")
	assert.ErrorIs(t, err, fs.ErrNotExist)
	_, err = f.Tip(ctx, "gone")
	assert.ErrorIs(t, err, fs.ErrNotExist, "a branch that was deleted")
}

func TestPut(t *testing.T) {
	f, ctx := newForge(t, writer), t.Context()
	file, _, err := f.File(ctx, "perf/a.json", "main")
	require.NoError(t, err)
	change := Commit{Branch: "main", Path: "perf/a.json", Message: "m", Content: []byte("beta"), Replaces: file.SHA}
	sha, err := f.Put(ctx, change)
	require.NoError(t, err)
	message, paths, err := f.Changed(ctx, sha)
	require.NoError(t, err)
	assert.Equal(t, "m", message)
	assert.Equal(t, []string{"perf/a.json"}, paths)

	_, err = f.Put(ctx, change)
	require.ErrorIs(t, err, ErrConflict, "it replaces what is not there any more")
	change.Replaces = ""
	_, err = f.Put(ctx, change)
	require.ErrorIs(t, err, ErrConflict, "it was to be new")
	change.Branch = "gone"
	_, err = f.Put(ctx, change)
	require.ErrorIs(t, err, fs.ErrNotExist)

	require.NoError(t, f.CreateBranch(ctx, "store", sha))
	require.NoError(t, f.CreateBranch(ctx, "store", sha), "it is there already")
	f.server.Look(func(w *fakegithub.World) {
		w.Repositories["org/demo"].Branches["store"].Protected = "Changes must be made through a pull request."
	})
	change.Branch = "store"
	_, err = f.Put(ctx, change)
	require.ErrorIs(t, err, ErrProtected, "GitHub answers 409 here too")
}

// A refusal names what to write into the workflow, and never the token.
func TestDenied(t *testing.T) {
	f, ctx := newForge(t, reader), t.Context()
	_, err := f.CreateComment(ctx, 7, "hello")
	var denied *DeniedError
	require.ErrorAs(t, err, &denied)
	assert.Contains(t, err.Error(), "permissions:\n    pull-requests: write")
	assert.NotErrorAs(t, err, new(*LostError))
	_, err = f.Put(ctx, Commit{Branch: "main", Path: "x", Message: "m"})
	require.ErrorAs(t, err, &denied)
	assert.Contains(t, err.Error(), "permissions:\n    contents: write")
	assert.Error(t, f.CreateBranch(ctx, "new", "main"))

	f = newForge(t, writer, &fakegithub.Fault{Status: 400, Body: `{"message": "bad: ` + writer + `"}`})
	_, err = f.CreateComment(ctx, 7, "hello")
	require.Error(t, err)
	assert.NotContains(t, err.Error(), writer)
	f = newForge(t, "not-a-token-of-this-world")
	_, err = f.Tip(ctx, "main")
	assert.ErrorContains(t, err, "the token is not accepted")
}

func TestPatience(t *testing.T) {
	later := strconv.FormatInt(time.Now().Add(40*time.Second).Unix(), 10)
	for _, test := range []struct {
		name   string
		fault  fakegithub.Fault
		post   bool
		ok     bool
		waits  time.Duration // at least
		within time.Duration // 0 is the same
		sent   int
	}{
		{"500 once", fakegithub.Fault{Status: 500, Times: 1}, false, true, time.Second, 2 * time.Second, 2},
		{"502 for ever", fakegithub.Fault{Status: 502}, false, false, 15 * time.Second, 23 * time.Second, maxTries},
		{"a reset", fakegithub.Fault{Reset: true, Times: 1}, false, true, 0, 2 * time.Second, 2},
		{"a comment, 500 once", fakegithub.Fault{Status: 500, Times: 1}, true, false, 0, 0, 1},
		{"a comment, the answer lost", fakegithub.Fault{Reset: true, Lands: true, Times: 1}, true, false, 0, 0, 1},
		{"a comment, 429", fakegithub.Fault{Status: 429, Times: 1, Header: map[string]string{"Retry-After": "7"}}, true, true, 7 * time.Second, 0, 2},
		{"403 with Retry-After", fakegithub.Fault{Status: 403, Times: 1, Header: map[string]string{"Retry-After": "3"}}, true, true, 3 * time.Second, 0, 2},
		{"the hourly limit, soon over", fakegithub.Fault{Status: 403, Times: 1, Header: map[string]string{"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": later}}, true, true, 38 * time.Second, 42 * time.Second, 2},
		{"the hourly limit, not soon over", fakegithub.Fault{Status: 403, Header: map[string]string{"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "4102444800"}}, true, false, 0, 0, 1},
		{"longer than we wait", fakegithub.Fault{Status: 429, Header: map[string]string{"Retry-After": "91"}}, false, false, 0, 0, 1},
		{"too long in sum", fakegithub.Fault{Status: 429, Header: map[string]string{"Retry-After": "40"}}, false, false, 80 * time.Second, 0, 3},
		{"the secondary limit, which says no time", fakegithub.Fault{Status: 403, Times: 1, Body: `{"message": "You have exceeded a secondary rate limit."}`}, true, true, 12 * time.Second, 0, 2},
		{"no permission is no limit", fakegithub.Fault{Status: 403, Body: `{"message": "Resource not accessible by integration"}`}, false, false, 0, 0, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newForge(t, writer, &test.fault)
			var err error
			if test.post {
				_, err = f.CreateComment(t.Context(), 7, "hello")
			} else {
				_, err = f.Tip(t.Context(), "main")
			}
			assert.Equal(t, test.ok, err == nil, err)
			assert.Len(t, f.server.Requests(), test.sent)
			assert.GreaterOrEqual(t, f.waited, test.waits)
			assert.LessOrEqual(t, f.waited, max(test.within, test.waits))
			assert.LessOrEqual(t, f.waited, maxWait)
			f.server.Look(func(w *fakegithub.World) {
				assert.LessOrEqual(t, len(w.Repositories["org/demo"].Issues[7].Comments), 1, "never twice")
			})
			if test.post && !test.ok && test.fault.Header == nil {
				assert.ErrorAs(t, err, new(*LostError), "whoever asked has to look whether it is there")
			}
		})
	}
}

func TestPatience_Connection(t *testing.T) {
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	tries := 0
	c, err := New(Config{URL: closed.URL, Repository: "org/demo", Token: "t", Sleep: func(context.Context, time.Duration) error { tries++; return nil }})
	require.NoError(t, err)
	_, err = c.CreateComment(t.Context(), 7, "hello")
	require.ErrorContains(t, err, "commenting on pull request 7")
	assert.Equal(t, maxTries-1, tries, "what was never sent may be sent again")
	assert.NotErrorAs(t, err, new(*LostError))

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = c.Tip(ctx, "main")
	assert.ErrorIs(t, ctx.Err(), context.Canceled)
	assert.Error(t, err)
	assert.Equal(t, maxTries-1, tries, "nobody waits any more")
}

// The token goes to the API and to nobody whom it redirects to.
func TestSigned_NotElsewhere(t *testing.T) {
	var seen []string
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen = append(seen, r.Header.Get("Authorization"))
		_, _ = w.Write([]byte(`{"default_branch": "main"}`))
	}))
	defer elsewhere.Close()
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen = append(seen, r.Header.Get("Authorization"))
		http.Redirect(w, r, elsewhere.URL, http.StatusMovedPermanently)
	}))
	defer api.Close()
	c, err := New(Config{URL: api.URL, Repository: "org/demo", Token: "secret"})
	require.NoError(t, err)
	name, err := c.DefaultBranch(t.Context())
	require.NoError(t, err)
	assert.Equal(t, "main", name)
	assert.Equal(t, []string{"Bearer secret", ""}, seen)
}

func TestComments_AllPages(t *testing.T) {
	f, ctx := newForge(t, writer), t.Context()
	for i := range 101 {
		_, err := f.CreateComment(ctx, 7, "comment "+strconv.Itoa(i))
		require.NoError(t, err)
	}
	n := 0
	for c, err := range f.Comments(ctx, 7) {
		require.NoError(t, err)
		assert.True(t, c.Bot)
		n++
	}
	assert.Equal(t, 101, n)
	assert.Empty(t, f.Login(ctx), "the token of a workflow is nobody's")
	assert.Equal(t, "someone", newForge(t, "a-persons-own-token").Login(ctx))
}

func TestLabelled(t *testing.T) {
	f, ctx := newForge(t, reader), t.Context()
	at := func(minute int) time.Time { return time.Date(2026, 11, 23, 10, minute, 0, 0, time.UTC) }
	events := func(list ...*fakegithub.Event) *Labelling {
		f.server.Look(func(w *fakegithub.World) { w.Repositories["org/demo"].Issues[7].Events = list })
		l, err := f.Labelled(ctx, 7, "ok")
		require.NoError(t, err)
		return l
	}
	set := func(minute int, actor string) *fakegithub.Event {
		return &fakegithub.Event{Event: "labeled", Label: "ok", Actor: actor, Created: at(minute)}
	}
	assert.Nil(t, events(&fakegithub.Event{Event: "labeled", Label: "other", Actor: "owner", Created: at(1)}))
	assert.Equal(t, &Labelling{"owner", at(2)}, events(set(1, "triager"), set(2, "owner")), "the last one counts")
	assert.Nil(t, events(set(1, "owner"), &fakegithub.Event{Event: "unlabeled", Label: "ok", Actor: "triager", Created: at(2)}))
	for login, want := range map[string]bool{"owner": true, "triager": false, "stranger": false} {
		may, err := f.MayWrite(ctx, login)
		require.NoError(t, err)
		assert.Equal(t, want, may, login)
	}
}

func TestPulls(t *testing.T) {
	f, ctx := newForge(t, writer), t.Context()
	list, err := f.Pulls(ctx, "fork", "topic")
	require.NoError(t, err)
	require.Len(t, list, 1)
	assert.Equal(t, Pull{7, list[0].HeadSHA, "fork/demo", "https://github.com/org/demo/pull/7", "main", false}, list[0])
	list, err = f.Pulls(ctx, "stranger", "topic")
	require.NoError(t, err)
	assert.Empty(t, list)

	f.server.Look(func(w *fakegithub.World) {
		w.Faults = append(w.Faults, &fakegithub.Fault{Method: "POST", Path: "/pulls", Times: 1, Reset: true, Lands: true})
	})
	first, err := f.OpenPull(ctx, "topic", "main", "title", "body")
	require.NoError(t, err, "the answer was lost, the pull request is there")
	second, err := f.OpenPull(ctx, "topic", "main", "title", "body")
	require.NoError(t, err)
	assert.Equal(t, first, second, "one is enough")
	name, err := f.DefaultBranch(ctx)
	require.NoError(t, err)
	assert.Equal(t, "main", name)
}

func TestErrors_AreToldApart(t *testing.T) {
	for message, want := range map[string]bool{
		"Repository rule violations found\n\nChanges must be made through a pull request.": true,
		"Could not update file: At least 1 approving review is required":                   true,
		"perf/a.json does not match 43dd47ea":                                              false,
		"is at 43dd47ea but expected 12345678":                                             false,
	} {
		assert.Equal(t, want, protects(http.StatusConflict, message), message)
	}
	assert.False(t, errors.Is(ErrProtected, ErrConflict))
}
