package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const (
	steadyRun = "BenchmarkEncode-8 100 1200 ns/op 2 allocs/op\n"
	worseRun  = "BenchmarkEncode-8 100 1200 ns/op 9 allocs/op\n"
)

// shell runs a script in a folder. Its descriptor 3 is a pipe that nobody reads.
func shell(t *testing.T, folder, script string) (status int, stdout, stderr string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	r, unread, err := os.Pipe()
	require.NoError(t, errors.Join(err, r.Close()))
	defer unread.Close()
	var out, complaint strings.Builder
	cmd := exec.CommandContext(ctx, "sh", "-c", script)
	cmd.Dir, cmd.Stdout, cmd.Stderr = folder, &out, &complaint
	cmd.ExtraFiles = []*os.File{unread}
	err = cmd.Run()
	require.NoError(t, ctx.Err(), "%s hangs", script)
	var exit *exec.ExitError
	require.True(t, err == nil || errors.As(err, &exit), "%v", err)
	return cmd.ProcessState.ExitCode(), out.String(), complaint.String()
}

// outputFolder has what the commands read.
func outputFolder(t *testing.T) string {
	folder := t.TempDir()
	for name, text := range map[string]string{"steady.txt": steadyRun, "worse.txt": worseRun} {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644))
	}
	status, _, stderr := shell(t, folder, "regress-gate update --baseline b.json steady.txt && regress-gate compare --output json=report.json steady.txt steady.txt")
	require.Zero(t, status, stderr)
	return folder
}

// The commands, and the status that each has without a fault.
var speakers = []struct {
	command string
	status  int
}{
	{"check --baseline b.json steady.txt", 0},
	{"check --baseline b.json worse.txt", 1},
	{"compare --format json steady.txt steady.txt", 0},
	{"compare --fail-on never steady.txt worse.txt", 0},
	{"convert steady.txt", 0},
	{"render --format html report.json", 0},
	{"explain report.json '*'", 0},
	{"history --baseline b.json", 0},
	{"formats", 0},
	{"dashboard", 0},
	{"version", 0},
	{"completion bash", 0},
	{"--help", 0},
	{"check --help", 0},
	{"", 0},
}

// TestFaultsOfOutput has standard output fail in each way: a full disk is status 3
// even where the gate is open, a reader that goes away ends the program as it ends
// any other, and what was closed is not missed.
func TestFaultsOfOutput(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("this system has no /dev/full")
	}
	folder, count := outputFolder(t), tally{}
	for _, s := range speakers {
		for _, f := range []struct {
			fault, redirect string
			status          int
			says            string
		}{
			{"stdout on a full disk", ">/dev/full", 3, "no space left on device"},
			{"stdout on a full disk, stderr too", ">/dev/full 2>/dev/full", 3, ""},
			{"stderr on a full disk", "2>/dev/full", s.status, ""},
			{"stdout closed", ">&-", s.status, ""},
			{"stdin, stdout and stderr closed", "<&- >&- 2>&-", s.status, ""},
			{"stdout a pipe that nobody reads", ">&3", 128 + 13, ""},
		} {
			script := "regress-gate " + s.command + " " + f.redirect
			outcome := "status " + strconv.Itoa(f.status)
			status, _, stderr := shell(t, folder, script)
			if status != f.status || !strings.Contains(stderr, f.says) {
				t.Errorf("%s: status %d, not %d: %s", script, status, f.status, stderr)
				outcome = lost
			}
			count.add(f.fault, outcome, 1)
		}
	}
	t.Logf("%s", count)
	require.Zero(t, count.lost())
}

// A command that waits, for its input or for another update, ends when it is told to.
func TestStopped(t *testing.T) {
	folder := outputFolder(t)
	for _, command := range []string{
		"mkfifo p; timeout -k 5 0.3 regress-gate check --baseline b.json - <>p",
		"flock . timeout -k 5 0.3 regress-gate update --baseline b.json steady.txt",
	} {
		for _, tool := range []string{"timeout", "mkfifo", "flock"} {
			if _, err := exec.LookPath(tool); err != nil {
				t.Skip(err)
			}
		}
		status, _, stderr := shell(t, folder, command)
		require.Equal(t, 124, status, "that of timeout where SIGTERM was enough: %s %s", command, stderr)
	}
}
