package forge

import (
	"context"
	"fmt"

	"github.com/google/go-github/v89/github"
)

// Pull is a pull request.
type Pull struct {
	Number  int
	HeadSHA string
	Head    string // owner/name of the repository that it comes from, "" where that is gone
	URL     string // where people read it
	Base    string // the branch that it goes into
	Merged  bool
}

func newPull(p *github.PullRequest) Pull {
	return Pull{p.GetNumber(), p.GetHead().GetSHA(), p.GetHead().GetRepo().GetFullName(), p.GetHTMLURL(), p.GetBase().GetRef(), p.MergedAt != nil}
}

// Pulls returns the open pull requests from a branch of the repository of owner.
func (c *Client) Pulls(ctx context.Context, owner, branch string) ([]Pull, error) {
	return c.open(ctx, github.PullRequestListOptions{State: "open", Head: owner + ":" + branch})
}

// PullsOf returns the pull requests that a commit belongs to, merged ones too.
func (c *Client) PullsOf(ctx context.Context, sha string) (list []Pull, err error) {
	for p, err := range pages(func(o github.ListOptions) ([]*github.PullRequest, *github.Response, error) {
		return c.api.PullRequests.ListPullRequestsWithCommit(ctx, c.owner, c.name, sha, &o)
	}, newPull, func(err error) error {
		return c.explain("looking for the pull request of commit "+sha, readPulls, err, true)
	}) {
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, nil
}

func (c *Client) open(ctx context.Context, which github.PullRequestListOptions) (list []Pull, err error) {
	for p, err := range pages(func(o github.ListOptions) ([]*github.PullRequest, *github.Response, error) {
		which.ListOptions = o
		return c.api.PullRequests.List(ctx, c.owner, c.name, &which)
	}, newPull, func(err error) error {
		return c.explain("looking for the pull request of "+which.Head, readPulls, err, true)
	}) {
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, nil
}

// OpenPull opens a pull request from one branch of the repository to another, or
// returns the one that is open.
func (c *Client) OpenPull(ctx context.Context, from, to, title, body string) (Pull, error) {
	which := github.PullRequestListOptions{State: "open", Head: c.owner + ":" + from, Base: to}
	there, err := c.open(ctx, which)
	if err != nil {
		return Pull{}, err
	}
	if len(there) > 0 {
		return there[0], nil
	}
	made, _, err := c.api.PullRequests.Create(ctx, c.owner, c.name, &github.NewPullRequest{Title: &title, Head: &from, Base: &to, Body: &body})
	if err == nil {
		return newPull(made), nil
	}
	if there, again := c.open(ctx, which); again == nil && len(there) > 0 { // by somebody else, or by us and the answer was lost
		return there[0], nil
	}
	err = c.explain(fmt.Sprintf("opening a pull request from %s to %s", from, to), writePulls, err, true)
	if _, denied := err.(*DeniedError); denied {
		err = fmt.Errorf("%w\nand allow it in the settings of the repository: Actions, General, \"Allow GitHub Actions to create and approve pull requests\"", err)
	}
	return Pull{}, err
}
