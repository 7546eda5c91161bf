package action

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/org/regress-gate/action/forge"
	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/gate"
	"github.com/sethvargo/go-githubactions"
)

// commitTitle begins the message of every update.
const commitTitle = "Update the performance baseline"

// update folds a run of the default branch into the stored baseline. It ends well
// whatever the verdict: what was merged is merged, and a loss is not taken in.
func (s *settings) update(ctx context.Context, gh *githubactions.Action, log *console) (gate.ExitStatus, string, error) {
	f, err := s.forge()
	if err != nil {
		return 0, "", err
	}
	t, skip, err := s.target(ctx, f)
	if err != nil {
		return 0, "", err
	}
	if skip != "" {
		return gate.Open, skip, nil
	}
	s.run.Commit = s.getenv("GITHUB_SHA")
	log.print(fmt.Sprintf("version %s, mode %s, %s on %s", regress.Version, s.mode, t.path, t.branch))
	if s.via == viaPullRequest {
		if err := s.refresh(ctx, f, t); err != nil {
			return 0, "", err
		}
	}
	accepted, err := s.acceptedBefore(ctx, f, t)
	if err != nil {
		log.warn(gh, fmt.Errorf("whether a label accepts what regressed could not be found out: nothing is accepted\n%w", err))
	}
	done, err := s.fold(ctx, f, t, accepted, s.message())
	if errors.Is(err, forge.ErrProtected) {
		err = fmt.Errorf("%w\nset update-via: pull-request, or storage-branch: regress-gate-baselines, or let this workflow push past the rule", err)
	}
	if err != nil {
		return 0, "", err
	}
	what := fmt.Sprintf("%s on %s holds this run already: nothing was committed", done.path, t.branch)
	switch {
	case done.Older != nil:
		what = fmt.Sprintf("nothing was committed: %v", done.Older)
	case done.commit != "":
		what = fmt.Sprintf("%s on %s was updated by commit %.7s", done.path, t.branch, done.commit)
	}
	if s.via == viaPullRequest && done.Older == nil {
		p, err := s.propose(ctx, f, t, done)
		if err != nil {
			return 0, "", err
		}
		if p != "" {
			what += ", pull request " + p
		}
	}
	if err := s.publish(ctx, gh, log, done.Report, what); err != nil {
		return 0, "", err
	}
	return gate.Open, what, nil
}

// acceptedBefore returns who had accepted the regressions of the pull request that
// was merged with this push, nil where nobody had. Else every one that follows would
// be judged by what is not so any more.
func (s *settings) acceptedBefore(ctx context.Context, f *forge.Client, t target) (*regress.Acceptance, error) {
	if s.event.Name != "push" || s.judgement.Policy == "" {
		return nil, nil
	}
	policy, err := regress.LoadPolicy(s.judgement.Policy)
	if err != nil || policy.AcceptLabel == "" {
		return nil, nil // what is wrong with it will be said where it judges
	}
	pulls, err := f.PullsOf(ctx, s.run.Commit)
	if err != nil {
		return nil, err
	}
	for _, p := range pulls {
		if !p.Merged || p.Base != t.from {
			continue
		}
		set, err := f.Labelled(ctx, p.Number, policy.AcceptLabel)
		if err != nil {
			return nil, err
		}
		if set == nil {
			continue
		}
		if may, err := f.MayWrite(ctx, set.Actor); err != nil || may {
			return &regress.Acceptance{By: set.Actor, Reason: fmt.Sprintf("label %s on pull request %d", policy.AcceptLabel, p.Number)}, err
		}
	}
	return nil, nil
}

// message is that of the commit. Its title keeps workflows from running for it; on
// a pull request they have to, since it may need them to be merged.
func (s *settings) message() string {
	title := commitTitle
	if s.via == viaCommit {
		title += " [skip ci]"
	}
	return fmt.Sprintf("%s\n\nThe run of %s, folded in by regress-gate %s.\n%s\n", title, s.run.Commit, regress.Version, s.runURL())
}

// refresh lets the branch of the pull request start anew from the default branch,
// unless it holds updates that are not merged yet.
func (s *settings) refresh(ctx context.Context, f *forge.Client, t target) error {
	pending, err := s.storedTime(ctx, f, t.path, t.branch)
	if err != nil {
		return err
	}
	merged, err := s.storedTime(ctx, f, t.path, t.from)
	if err != nil || pending > merged {
		return err
	}
	sha, err := f.Tip(ctx, t.from)
	if err != nil {
		return err
	}
	return f.ResetBranch(ctx, t.branch, sha)
}

// storedTime is when the newest baseline on a branch was written, as seconds; 0
// where there is none.
func (s *settings) storedTime(ctx context.Context, f *forge.Client, path, branch string) (newest int64, err error) {
	folder, err := tempFolder(s.getenv("RUNNER_TEMP"))
	if err != nil {
		return 0, err
	}
	j := &judge{folder: folder}
	defer j.close()
	shas, err := layOut(ctx, f, target{branch: branch, path: path}, folder)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	for file := range shas {
		b, err := regress.LoadBaseline(folder + "/" + file)
		if err != nil {
			return 0, fmt.Errorf("the baseline that is stored on %s: %w", branch, err)
		}
		newest = max(newest, b.Time.Unix())
	}
	return newest, nil
}

// propose opens the pull request, and returns its address; "" where the branch is
// no different from the one that it would go to.
func (s *settings) propose(ctx context.Context, f *forge.Client, t target, done *folded) (string, error) {
	changed, _, err := f.Between(ctx, t.from, t.branch)
	if err == nil && len(changed) == 0 {
		return "", nil
	}
	body := fmt.Sprintf("What was measured on `%s`, folded into `%s`. Merging it makes these values the measure of pull requests to come. "+
		"Until then further updates are added to this pull request.\n", t.from, t.path)
	p, err := f.OpenPull(ctx, t.branch, t.from, commitTitle, body)
	return p.URL, err
}
