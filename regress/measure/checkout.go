package measure

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Checkout is the state of a commit in a folder of its own.
type Checkout struct {
	Commit string // its full hash
	Root   string // the folder
	Head   string // the top folder of the user's own working tree
	Prefix string // where in it the user stands, "" at the top

	temp *scratch
}

// NewCheckout writes the files of the commit that ref names in the git repository
// of the folder dir. It reads the repository by an index of its own and leaves it
// as it is, byte for byte, so that nothing has to be mended there after a crash.
// "main..." is the commit at which HEAD forked off main, as in git diff.
//
// The caller must Close it.
func NewCheckout(ctx context.Context, dir, ref string) (*Checkout, error) {
	git := func(args ...string) (string, error) { return runGit(ctx, dir, nil, args...) }
	top, err := git("rev-parse", "--show-toplevel")
	if err != nil {
		return nil, fmt.Errorf("looking for the git repository: %w", err)
	}
	prefix, err := git("rev-parse", "--show-prefix")
	if err != nil {
		return nil, fmt.Errorf("looking for the git repository: %w", err)
	}
	name, fork := strings.CutSuffix(ref, "...")
	commit, err := git("rev-parse", "--verify", "--quiet", "--end-of-options", name+"^{commit}")
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fmt.Errorf("no commit is called %q here (a shallow clone holds few: fetch it, or clone with fetch-depth: 0)", name)
	}
	if fork {
		if commit, err = git("merge-base", "HEAD", commit); err != nil {
			return nil, fmt.Errorf("looking for where HEAD forked off %s: %w", name, err)
		}
	}
	temp, err := newScratch()
	if err != nil {
		return nil, err
	}
	c := &Checkout{Commit: commit, Root: filepath.Join(temp.folder, "base"), Head: top, Prefix: prefix, temp: temp}
	if err := c.write(ctx); err != nil {
		c.Close()
		return nil, fmt.Errorf("checking out %s: %w", ref, err)
	}
	return c, nil
}

// write fills Root by way of an index that is not the user's.
func (c *Checkout) write(ctx context.Context) error {
	env := []string{"GIT_INDEX_FILE=" + filepath.Join(c.temp.folder, "index")}
	if err := os.Mkdir(c.Root, 0o700); err != nil {
		return err
	}
	if _, err := runGit(ctx, c.Head, env, "read-tree", c.Commit); err != nil {
		return err
	}
	_, err := runGit(ctx, c.Head, env, "checkout-index", "--all", "--quiet", "--prefix="+c.Root+"/")
	return err
}

// Dir is the folder in the checkout where the user stands in their own tree. It
// may not exist there.
func (c *Checkout) Dir() string { return filepath.Join(c.Root, filepath.FromSlash(c.Prefix)) }

// Temp is a folder for programs and the like, removed with the checkout.
func (c *Checkout) Temp() string { return c.temp.folder }

// HeadCommit is the commit that the working tree of dir stands on, "-dirty" behind
// it where files differ from it; "" where there is no git repository.
func HeadCommit(ctx context.Context, dir string) string {
	commit, err := runGit(ctx, dir, nil, "rev-parse", "--verify", "--quiet", "HEAD")
	if err != nil {
		return ""
	}
	if changes, err := runGit(ctx, dir, nil, "status", "--porcelain"); err != nil || changes != "" {
		commit += "-dirty"
	}
	return commit
}

// Close removes the folder.
func (c *Checkout) Close() error { return c.temp.close() }

// runGit returns the output without its line end. Git must take no lock that it
// could leave behind, and ask nothing.
func runGit(ctx context.Context, dir string, env []string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.Dir = dir
	cmd.Env = append(append(os.Environ(), "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0"), env...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	if errors.Is(err, exec.ErrNotFound) {
		return "", fmt.Errorf("git is not installed: %w", err)
	}
	if err != nil {
		return "", fmt.Errorf("git %s: %w: %s", args[0], err, strings.TrimSpace(stderr.String()))
	}
	return strings.TrimRight(stdout.String(), "\r\n"), nil
}
