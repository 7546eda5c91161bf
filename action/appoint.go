package action

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/org/regress-gate/action/forge"
	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/gate"
)

// headRef is the baseline-ref that takes the judge from the checkout.
const headRef = "head"

// judge is where baseline and policy are read. A change that is not merged is
// judged by those of the branch that it goes into, read through the API into a
// folder of their own: whatever the checkout holds, it cannot rewrite its judge.
type judge struct {
	baseline, policy string // paths to open; policy "" is the built-in one
	ref, sha         string // where the policy is from; "" is the checkout
	folder           string // temporary, "" where nothing was fetched
}

// close removes what was fetched.
func (j *judge) close() {
	if j.folder != "" {
		_ = os.RemoveAll(j.folder)
	}
}

// appoint finds the judge. What the base has and cannot be read is an error, never
// a reason to take the checkout's.
func (s *settings) appoint(ctx context.Context) (*judge, error) {
	j := &judge{baseline: s.baseline, policy: s.judgement.Policy}
	ref := s.baselineRef
	if ref == "" {
		ref = s.event.base()
	}
	if ref == "" && s.event.changes() {
		return nil, fmt.Errorf("the event %s does not say which branch the change goes into (GITHUB_EVENT_PATH): name it with baseline-ref", s.event.Name)
	}
	if ref == headRef {
		ref = ""
	}
	store := s.storageBranch
	if store == "" {
		store = ref
	}
	if ref == "" && (store == "" || s.mode == modeReport) {
		return j, nil
	}
	f, err := s.forge()
	if err != nil {
		return nil, fmt.Errorf("reading the judge at %s: %w", store, err)
	}
	if j.folder, err = tempFolder(s.getenv("RUNNER_TEMP")); err != nil {
		return nil, err
	}
	if err := s.fetchJudge(ctx, f, j, ref, store); err != nil {
		j.close()
		return nil, err
	}
	return j, nil
}

// loadPolicy reads the judge's policy.
func (j *judge) loadPolicy() (regress.Policy, error) {
	if j.policy == "" {
		return regress.Policy{}, nil
	}
	return regress.LoadPolicy(j.policy)
}

// fetchJudge fetches the policy at ref and the baseline at store; either may be ""
// for the checkout's.
func (s *settings) fetchJudge(ctx context.Context, f *forge.Client, j *judge, ref, store string) (err error) {
	if ref != "" {
		if j.ref, j.sha, err = ref, "", nil; s.policyName == "" {
			j.policy, j.sha, err = fetch(ctx, f, j.folder, ref, defaultPolicy)
			if errors.Is(err, fs.ErrNotExist) && j.sha != "" { // the branch is there, and has none
				j.policy, err = "", nil
			}
		} else {
			j.policy, j.sha, err = s.fetchNamed(ctx, f, j.folder, ref, s.policyName)
		}
		if err != nil {
			return fmt.Errorf("the policy that judges is that of %s: %w", ref, err)
		}
	}
	if store != "" && s.mode == modeCheck {
		if j.baseline, _, err = s.fetchNamed(ctx, f, j.folder, store, s.baselineName); err == nil {
			err = holdsBaseline(j.baseline, s.baselineName)
		}
		if errors.Is(err, fs.ErrNotExist) {
			err = fmt.Errorf("%w\nthe baseline has to be there first: make one with mode: update on that branch; in the pull request that brings it, set baseline-ref: head", err)
		}
		if err != nil {
			return fmt.Errorf("the baseline that judges is that of %s: %w", store, err)
		}
	}
	return nil
}

// holdsBaseline tells of a folder without a baseline, such as one with a policy
// alone, that it holds none.
func holdsBaseline(path, name string) error {
	entries, err := os.ReadDir(path)
	if err != nil || slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return strings.HasSuffix(e.Name(), ".json") }) {
		return nil // a file, or one of a folder: whatever is wrong with it, loading will say
	}
	return fmt.Errorf("the folder %s holds none (*.json): %w", name, fs.ErrNotExist)
}

// fetchNamed fetches what an input names.
func (s *settings) fetchNamed(ctx context.Context, f *forge.Client, folder, ref, name string) (path, sha string, err error) {
	inside := s.inRepository(name)
	if !filepath.IsLocal(inside) {
		return "", "", gate.Usagef("%s lies outside of the workspace, and so in no branch: name it relative to the repository, or set baseline-ref: head", name)
	}
	if strings.HasSuffix(name, "/") {
		inside += "/"
	}
	return fetch(ctx, f, folder, ref, inside)
}

// inRepository is the path in the repository of a file that the user named.
func (s *settings) inRepository(name string) string {
	return filepath.ToSlash(s.workspace.name(s.workspace.path(name)))
}

// fetch lays out a file, or the files of a folder, as they are at the tip of a
// branch, and returns where. The commit is returned where the branch is there.
func fetch(ctx context.Context, f *forge.Client, folder, ref, name string) (path, sha string, err error) {
	if sha, err = f.Tip(ctx, ref); err != nil {
		return "", "", err
	}
	root := filepath.Join(folder, strings.ReplaceAll(ref, "/", "-")+"@"+sha[:min(len(sha), 7)])
	file, list, err := f.File(ctx, strings.TrimSuffix(name, "/"), sha)
	if err != nil {
		return "", sha, err
	}
	path = filepath.Join(root, filepath.FromSlash(name))
	if file != nil {
		return path, sha, write(path, file.Content)
	}
	if err := os.MkdirAll(path, 0o755); err != nil {
		return "", sha, err
	}
	for _, one := range list {
		if filepath.Ext(one) != ".json" {
			continue
		}
		if file, _, err = f.File(ctx, one, sha); err != nil {
			return "", sha, err
		}
		if err := write(filepath.Join(path, filepath.Base(one)), file.Content); err != nil {
			return "", sha, err
		}
	}
	return path, sha, nil
}

func write(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, content, 0o644)
}

// tempFolder makes a temporary folder where the runner wants it, or where the
// system does: an image of nothing but a program has no /tmp yet.
func tempFolder(runner string) (string, error) {
	for _, parent := range []string{runner, os.TempDir()} {
		if info, err := os.Stat(parent); err == nil && info.IsDir() {
			if folder, err := os.MkdirTemp(parent, "regress-gate-"); err == nil {
				return folder, nil
			}
		}
	}
	if err := os.MkdirAll(os.TempDir(), 0o700); err != nil {
		return "", fmt.Errorf("making a temporary folder: %w", err)
	}
	folder, err := os.MkdirTemp("", "regress-gate-")
	if err != nil {
		return "", fmt.Errorf("making a temporary folder: %w", err)
	}
	return folder, nil
}
