package fakegithub

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// Pull is what a pull request has beyond an issue.
type Pull struct {
	State    string `json:"state"` // open where left out
	Title    string `json:"title,omitempty"`
	Body     string `json:"body,omitempty"`
	Base     string `json:"base"`                // branch
	Head     string `json:"head"`                // branch
	HeadRepo string `json:"head_repo,omitempty"` // owner/name, this one where left out
	HeadSHA  string `json:"head_sha,omitempty"`
	MergeSHA string `json:"merge_sha,omitempty"` // the commit that it was merged as, "" where it was not
}

func (p *Pull) complete(repository string, r *Repository) {
	if p.State == "" {
		p.State = "open"
	}
	if p.HeadRepo == "" {
		p.HeadRepo = repository
	}
	if b := r.Branches[p.Head]; p.HeadSHA == "" && b != nil {
		p.HeadSHA = b.SHA
	}
}

func (s *Server) pullRoutes() {
	s.handle("GET /pulls", "pull-requests: read", (*route).listPulls)
	s.handle("GET /pulls/{number}", "pull-requests: read", (*route).getPull)
	s.handle("GET /commits/{sha}/pulls", "pull-requests: read", (*route).pullsOfCommit)
	s.handle("POST /pulls", "pull-requests: write", (*route).createPull)
}

func (rt *route) pull(number int, p *Pull) map[string]any {
	owner, _, _ := strings.Cut(p.HeadRepo, "/")
	base := map[string]any{"ref": p.Base, "sha": ""}
	if b := rt.repo.Branches[p.Base]; b != nil {
		base["sha"] = b.SHA
	}
	var merged any
	if p.MergeSHA != "" {
		merged = rt.server.now()
	}
	return map[string]any{"number": number, "state": p.State, "merged_at": merged, "title": p.Title, "body": p.Body, "html_url": rt.html(fmt.Sprintf("pull/%d", number)),
		"base": base,
		"head": map[string]any{"ref": p.Head, "sha": p.HeadSHA, "label": owner + ":" + p.Head,
			"user": map[string]string{"login": owner}, "repo": map[string]any{"full_name": p.HeadRepo}}}
}

func (rt *route) listPulls() {
	q := rt.r.URL.Query()
	state := q.Get("state")
	if state == "" {
		state = "open"
	}
	var list []any
	for _, number := range slices.Backward(slices.Sorted(maps.Keys(rt.repo.Issues))) {
		p := rt.repo.Issues[number].Pull
		if p == nil {
			continue
		}
		owner, _, _ := strings.Cut(p.HeadRepo, "/")
		if state != "all" && p.State != state || q.Get("head") != "" && q.Get("head") != owner+":"+p.Head || q.Get("base") != "" && q.Get("base") != p.Base {
			continue
		}
		list = append(list, rt.pull(number, p))
	}
	rt.page(list)
}

func (rt *route) pullsOfCommit() {
	var list []any
	for number, issue := range rt.repo.Issues {
		if p := issue.Pull; p != nil && p.MergeSHA == rt.r.PathValue("sha") {
			list = append(list, rt.pull(number, p))
		}
	}
	rt.page(list)
}

func (rt *route) getPull() {
	number, _ := strconv.Atoi(rt.r.PathValue("number"))
	if issue := rt.repo.Issues[number]; issue != nil && issue.Pull != nil {
		rt.answer(http.StatusOK, rt.pull(number, issue.Pull))
		return
	}
	rt.refuse(http.StatusNotFound, "Not Found")
}

func (rt *route) createPull() {
	var in struct{ Title, Head, Base, Body string }
	if !rt.read(&in) {
		return
	}
	repository := rt.r.PathValue("owner") + "/" + rt.r.PathValue("name")
	if _, branch, qualified := strings.Cut(in.Head, ":"); qualified {
		in.Head = branch
	}
	head, base := rt.repo.Branches[in.Head], rt.repo.Branches[in.Base]
	switch {
	case head == nil || base == nil || in.Title == "":
		rt.refuse(http.StatusUnprocessableEntity, "Validation Failed: head or base is no branch")
		return
	case head.SHA == base.SHA:
		rt.refuse(http.StatusUnprocessableEntity, fmt.Sprintf("Validation Failed: No commits between %s and %s", in.Base, in.Head))
		return
	}
	for _, issue := range rt.repo.Issues {
		if p := issue.Pull; p != nil && p.State == "open" && p.Head == in.Head && p.Base == in.Base && p.HeadRepo == repository {
			rt.refuse(http.StatusUnprocessableEntity, "Validation Failed: A pull request already exists for "+in.Head)
			return
		}
	}
	number := 1
	for n := range rt.repo.Issues {
		number = max(number, n+1)
	}
	p := &Pull{State: "open", Title: in.Title, Body: in.Body, Base: in.Base, Head: in.Head, HeadRepo: repository, HeadSHA: head.SHA}
	rt.repo.Issues[number] = &Issue{Pull: p}
	rt.answer(http.StatusCreated, rt.pull(number, p))
}
