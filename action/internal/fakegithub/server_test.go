package fakegithub

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const world = `{
 "tokens": {
  "rw": {"login": "github-actions[bot]", "type": "Bot", "permissions": {"contents": "write", "pull-requests": "write"}},
  "ro": {"login": "github-actions[bot]", "type": "Bot", "permissions": {"contents": "read", "pull-requests": "read"}},
  "me": {"login": "someone", "type": "User", "permissions": {}}},
 "repositories": {"org/demo": {
  "branches": {"main": {"files": {"a/x.txt": "one", "a/b/y.txt": "two"}}, "topic/1": {"files": {"a/x.txt": "three"}}},
  "users": {"owner": "admin"},
  "issues": {"7": {"comments": [{"login": "someone", "type": "User", "body": "hello"}],
             "events": [{"event": "labeled", "label": "ok", "actor": "owner", "created_at": "2026-11-23T10:00:00Z"}],
             "pull": {"base": "main", "head": "topic/1", "head_repo": "fork/demo"}}}}},
 "inline_limit": 10
}`

type client struct {
	t   *testing.T
	url string
}

func newClient(t *testing.T) (*client, *Server) {
	w, err := ReadWorld(strings.NewReader(world))
	require.NoError(t, err)
	s := New(w, nil)
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return &client{t, server.URL}, s
}

