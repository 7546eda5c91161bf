//go:build unix

package main

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// However a run ends, the user's repository is byte for byte what it was, and what
// a killed one left in the temporary folder is gone with the next.
func TestRunLeavesTheRepositoryAlone(t *testing.T) {
	for _, tool := range []string{"git", "go"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not installed", tool)
		}
	}
	program := filepath.Join(t.TempDir(), "regress-gate")
	sh(t, ".", "go build -o "+program+" .")
	repo, temp := t.TempDir(), t.TempDir()
	sh(t, repo, `git init -q && printf 'module example.com/m\n\ngo 1.24\n' > go.mod &&
		printf 'package m\n\nimport "testing"\n\nfunc BenchmarkA(b *testing.B) { for b.Loop() {} }\n' > a_test.go &&
		git add -A && git -c user.name=n -c user.email=e@example.com commit -q -m one &&
		echo '// changed' >> a_test.go && git add a_test.go && echo '// again' >> a_test.go && echo new > untracked.txt`)
	before := contents(t, repo)
	start := func(args ...string) *exec.Cmd {
		cmd := exec.Command(program, append([]string{"run", "--base", "HEAD", "--quiet"}, args...)...)
		cmd.Dir, cmd.Env = repo, append(os.Environ(), "TMPDIR="+temp)
		require.NoError(t, cmd.Start())
		return cmd
	}
	for _, c := range []struct {
		how    string
		args   []string
		signal syscall.Signal
		status int
		left   bool // something in the temporary folder
	}{
		{"success", []string{"--count", "1", "--benchtime", "1x", "--fail-on", "never"}, 0, 0, false},
		{"failure", []string{"--", "false"}, 0, 3, false},
		{"a benchmark that does not compile", []string{"--bench", "(", "--count", "1"}, 0, 3, false},
		{"Ctrl-C", []string{"--", "sleep", "60"}, syscall.SIGINT, 3, false},
		{"Ctrl-C while it compiles", []string{"--count", "1"}, syscall.SIGINT, 3, false},
		{"terminated", []string{"--", "sleep", "60"}, syscall.SIGTERM, 3, false},
		{"killed", []string{"--", "sleep", "5"}, syscall.SIGKILL, -1, true},
		{"and the next", []string{"--count", "1", "--benchtime", "1x", "--fail-on", "never"}, 0, 0, false},
	} {
		cmd := start(c.args...)
		if c.signal != 0 {
			waitFor(t, func() bool { return len(entries(t, temp)) > 0 })
			time.Sleep(300 * time.Millisecond) // in the midst of the measurement
			require.NoError(t, cmd.Process.Signal(c.signal))
		}
		_ = cmd.Wait()
		require.Equal(t, c.status, cmd.ProcessState.ExitCode(), c.how)
		require.Empty(t, cmp.Diff(before, contents(t, repo)), c.how)
		require.Equal(t, c.left, len(entries(t, temp)) > 0, c.how)
	}
}

func sh(t *testing.T, dir, script string) {
	t.Helper()
	cmd := exec.Command("sh", "-c", script)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
}

func waitFor(t *testing.T, there func() bool) {
	t.Helper()
	for range 1000 {
		if there() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("it never came to that")
}

// entries are what the program, and the toolchain for it, left in the temporary folder.
func entries(t *testing.T, dir string) []string {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(dir, "*"))
	require.NoError(t, err)
	return list
}

func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	require.NoError(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		require.NoError(t, err)
		info, err := d.Info()
		require.NoError(t, err)
		files[path] = info.Mode().String()
		if d.Type().IsRegular() {
			data, err := os.ReadFile(path)
			require.NoError(t, err)
			files[path] += fmt.Sprintf(" %x", sha256.Sum256(data))
		}
		return nil
	}))
	return files
}
