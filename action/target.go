package action

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/org/regress-gate/action/forge"
	"github.com/org/regress-gate/regress/gate"
)

// The ways in which an update reaches the branch.
const (
	viaCommit      = "commit"
	viaPullRequest = "pull-request" // for branches that take no pushes
)

func parseVia(s string) (string, error) {
	if s != viaCommit && s != viaPullRequest {
		return "", gate.Usagef("unknown update-via %.40q (one of %s, %s)", s, viaCommit, viaPullRequest)
	}
	return s, nil
}

// workBranch is where updates gather that go through a pull request.
const workBranch = "regress-gate/baseline"

// target is where an update goes.
type target struct {
	branch string // that is committed to
	from   string // where that starts, and where a pull request goes
	path   string // in the repository; with a slash at its end a folder
}

// target finds where the update goes. skip says why there is nothing to do.
func (s *settings) target(ctx context.Context, f *forge.Client) (t target, skip string, err error) {
	t.path = s.inRepository(s.baselineName)
	if !filepath.IsLocal(t.path) {
		return t, "", gate.Usagef("baseline %s lies outside of the workspace, and so in no branch", s.baselineName)
	}
	if strings.HasSuffix(s.baselineName, "/") {
		t.path += "/"
	}
	if !slices.Contains([]string{"push", "schedule", "workflow_dispatch"}, s.event.Name) {
		return t, "", gate.Usagef("mode update runs on push, schedule and workflow_dispatch, not on %q: what is not merged is no baseline", s.event.Name)
	}
	if t.from, err = f.DefaultBranch(ctx); err != nil {
		return t, "", err
	}
	// A branch that was renamed after the event keeps its old name in there.
	if ref, is := strings.CutPrefix(s.getenv("GITHUB_REF"), "refs/heads/"); !is || ref != t.from && ref != s.event.Repository.DefaultBranch {
		return t, "", gate.Usagef("mode update runs on the default branch %s, not on %s: add to the job\n  if: github.ref_name == github.event.repository.default_branch",
			t.from, s.getenv("GITHUB_REF"))
	}
	t.branch = t.from
	if s.via == viaPullRequest {
		if s.storageBranch != "" {
			return t, "", gate.Usagef("storage-branch and update-via: pull-request exclude each other: the storage branch is for commits")
		}
		t.branch = workBranch
	} else if s.storageBranch != "" {
		t.branch = s.storageBranch
	}
	if t.branch != s.storageBranch && s.event.Name == "push" && t.own(ctx, f, s.getenv("GITHUB_SHA")) {
		return t, "the pushed commit changes nothing but the baseline: nothing new was measured, and nothing is written", nil
	}
	return t, "", t.prepare(ctx, f)
}

// own tells whether a commit changes the baseline and nothing else, as our own do:
// to measure it and commit again would never end. Where that cannot be found out
// the title of our commits, which says [skip ci], keeps it from happening.
func (t target) own(ctx context.Context, f *forge.Client, sha string) bool {
	_, paths, err := f.Changed(ctx, sha)
	return err == nil && len(paths) > 0 && !slices.ContainsFunc(paths, func(p string) bool {
		return p != t.path && !(strings.HasSuffix(t.path, "/") && strings.HasPrefix(p, t.path))
	})
}

// prepare makes the branch where there is none.
func (t target) prepare(ctx context.Context, f *forge.Client) error {
	if t.branch == t.from {
		return nil
	}
	_, err := f.Tip(ctx, t.branch)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	sha, err := f.Tip(ctx, t.from)
	if err != nil {
		return fmt.Errorf("starting the branch %s: %w", t.branch, err)
	}
	return f.CreateBranch(ctx, t.branch, sha)
}