// do returns the status and the decoded answer.
func (c *client) do(token, method, path, body string) (int, any, http.Header) {
	r, err := http.NewRequest(method, c.url+path, strings.NewReader(body))
	require.NoError(c.t, err)
	r.Header.Set("Authorization", "Bearer "+token)
	answer, err := http.DefaultClient.Do(r)
	require.NoError(c.t, err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	require.NoError(c.t, err)
	var decoded any
	if json.Unmarshal(text, &decoded) != nil {
		decoded = string(text)
	}
	return answer.StatusCode, decoded, answer.Header
}

func TestPermissions(t *testing.T) {
	c, _ := newClient(t)
	status, _, _ := c.do("ro", "POST", "/repos/org/demo/issues/7/comments", `{"body": "x"}`)
	assert.Equal(t, 403, status, "a token that may not write")
	status, _, _ = c.do("none", "GET", "/repos/org/demo/contents/a/x.txt", "")
	assert.Equal(t, 401, status, "no token of this world")
	status, _, _ = c.do("ro", "GET", "/repos/org/other", "")
	assert.Equal(t, 404, status, "no such repository")
	status, _, _ = c.do("me", "GET", "/api/v3/user", "")
	assert.Equal(t, 200, status, "under the path of GitHub Enterprise")
}

func TestContents_CompareAndSwap(t *testing.T) {
	c, s := newClient(t)
	put := func(sha, text string) int {
		body, err := json.Marshal(map[string]string{"message": "m", "branch": "main", "sha": sha, "content": base64.StdEncoding.EncodeToString([]byte(text))})
		require.NoError(t, err)
		status, _, _ := c.do("rw", "PUT", "/repos/org/demo/contents/a/x.txt", string(body))
		return status
	}
	_, file, _ := c.do("ro", "GET", "/repos/org/demo/contents/a/x.txt", "")
	sha := file.(map[string]any)["sha"].(string)
	assert.Equal(t, "43dd47ea691c90a5fa7827892c70241913351963", sha, "git's own name of it")
	assert.Equal(t, 422, put("", "b"), "without a sha")
	assert.Equal(t, 409, put("0000", "b"), "another sha")
	assert.Equal(t, 200, put(sha, "a longer text"))
	assert.Equal(t, 409, put(sha, "c"), "once only")
	text, _ := s.File("org/demo", "main", "a/x.txt")
	assert.Equal(t, "a longer text", text)

	_, file, _ = c.do("ro", "GET", "/repos/org/demo/contents/a/x.txt", "")
	assert.Equal(t, "none", file.(map[string]any)["encoding"], "above the limit nothing is inline")
	_, blob, _ := c.do("ro", "GET", "/repos/org/demo/git/blobs/"+file.(map[string]any)["sha"].(string), "")
	assert.Equal(t, base64.StdEncoding.EncodeToString([]byte("a longer text")), blob.(map[string]any)["content"])
	_, list, _ := c.do("ro", "GET", "/repos/org/demo/contents/a", "")
	assert.Len(t, list, 2, "a folder and a file")

	_, diff, _ := c.do("ro", "GET", "/repos/org/demo/commits/main", "")
	assert.Equal(t, "a/x.txt", diff.(map[string]any)["files"].([]any)[0].(map[string]any)["filename"])
}

func TestIssues_PagesAndLimits(t *testing.T) {
	c, _ := newClient(t)
	for range 101 {
		status, _, _ := c.do("rw", "POST", "/repos/org/demo/issues/7/comments", `{"body": "x"}`)
		require.Equal(t, 201, status)
	}
	_, list, header := c.do("ro", "GET", "/repos/org/demo/issues/7/comments?per_page=100", "")
	assert.Len(t, list, 100)
	assert.Contains(t, header.Get("Link"), `page=2`)
	_, list, header = c.do("ro", "GET", "/repos/org/demo/issues/7/comments?per_page=100&page=2", "")
	assert.Len(t, list, 2)
	assert.Empty(t, header.Get("Link"))
	status, _, _ := c.do("rw", "POST", "/repos/org/demo/issues/7/comments", `{"body": "`+strings.Repeat("x", maxBody+1)+`"}`)
	assert.Equal(t, 422, status, "too long")
}

func TestPulls(t *testing.T) {
	c, _ := newClient(t)
	_, list, _ := c.do("ro", "GET", "/repos/org/demo/pulls?state=open&head=fork:topic/1", "")
	assert.Len(t, list, 1)
	_, list, _ = c.do("ro", "GET", "/repos/org/demo/pulls?state=open&head=other:topic/1", "")
	assert.Empty(t, list)
	status, _, _ := c.do("rw", "POST", "/repos/org/demo/pulls", `{"title": "t", "base": "main", "head": "topic/1"}`)
	assert.Equal(t, 201, status)
	status, _, _ = c.do("rw", "POST", "/repos/org/demo/pulls", `{"title": "t", "base": "main", "head": "topic/1"}`)
	assert.Equal(t, 422, status, "there is one already")
	_, p, _ := c.do("ro", "GET", "/repos/org/demo/collaborators/owner/permission", "")
	assert.Equal(t, "admin", p.(map[string]any)["permission"])
}

func TestFaults(t *testing.T) {
	c, s := newClient(t)
	status, _, _ := c.do("", "POST", "/_fake/faults", `{"method": "GET", "path": "/labels", "times": 1, "status": 429, "header": {"Retry-After": "1"}}`)
	require.Equal(t, 201, status)
	status, _, header := c.do("ro", "GET", "/repos/org/demo/issues/7/labels", "")
	assert.Equal(t, 429, status)
	assert.Equal(t, "1", header.Get("Retry-After"))
	status, _, _ = c.do("ro", "GET", "/repos/org/demo/issues/7/labels", "")
	assert.Equal(t, 200, status, "it strikes once")

	s.Look(func(w *World) {
		w.Faults = append(w.Faults, &Fault{Method: "POST", Path: "/comments", Reset: true, Lands: true})
	})
	r, err := http.NewRequest("POST", c.url+"/repos/org/demo/issues/7/comments", strings.NewReader(`{"body": "lost"}`))
	require.NoError(t, err)
	r.Header.Set("Authorization", "token rw")
	_, err = http.DefaultClient.Do(r)
	require.Error(t, err, "the answer is lost")
	s.Look(func(w *World) {
		assert.Equal(t, "lost", w.Repositories["org/demo"].Issues[7].Comments[1].Body, "and the comment landed")
	})
	_, state, _ := c.do("", "GET", "/_fake/state", "")
	assert.Contains(t, state, "repositories")
	assert.NotEmpty(t, s.Requests())
}

func TestClock(t *testing.T) {
	w, err := ReadWorld(strings.NewReader(world))
	require.NoError(t, err)
	then := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	New(w, func() time.Time { return then }).Look(func(w *World) {
		assert.Equal(t, then, w.Repositories["org/demo"].Issues[7].Comments[0].Created)
	})
	_, err = ReadWorld(strings.NewReader(`{"tokns": {}}`))
	require.Error(t, err, "a slip of the pen is no empty world")
}
