// Package fakegithub is a GitHub with a memory, for tests: what is written by one
// request is read by the next. It answers the routes that the action uses, as
// GitHub documents them, limits and refusals included, and can be told to fail.
//
//	world.go    what exists before the first request, and what can be asked after the last
//	server.go   routes, tokens and their permissions
//	faults.go   403, 429, 500, resets: what to answer in place of the truth
//	history.go  commits, branches and files
//	contents.go the Contents API, with the blob's sha as compare-and-swap
//	git.go      blobs, refs, commits, compare
//	issues.go   comments, labels, events, the permission of a user
//	pulls.go    pull requests
//
// The program in the folder serve is the same for containers and workflow runners
// on this machine.
package fakegithub

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Server is the fake, an http.Handler. Its state is guarded: requests may come at
// the same time.
type Server struct {
	mu       sync.Mutex
	world    World
	requests []Request
	mux      *http.ServeMux
	now      func() time.Time
	nextID   int64
}

// Request is one request that was answered.
type Request struct {
	Method string `json:"method"`
	Path   string `json:"path"`
	Query  string `json:"query,omitempty"`
	Status int    `json:"status"` // 0 where the connection was reset
}

// New returns a fake of that world. now is its clock; nil is the machine's.
func New(w World, now func() time.Time) *Server {
	if now == nil {
		now = time.Now
	}
	s := &Server{world: w, mux: http.NewServeMux(), now: now, nextID: 1000}
	s.world.complete(now())
	s.routes()
	return s
}

// route is what a handler knows of its request. Its repository is locked.
type route struct {
	w      http.ResponseWriter
	r      *http.Request
	server *Server
	repo   *Repository
	actor  Token
}

// handle adds a route of a repository. need is what the token must be allowed to
// do, such as "contents: write".
func (s *Server) handle(pattern, need string, answer func(*route)) {
	method, path, _ := strings.Cut(pattern, " ")
	s.mux.HandleFunc(method+" /repos/{owner}/{name}"+path, func(w http.ResponseWriter, r *http.Request) {
		rt := &route{w: w, r: r, server: s}
		var known bool
		if rt.actor, known = s.actor(r); !known {
			rt.refuse(http.StatusUnauthorized, "Bad credentials")
			return
		}
		if rt.repo = s.world.Repositories[r.PathValue("owner")+"/"+r.PathValue("name")]; rt.repo == nil {
			rt.refuse(http.StatusNotFound, "Not Found")
			return
		}
		if !rt.actor.may(need) {
			rt.refuse(http.StatusForbidden, "Resource not accessible by integration")
			return
		}
		answer(rt)
	})
}

func (s *Server) actor(r *http.Request) (Token, bool) {
	kind, secret, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(kind, "Bearer") && !strings.EqualFold(kind, "token") {
		return Token{}, false
	}
	t, known := s.world.Tokens[secret]
	return t, known
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if trimmed := strings.TrimPrefix(r.URL.Path, "/api/v3"); trimmed != r.URL.Path { // GitHub Enterprise
		r.URL.Path, r.URL.RawPath = trimmed, strings.TrimPrefix(r.URL.RawPath, "/api/v3")
	}
	if strings.HasPrefix(r.URL.Path, "/_fake/") {
		s.control(w, r)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	recorder := &recorder{ResponseWriter: w, status: http.StatusOK}
	defer func() {
		s.requests = append(s.requests, Request{r.Method, r.URL.Path, r.URL.RawQuery, recorder.status})
	}()
	if s.fail(recorder, r) {
		return
	}
	s.mux.ServeHTTP(recorder, r)
}

// recorder remembers the status.
type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

func (s *Server) routes() {
	s.mux.HandleFunc("GET /user", s.user)
	s.repositoryRoutes()
	s.contentRoutes()
	s.gitRoutes()
	s.issueRoutes()
	s.pullRoutes()
}

// user answers for tokens of people; those of a workflow have none.
func (s *Server) user(w http.ResponseWriter, r *http.Request) {
	rt := &route{w: w, r: r, server: s}
	switch t, known := s.actor(r); {
	case !known:
		rt.refuse(http.StatusUnauthorized, "Bad credentials")
	case t.Type == "Bot":
		rt.refuse(http.StatusForbidden, "Resource not accessible by integration")
	default:
		rt.answer(http.StatusOK, t.user())
	}
}

func (rt *route) refuse(status int, message string) {
	rt.answer(status, map[string]string{"message": message, "documentation_url": "https://docs.github.com/rest", "status": http.StatusText(status)})
}

func (rt *route) answer(status int, body any) {
	rt.w.Header().Set("Content-Type", "application/json; charset=utf-8")
	rt.w.WriteHeader(status)
	_ = json.NewEncoder(rt.w).Encode(body)
}

// read decodes the body of the request, and refuses one that is no JSON.
func (rt *route) read(into any) bool {
	if err := json.NewDecoder(rt.r.Body).Decode(into); err != nil {
		rt.refuse(http.StatusBadRequest, "Problems parsing JSON")
		return false
	}
	return true
}

func (s *Server) id() int64 {
	s.nextID++
	return s.nextID
}
