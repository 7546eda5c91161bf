package scaffold

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// rootOf is the top of the repository that a folder is in; the folder itself where
// it is in none.
func rootOf(folder string) (root string, repository bool, err error) {
	start, err := filepath.Abs(folder)
	if err != nil {
		return "", false, err
	}
	if _, err := os.ReadDir(start); err != nil {
		return "", false, err
	}
	for dir := start; ; dir = filepath.Dir(dir) {
		if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil {
			return dir, true, nil
		}
		if dir == filepath.Dir(dir) {
			return start, false, nil
		}
	}
}

// branchName is a branch that means itself in a workflow's filter.
var branchName = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_./-]*$`)

// defaultBranch is the branch that pull requests go into: that of the remote as far
// as git knows it, else the one of the usual names that is there, else main.
func defaultBranch(ctx context.Context, root string) string {
	git := func(args ...string) string {
		ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
		defer cancel()
		cmd := exec.CommandContext(ctx, "git", args...)
		cmd.Dir = root
		out, err := cmd.Output()
		if err != nil {
			return ""
		}
		return strings.TrimSpace(string(out))
	}
	if name, ok := strings.CutPrefix(git("symbolic-ref", "--quiet", "refs/remotes/origin/HEAD"), "refs/remotes/origin/"); ok {
		return name
	}
	for _, name := range [...]string{"main", "master", "trunk"} {
		for _, ref := range [...]string{"refs/remotes/origin/", "refs/heads/"} {
			if git("rev-parse", "--quiet", "--verify", ref+name) != "" {
				return name
			}
		}
	}
	if name, ok := strings.CutPrefix(git("symbolic-ref", "--quiet", "HEAD"), "refs/heads/"); ok && git("rev-parse", "--quiet", "--verify", "HEAD") == "" {
		return name // a new repository has one branch, without a commit
	}
	return "main"
}
