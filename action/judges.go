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

	"github.com/org/regress-gate/regress"
)

// edits compares the judge with what the checkout would have made of it. Only
// files that the change touches count, since a checkout may also be older than the
// base. A file of the checkout that cannot be read is an edit too: merged, it would
// leave nobody to judge.
func (s *settings) edits(ctx context.Context, j *judge) ([]regress.Edit, error) {
	if j.ref == "" || !s.event.changes() {
		return nil, nil
	}
	var touched []string
	whole := false
	if f, err := s.forge(); err == nil && s.event.head() != "" {
		if touched, whole, err = f.Between(ctx, j.sha, s.event.head()); err != nil {
			whole = false // then all differences are shown
		}
	}
	mine := func(path string) bool {
		return !whole || slices.ContainsFunc(touched, func(t string) bool { return t == path || filepath.Dir(t) == path })
	}
	var list []regress.Edit
	policy := defaultPolicy
	if s.policyName != "" {
		policy = filepath.ToSlash(s.workspace.name(s.judgement.Policy))
	}
	if mine(policy) {
		edits, err := policyEdits(j.policy, s.workspace.path(policy))
		if err != nil {
			return nil, err
		}
		list = append(list, edits...)
	}
	baseline := filepath.ToSlash(s.workspace.name(s.baseline))
	if s.mode == modeCheck && s.storageBranch == "" && mine(baseline) {
		list = append(list, baselineEdits(j.baseline, s.baseline)...)
	}
	return list, nil
}

// policyEdits compares two policy files; one that is not there is the default.
func policyEdits(before, after string) ([]regress.Edit, error) {
	var old, next regress.Policy
	var err error
	if before != "" {
		if old, err = regress.LoadPolicy(before); err != nil {
			return nil, err
		}
	}
	next, err = regress.LoadPolicy(after)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		next = regress.Policy{}
	case err != nil:
		return []regress.Edit{unreadable("policy", err)}, nil
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
		files, _ := filepath.Glob(filepath.Join(before, "*.json"))
		for _, file := range files {
			pairs[file] = filepath.Join(after, filepath.Base(file))
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
