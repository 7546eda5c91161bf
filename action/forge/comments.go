package forge

import (
	"context"
	"fmt"
	"iter"
	"net/http"

	"github.com/google/go-github/v89/github"
)

// Comment is a comment on a pull request.
type Comment struct {
	ID    int64
	Login string // of its author
	Bot   bool   // whether that is an app and not a person
	Body  string
	URL   string // where people read it
}

const (
	readPulls  = "pull-requests: read"
	writePulls = "pull-requests: write"
)

// Comments returns the comments of a pull request, oldest first, over all pages.
func (c *Client) Comments(ctx context.Context, number int) iter.Seq2[Comment, error] {
	doing := fmt.Sprintf("reading the comments of pull request %d", number)
	return pages(func(o github.ListOptions) ([]*github.IssueComment, *github.Response, error) {
		return c.api.Issues.ListComments(ctx, c.owner, c.name, number, &github.IssueListCommentsOptions{ListOptions: o})
	}, newComment, func(err error) error { return c.explain(doing, readPulls, err, true) })
}

// newComment reads a comment. A forge's own user that runs workflows has an id
// below 0, which nobody can register.
func newComment(c *github.IssueComment) Comment {
	u := c.GetUser()
	return Comment{ID: c.GetID(), Login: u.GetLogin(), Bot: u.GetType() == "Bot" || u.GetID() < 0, Body: c.GetBody(), URL: c.GetHTMLURL()}
}

// CreateComment adds a comment. After an error it may be there all the same, where
// the answer was lost: Lost tells.
func (c *Client) CreateComment(ctx context.Context, number int, body string) (Comment, error) {
	body = c.masked(body)
	made, _, err := c.api.Issues.CreateComment(ctx, c.owner, c.name, number, &github.IssueComment{Body: &body})
	if err != nil {
		return Comment{}, lost(err, c.explain(fmt.Sprintf("commenting on pull request %d", number), writePulls, err, true))
	}
	return newComment(made), nil
}

// EditComment replaces the text of a comment.
func (c *Client) EditComment(ctx context.Context, id int64, body string) (Comment, error) {
	body = c.masked(body)
	made, _, err := c.api.Issues.EditComment(ctx, c.owner, c.name, id, &github.IssueComment{Body: &body})
	if err != nil {
		return Comment{}, c.explain("editing the comment of before", writePulls, err, true)
	}
	return newComment(made), nil
}

// LostError is an error after which nobody knows whether the request was done.
type LostError struct{ error }

// Unwrap returns the error inside.
func (e *LostError) Unwrap() error { return e.error }

func lost(err, explained error) error {
	if status, _ := reply(err); status == 0 && !neverSent(err) || status >= http.StatusInternalServerError {
		return &LostError{explained}
	}
	return explained
}

// pages goes through all pages of a list.
func pages[T, U any](get func(github.ListOptions) ([]T, *github.Response, error), of func(T) U, explain func(error) error) iter.Seq2[U, error] {
	return func(yield func(U, error) bool) {
		for o := (github.ListOptions{PerPage: 100}); ; {
			list, answer, err := get(o)
			if err != nil {
				var none U
				yield(none, explain(err))
				return
			}
			for _, item := range list {
				if !yield(of(item), nil) {
					return
				}
			}
			if answer.NextPage <= o.Page {
				return
			}
			o.Page = answer.NextPage
		}
	}
}
