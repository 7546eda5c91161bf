package measure

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// repository makes a git repository with two commits, and changes on top.
func repository(t *testing.T) string {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	dir := t.TempDir()
	git(t, dir, "init", "-q", "-b", "main")
	write(t, dir, "a.txt", "one\n")
	write(t, dir, "sub/b.txt", "one\n")
	write(t, dir, ".gitattributes", "a.txt export-ignore\n")
	require.NoError(t, os.Symlink("a.txt", filepath.Join(dir, "link")))
	git(t, dir, "add", "-A")
	git(t, dir, "commit", "-q", "-m", "one")
	git(t, dir, "checkout", "-q", "-b", "topic")
	write(t, dir, "a.txt", "two\n")
	git(t, dir, "commit", "-q", "-a", "-m", "two")
	git(t, dir, "checkout", "-q", "main")
	write(t, dir, "sub/b.txt", "main moved on\n")
	git(t, dir, "commit", "-q", "-a", "-m", "three")
	git(t, dir, "checkout", "-q", "topic")
	write(t, dir, "a.txt", "staged\n")
	git(t, dir, "add", "a.txt")
	write(t, dir, "a.txt", "not staged\n")
	write(t, dir, "new.txt", "untracked\n")
	return dir
}

func git(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "user.name=n", "-c", "user.email=e@example.com"}, args...)...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "git %v: %s", args, out)
	return string(out)
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, name)
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
}

// state is every file of a folder, .git included, with its mode and content.
func state(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	require.NoError(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		require.NoError(t, err)
		info, err := d.Info()
		require.NoError(t, err)
		text := ""
		if d.Type().IsRegular() {
			data, err := os.ReadFile(path)
			require.NoError(t, err)
			text = fmt.Sprintf("%x %s", sha256.Sum256(data), info.ModTime())
		}
		files[path] = info.Mode().String() + " " + text
		return nil
	}))
	return files
}

func TestCheckout(t *testing.T) {
	dir := repository(t)
	before := state(t, dir)
	c, err := NewCheckout(context.Background(), filepath.Join(dir, "sub"), "main")
	require.NoError(t, err)
	text, err := os.ReadFile(filepath.Join(c.Dir(), "b.txt"))
	require.NoError(t, err)
	require.Equal(t, "main moved on\n", string(text), "the folder where the user stands, as it is in the commit")
	text, err = os.ReadFile(filepath.Join(c.Root, "a.txt"))
	require.NoError(t, err, "every file, one that an archive would leave out too")
	require.Equal(t, "one\n", string(text))
	target, err := os.Readlink(filepath.Join(c.Root, "link"))
	require.NoError(t, err)
	require.Equal(t, "a.txt", target)
	require.NoFileExists(t, filepath.Join(c.Root, "new.txt"))
	require.NoError(t, c.Close())
	require.NoDirExists(t, c.Root)

	c, err = NewCheckout(context.Background(), dir, "main...")
	require.NoError(t, err)
	text, err = os.ReadFile(filepath.Join(c.Root, "sub", "b.txt"))
	require.NoError(t, err)
	require.Equal(t, "one\n", string(text), "where topic forked off")
	require.Equal(t, git(t, dir, "rev-parse", "main~1"), c.Commit+"\n")
	require.NoError(t, c.Close())

	require.Equal(t, git(t, dir, "rev-parse", "HEAD"), HeadCommit(context.Background(), dir)[:40]+"\n")
	require.Contains(t, HeadCommit(context.Background(), dir), "-dirty")
	require.Empty(t, cmp.Diff(before, state(t, dir)), "the user's repository is byte for byte what it was")
}

func TestCheckoutRefuses(t *testing.T) {
	dir := repository(t)
	before := state(t, dir)
	for ref, message := range map[string]string{
		"nowhere":         `no commit is called "nowhere" here (a shallow clone`,
		"--output=/tmp/x": `no commit is called "--output=/tmp/x"`,
		"main:a.txt":      `no commit is called "main:a.txt"`,
		"nowhere...":      `no commit is called "nowhere"`,
	} {
		_, err := NewCheckout(context.Background(), dir, ref)
		require.ErrorContains(t, err, message)
	}
	_, err := NewCheckout(context.Background(), t.TempDir(), "main")
	require.ErrorContains(t, err, "looking for the git repository")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = NewCheckout(ctx, dir, "main")
	require.ErrorIs(t, err, context.Canceled)
	require.Empty(t, cmp.Diff(before, state(t, dir)))
}
