package forge

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/google/go-github/v89/github"
)

// Login returns whom the token belongs to, "" where it is not a person's and the
// forge does not say, as for the token of a workflow.
func (c *Client) Login(ctx context.Context) string {
	u, _, err := c.api.Users.Get(ctx, "")
	if err != nil {
		return ""
	}
	return u.GetLogin()
}

// Labelling is that somebody put a label on a pull request.
type Labelling struct {
	Actor string
	Time  time.Time
}

// Labelled returns who last put the label on the pull request and when, nil where
// it is not on it.
func (c *Client) Labelled(ctx context.Context, number int, label string) (*Labelling, error) {
	doing := fmt.Sprintf("reading the events of pull request %d", number)
	var last *Labelling
	for e, err := range pages(func(o github.ListOptions) ([]*github.IssueEvent, *github.Response, error) {
		return c.api.Issues.ListIssueEvents(ctx, c.owner, c.name, number, &o)
	}, func(e *github.IssueEvent) *github.IssueEvent { return e }, func(err error) error { return c.explain(doing, readPulls, err, true) }) {
		if err != nil {
			return nil, err
		}
		if e.GetLabel().GetName() != label {
			continue
		}
		switch e.GetEvent() {
		case "labeled":
			last = &Labelling{e.GetActor().GetLogin(), e.GetCreatedAt().Time}
		case "unlabeled":
			last = nil
		}
	}
	return last, nil
}

// MayWrite tells whether somebody may push to the repository.
func (c *Client) MayWrite(ctx context.Context, login string) (bool, error) {
	level, _, err := c.api.Repositories.GetPermissionLevel(ctx, c.owner, c.name, login)
	if err != nil {
		err = c.explain("asking what "+login+" may do", "contents: read", err, false)
		if errors.Is(err, fs.ErrNotExist) {
			return false, nil // nobody of this repository
		}
		return false, err
	}
	switch level.GetPermission() {
	case "admin", "maintain", "write", "owner":
		return true, nil
	}
	return false, nil
}
