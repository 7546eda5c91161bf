package forge

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"

	"github.com/google/go-github/v89/github"
)

// DefaultBranch returns the name that the default branch has now.
func (c *Client) DefaultBranch(ctx context.Context) (string, error) {
	r, _, err := c.api.Repositories.Get(ctx, c.owner, c.name)
	if err != nil {
		return "", c.explain("asking for the default branch", readContents, err, true)
	}
	if r.GetDefaultBranch() == "" {
		return "", errors.New("asking for the default branch: there is none")
	}
	return r.GetDefaultBranch(), nil
}

// Tip returns the commit that a branch is at. A branch that is not there, or of
// which the token may not know, is fs.ErrNotExist.
func (c *Client) Tip(ctx context.Context, branch string) (sha string, err error) {
	doing := "looking up the branch " + branch
	list, _, err := c.api.Repositories.ListCommits(ctx, c.owner, c.name,
		&github.CommitsListOptions{SHA: branch, ListOptions: github.ListOptions{PerPage: 1}})
	if err != nil {
		return "", c.explain(doing, readContents, err, false)
	}
	if len(list) == 0 || list[0].GetSHA() == "" {
		return "", fmt.Errorf("%s: it has no commits: %w", doing, fs.ErrNotExist)
	}
	return list[0].GetSHA(), nil
}

// CreateBranch makes a branch at a commit. One that is there already is left as it
// is.
func (c *Client) CreateBranch(ctx context.Context, branch, sha string) error {
	_, _, err := c.api.Git.CreateRef(ctx, c.owner, c.name, github.CreateRef{Ref: "refs/heads/" + branch, SHA: sha})
	if err == nil {
		return nil
	}
	if _, missing := c.Tip(ctx, branch); missing == nil { // by somebody else, or by us and the answer was lost
		return nil
	}
	doing := "creating the branch " + branch
	if status, _ := reply(err); status == http.StatusMethodNotAllowed || status == http.StatusNotFound {
		return fmt.Errorf("%w\nor this forge cannot create branches in this way: create it by hand", c.explain(doing, writeContents, err, true))
	}
	return c.explain(doing, writeContents, err, true)
}

// ResetBranch makes a branch point at a commit, whatever it points at now.
func (c *Client) ResetBranch(ctx context.Context, branch, sha string) error {
	force := true
	_, _, err := c.api.Git.UpdateRef(ctx, c.owner, c.name, "heads/"+branch, github.UpdateRef{SHA: sha, Force: &force})
	return c.explain("resetting the branch "+branch, writeContents, err, true)
}

// Changed returns the message of a commit and the paths that it changed, of which
// GitHub lists 300 at most.
func (c *Client) Changed(ctx context.Context, sha string) (message string, paths []string, err error) {
	commit, _, err := c.api.Repositories.GetCommit(ctx, c.owner, c.name, sha, nil)
	if err != nil {
		return "", nil, c.explain("looking up the commit "+sha, readContents, err, false)
	}
	for _, f := range commit.Files {
		paths = append(paths, f.GetFilename())
	}
	return commit.GetCommit().GetMessage(), paths, nil
}

// maxListed is how many files GitHub lists of a comparison.
const maxListed = 300

// Between returns the paths that head changed since it forked off base, and whether
// these are all.
func (c *Client) Between(ctx context.Context, base, head string) (paths []string, whole bool, err error) {
	diff, _, err := c.api.Repositories.CompareCommits(ctx, c.owner, c.name, base, head, &github.ListOptions{PerPage: 1})
	if err != nil {
		return nil, false, c.explain("asking what the change changes", readContents, err, false)
	}
	for _, f := range diff.Files {
		paths = append(paths, f.GetFilename())
		if old := f.GetPreviousFilename(); old != "" {
			paths = append(paths, old)
		}
	}
	return paths, len(diff.Files) < maxListed, nil
}
