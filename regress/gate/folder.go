package gate

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/org/regress-gate/regress"
)

// isFolder tells whether a baseline path is a folder of baselines, one for each
// machine: one that is there, or one that is meant, by its last character.
func isFolder(path string) bool {
	info, err := os.Stat(path)
	if err != nil {
		return strings.HasSuffix(path, "/")
	}
	return info.IsDir()
}

// stored is one baseline of a folder.
type stored struct {
	path string
	*regress.Baseline
}

// pick returns the baseline of the folder that was measured on the machine of env.
// Where there is none it returns the one that is most like it, and fits is false;
// an empty path where the folder holds none at all. A folder with a file that
// cannot be read as a baseline is an error: it may be the one.
func pick(folder string, env regress.Env) (one stored, fits bool, err error) {
	entries, err := os.ReadDir(folder) // no glob, which takes a folder that cannot be read for an empty one
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return stored{}, false, fmt.Errorf("listing baselines: %w", err)
	}
	var all, fitting []stored
	var errs []error
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".json") {
			continue
		}
		path := filepath.Join(folder, e.Name())
		b, err := regress.LoadBaseline(path)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		all = append(all, stored{path, b})
		if env.OtherMachine(b.Env) == "" {
			fitting = append(fitting, all[len(all)-1])
		}
	}
	if err := errors.Join(errs...); err != nil {
		return stored{}, false, err
	}
	slices.SortStableFunc(all, func(a, b stored) int {
		return cmp.Or(cmp.Compare(env.Likeness(b.Env), env.Likeness(a.Env)), b.Time.Compare(a.Time))
	})
	switch best := mostAlike(fitting, env); {
	case len(all) == 0:
		return stored{}, false, nil
	case len(best) == 1:
		return best[0], true, nil
	case len(best) > 1:
		return stored{}, false, fmt.Errorf("%s and %s may both be of the machine that was measured: name the file, or the machine with --env cpu=MODEL", best[0].path, best[1].path)
	}
	return all[0], false, nil
}

// mostAlike returns those that have most in common with env: more than one where
// env, or they, do not say enough.
func mostAlike(list []stored, env regress.Env) (best []stored) {
	for _, s := range list {
		switch n := env.Likeness(s.Env); {
		case len(best) == 0 || n > env.Likeness(best[0].Env):
			best = []stored{s}
		case n == env.Likeness(best[0].Env):
			best = append(best, s)
		}
	}
	return best
}

// baselineFor returns the baseline at path, which has to exist, for a run of env,
// and a remark where it is of another machine.
func baselineFor(path string, env regress.Env) (base *regress.Baseline, remarks []regress.Warning, err error) {
	defer func() {
		if errors.Is(err, fs.ErrNotExist) {
			err = fmt.Errorf("%w\nmake one with: regress-gate update --baseline %s RUN", err, path)
		}
	}()
	if !isFolder(path) {
		base, err = regress.LoadBaseline(path)
		return base, nil, err
	}
	one, fits, err := pick(path, env)
	switch {
	case err != nil:
		return nil, nil, err
	case one.Baseline == nil:
		return nil, nil, fmt.Errorf("opening baseline: the folder %s holds none (*.json): %w", path, fs.ErrNotExist)
	case !fits:
		return one.Baseline, []regress.Warning{{File: one.path, Message: fmt.Sprintf(
			"no baseline in the folder is of this machine (%s): judged by that of %s, which tells nothing of timings", env, one.Env)}}, nil
	}
	return one.Baseline, nil, nil
}

// fileFor returns the file that a run of env is folded into: in a folder that of
// its machine, which need not exist yet.
func fileFor(path string, env regress.Env) (string, error) {
	if !isFolder(path) {
		return path, nil
	}
	if err := os.MkdirAll(path, 0o755); err != nil {
		return "", fmt.Errorf("making the folder of the baselines: %w", err)
	}
	one, fits, err := pick(path, env)
	if err != nil || fits {
		return one.path, err
	}
	return filepath.Join(path, cmp.Or(env.Machine(), "baseline")+".json"), nil
}
