package action

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/org/regress-gate/regress"
)

// edits compares the judge with what the change would make of it, read at its own
// head: a job that judges need not have checked out anything. Only files that the
// change touches count, since it may have begun before the base's latest. A file of
// it that cannot be read as what it is is an edit too: merged, it would leave nobody
// to judge.
func (s *settings) edits(ctx context.Context, j *judge) (list []regress.Edit, err error) {
	head := s.event.head()
	if j.ref == "" || !s.event.changes() || head == "" || s.mode == modeReport {
		return nil, nil
	}
	f, err := s.forge()
	if err != nil {
		return nil, err
	}
	touched, whole, err := f.Between(ctx, j.sha, head)
	if err != nil {
		return nil, err
	}
	// after fetches the head's file; "" where it has none, false where it is not touched.
	after := func(path string) (string, bool, error) {
		if whole && !slices.ContainsFunc(touched, func(t string) bool { return t == path || filepath.Dir(t) == path }) {
			return "", false, nil
		}
		at, _, err := fetch(ctx, f, j.folder, head, path)
		if errors.Is(err, fs.ErrNotExist) {
			return "", true, nil
		}
		return at, true, err
	}
	policy := defaultPolicy
	if s.policyName != "" {
		policy = s.inRepository(s.policyName)
	}
	at, touches, err := after(policy)
	if err == nil && touches {
		list, err = policyEdits(j.policy, at)
	}
	if err != nil || s.mode != modeCheck || s.storageBranch != "" {
		return list, err
	}
	if at, touches, err = after(s.inRepository(s.baselineName)); err == nil && touches {
		list = append(list, baselineEdits(j.baseline, at)...)
	}
	return list, err
}

// foreignPolicy says how the policy that a report was judged by differs from that of
// the base. An earlier step made the report, with what it had been given.
func (j *judge) foreignPolicy(r *regress.Report) error {
	base, err := j.loadPolicy()
	if err != nil {
		return err
	}
	edits, err := regress.PolicyEdits(base, r.Policy)
	if err != nil || len(edits) == 0 {
		return err
	}
	var texts []string
	for _, e := range edits[:min(len(edits), 5)] {
		texts = append(texts, strings.TrimPrefix(e.String(), "policy: "))
	}
	if more := len(edits) - len(texts); more > 0 {
		texts = append(texts, fmt.Sprintf("and %d more", more))
	}
	return fmt.Errorf("it is not that of %s: %s", j.ref, strings.Join(texts, "; "))
}

// policyEdits compares two policy files; "" is the default policy.
func policyEdits(before, after string) ([]regress.Edit, error) {
	var old, next regress.Policy
	var err error
	if before != "" {
		if old, err = regress.LoadPolicy(before); err != nil {
			return nil, err
		}
	}
	if after != "" {
		if next, err = regress.LoadPolicy(after); err != nil {
			return []regress.Edit{unreadable("policy", err)}, nil
		}
	}
	return regress.PolicyEdits(old, next)
}

func unreadable(what string, err error) regress.Edit {
	return regress.Edit{Judge: what, What: "the file of this change cannot be read", Before: "readable", After: cut(inert(err.Error()), 300)}
}

// baselineEdits compares two baseline files, or the files of two folders.
func baselineEdits(before, after string) (list []regress.Edit) {
	pairs := map[string]string{before: after}
	if info, err := os.Stat(before); err == nil && info.IsDir() {
		pairs = map[string]string{}
		files, err := os.ReadDir(before)
		if err != nil {
			list = append(list, unreadable("baseline", err))
		}
		for _, file := range files {
			if name := file.Name(); strings.HasSuffix(name, ".json") {
				pairs[filepath.Join(before, name)] = filepath.Join(after, name)
			}
		}
	}
	for _, old := range slices.Sorted(maps.Keys(pairs)) {
		a, err := regress.LoadBaseline(old)
		if err != nil {
			continue // that is told by who judges by it
		}
		b, err := regress.LoadBaseline(pairs[old])
		switch {
		case errors.Is(err, fs.ErrNotExist):
			list = append(list, regress.Edit{Judge: "baseline", What: "the file " + filepath.Base(old), Before: fmt.Sprintf("%d metrics", len(a.Entries))})
		case err != nil:
			list = append(list, unreadable("baseline", err))
		default:
			list = append(list, regress.BaselineEdits(a, b)...)
		}
	}
	return list
}
