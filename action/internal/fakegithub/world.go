package fakegithub

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// World is all that the fake knows, as JSON too: what exists before the first
// request, and what can be read after the last one.
type World struct {
	Tokens       map[string]Token       `json:"tokens"`       // by their secret
	Repositories map[string]*Repository `json:"repositories"` // by owner/name
	Faults       []*Fault               `json:"faults,omitempty"`
	InlineLimit  int                    `json:"inline_limit,omitempty"` // bytes of a file that the Contents API answers inline; 0 is GitHub's 1 MiB
}

// Token says who a secret stands for and what it may do.
type Token struct {
	Login       string            `json:"login"`
	Type        string            `json:"type"`        // User or Bot
	Permissions map[string]string `json:"permissions"` // as in a workflow: {"contents": "write"}
}

func (t Token) user() map[string]any {
	return map[string]any{"login": t.Login, "type": t.Type, "id": 41898282}
}

// may tells whether the token has "contents: read" or the like; "" is everyone's.
func (t Token) may(need string) bool {
	if need == "" {
		return true
	}
	for one := range strings.SplitSeq(need, " or ") {
		name, level, _ := strings.Cut(one, ": ")
		if has := t.Permissions[name]; has == level || has == "write" {
			return true
		}
	}
	return false
}

// Repository is one repository.
type Repository struct {
	DefaultBranch string             `json:"default_branch"`
	Branches      map[string]*Branch `json:"branches"`
	Commits       map[string]*Commit `json:"commits,omitempty"` // by sha
	Issues        map[int]*Issue     `json:"issues"`            // by number; a pull request is one too
	Users         map[string]string  `json:"users"`             // login → admin, write, read or none
}

// Branch is one branch. Files, where given, is what its first commit holds.
type Branch struct {
	SHA       string            `json:"sha,omitempty"`
	Files     map[string]string `json:"files,omitempty"`
	Protected string            `json:"protected,omitempty"` // why nobody may push, "" where anyone may
}

// complete fills in what was left out of a world written by hand.
func (w *World) complete(now time.Time) {
	if w.InlineLimit == 0 {
		w.InlineLimit = 1 << 20
	}
	for name, r := range w.Repositories {
		if r.DefaultBranch == "" {
			r.DefaultBranch = "main"
		}
		if r.Commits == nil {
			r.Commits = map[string]*Commit{}
		}
		if r.Branches == nil {
			r.Branches = map[string]*Branch{}
		}
		if r.Issues == nil {
			r.Issues = map[int]*Issue{}
		}
		for _, b := range r.Branches {
			if b.SHA == "" {
				b.SHA = r.commit(&Commit{Message: "first", Files: blobs(b.Files), Date: now})
			}
			b.Files = nil
		}
		for number, issue := range r.Issues {
			issue.complete(name, number, r, now)
		}
	}
}

// ReadWorld reads a world from JSON.
func ReadWorld(r io.Reader) (World, error) {
	var w World
	d := json.NewDecoder(r)
	d.DisallowUnknownFields()
	if err := d.Decode(&w); err != nil {
		return World{}, fmt.Errorf("reading the world: %w", err)
	}
	return w, nil
}

// Look calls f with the world while no request changes it.
func (s *Server) Look(f func(*World)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f(&s.world)
}

// Requests returns the requests that were answered so far, in order.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Request(nil), s.requests...)
}

// File returns the content of a file at the tip of a branch, and whether there is
// one.
func (s *Server) File(repository, branch, path string) (text string, found bool) {
	s.Look(func(w *World) {
		r := w.Repositories[repository]
		if b := r.Branches[branch]; b != nil {
			var content []byte
			content, found = r.Commits[b.SHA].Files[path]
			text = string(content)
		}
	})
	return text, found
}

// control answers what is not GitHub's: GET /_fake/state is the world, GET
// /_fake/requests the requests so far, GET /_fake/file?repository=&branch=&path=
// one file as it is, POST /_fake/faults adds a fault.
func (s *Server) control(w http.ResponseWriter, r *http.Request) {
	rt := &route{w: w, r: r, server: s}
	q := r.URL.Query()
	switch r.Method + " " + r.URL.Path {
	case "GET /_fake/state":
		s.Look(func(world *World) { rt.answer(http.StatusOK, world) })
	case "GET /_fake/requests":
		rt.answer(http.StatusOK, s.Requests())
	case "GET /_fake/file":
		text, found := s.File(q.Get("repository"), q.Get("branch"), q.Get("path"))
		if !found {
			rt.refuse(http.StatusNotFound, "Not Found")
			return
		}
		_, _ = io.WriteString(w, text)
	case "POST /_fake/faults":
		f := &Fault{}
		if rt.read(f) {
			s.Look(func(world *World) { world.Faults = append(world.Faults, f) })
			rt.answer(http.StatusCreated, f)
		}
	default:
		rt.refuse(http.StatusNotFound, "Not Found")
	}
}
