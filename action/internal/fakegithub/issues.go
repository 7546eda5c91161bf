package fakegithub

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
)

// maxBody is the number of characters that GitHub takes for a comment.
const maxBody = 65536

// Issue is an issue, or a pull request where Pull is set.
type Issue struct {
	Comments []*Comment `json:"comments"`
	Labels   []string   `json:"labels,omitempty"`
	Events   []*Event   `json:"events,omitempty"` // oldest first
	Pull     *Pull      `json:"pull,omitempty"`
}

// Comment is one comment of an issue.
type Comment struct {
	ID      int64     `json:"id"`
	Login   string    `json:"login"`
	Type    string    `json:"type"` // User or Bot
	Body    string    `json:"body"`
	Created time.Time `json:"created_at"`
	Updated time.Time `json:"updated_at"`
}

// Event is something that happened to an issue, such as labeled.
type Event struct {
	Event   string    `json:"event"`
	Label   string    `json:"label,omitempty"`
	Actor   string    `json:"actor"`
	Created time.Time `json:"created_at"`
}

func (i *Issue) complete(repository string, number int, r *Repository, now time.Time) {
	for n, c := range i.Comments {
		if c.ID == 0 {
			c.ID = int64(number*100_000 + n + 1)
		}
		if c.Created.IsZero() {
			c.Created, c.Updated = now, now
		}
	}
	if i.Pull != nil {
		i.Pull.complete(repository, r)
	}
}

func (s *Server) issueRoutes() {
	const talk = "issues: write or pull-requests: write"
	const listen = "issues: read or pull-requests: read"
	s.handle("GET /issues/{number}/comments", listen, (*route).listComments)
	s.handle("POST /issues/{number}/comments", talk, (*route).createComment)
	s.handle("PATCH /issues/comments/{id}", talk, (*route).editComment)
	s.handle("GET /issues/{number}/labels", listen, (*route).listLabels)
	s.handle("GET /issues/{number}/events", listen, (*route).listEvents)
	s.handle("GET /issues/{number}/timeline", listen, (*route).listEvents)
	s.handle("GET /collaborators/{login}/permission", "", (*route).permission)
}

func (rt *route) issue() *Issue {
	number, _ := strconv.Atoi(rt.r.PathValue("number"))
	issue := rt.repo.Issues[number]
	if issue == nil {
		rt.refuse(http.StatusNotFound, "Not Found")
	}
	return issue
}

func (rt *route) comment(c *Comment) map[string]any {
	return map[string]any{"id": c.ID, "body": c.Body, "created_at": c.Created, "updated_at": c.Updated,
		"user": map[string]any{"login": c.Login, "type": c.Type}, "html_url": rt.html(fmt.Sprintf("issues/comments/%d", c.ID))}
}

func (rt *route) listComments() {
	if issue := rt.issue(); issue != nil {
		var list []any
		for _, c := range issue.Comments {
			list = append(list, rt.comment(c))
		}
		rt.page(list)
	}
}

// body reads the text of a comment, and refuses what GitHub refuses.
func (rt *route) body() (string, bool) {
	var in struct{ Body string }
	if !rt.read(&in) {
		return "", false
	}
	if in.Body == "" || utf8.RuneCountInString(in.Body) > maxBody {
		rt.refuse(http.StatusUnprocessableEntity, fmt.Sprintf("Validation Failed: body is empty or too long (maximum is %d characters)", maxBody))
		return "", false
	}
	return in.Body, true
}

func (rt *route) createComment() {
	issue := rt.issue()
	if issue == nil {
		return
	}
	if body, ok := rt.body(); ok {
		now := rt.server.now()
		c := &Comment{ID: rt.server.id(), Login: rt.actor.Login, Type: rt.actor.Type, Body: body, Created: now, Updated: now}
		issue.Comments = append(issue.Comments, c)
		rt.answer(http.StatusCreated, rt.comment(c))
	}
}

func (rt *route) editComment() {
	for _, issue := range rt.repo.Issues {
		for _, c := range issue.Comments {
			if strconv.FormatInt(c.ID, 10) != rt.r.PathValue("id") {
				continue
			}
			if body, ok := rt.body(); ok {
				c.Body, c.Updated = body, rt.server.now()
				rt.answer(http.StatusOK, rt.comment(c))
			}
			return
		}
	}
	rt.refuse(http.StatusNotFound, "Not Found")
}

func (rt *route) listLabels() {
	if issue := rt.issue(); issue != nil {
		var list []any
		for _, l := range issue.Labels {
			list = append(list, map[string]string{"name": l})
		}
		rt.page(list)
	}
}

func (rt *route) listEvents() {
	if issue := rt.issue(); issue != nil {
		var list []any
		for i, e := range issue.Events {
			event := map[string]any{"id": i + 1, "event": e.Event, "actor": map[string]string{"login": e.Actor}, "created_at": e.Created}
			if e.Label != "" {
				event["label"] = map[string]string{"name": e.Label}
			}
			list = append(list, event)
		}
		rt.page(list)
	}
}

func (rt *route) permission() {
	login := rt.r.PathValue("login")
	level, known := rt.repo.Users[login]
	if !known {
		level = "none"
	}
	rt.answer(http.StatusOK, map[string]any{"permission": level, "role_name": level, "user": map[string]string{"login": login}})
}

// page answers with the part of a list that was asked for, and links to the next.
func (rt *route) page(list []any) {
	size, page := 30, 1
	q := rt.r.URL.Query()
	if n, err := strconv.Atoi(q.Get("per_page")); err == nil && n > 0 {
		size = min(n, 100)
	}
	if n, err := strconv.Atoi(q.Get("page")); err == nil && n > 0 {
		page = n
	}
	from := min((page-1)*size, len(list))
	to := min(from+size, len(list))
	if to < len(list) {
		q.Set("page", strconv.Itoa(page+1))
		rt.w.Header().Set("Link", fmt.Sprintf(`<http://%s%s?%s>; rel="next"`, rt.r.Host, rt.r.URL.Path, q.Encode()))
	}
	rt.answer(http.StatusOK, append([]any{}, slices.Clone(list[from:to])...))
}
