package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// call is a system call in a log of strace.
type call struct {
	thread, name string
	path         string // what it is about: a file below the work folder, or stdout or stderr; "" is something else
	line         string
}

// traced is one run of the program under strace.
type traced struct {
	status   int // -1 where a signal ended it
	stderr   string
	calls    []call
	injected []call // the calls that failed by our doing
}

// needStrace skips where the machine has no strace, or lets nobody trace.
func needStrace(t *testing.T) {
	if _, err := exec.LookPath("strace"); err != nil {
		t.Skip("strace is not installed: no system call can be made to fail")
	}
	if out, err := exec.Command("strace", "-f", "--seccomp-bpf", "-e", "inject=fsync:error=EIO", "-o", os.DevNull, "true").CombinedOutput(); err != nil {
		t.Skipf("strace may not trace here: %v %s", err, out)
	}
}

var (
	callLine   = regexp.MustCompile(`^(\d+) +(\w+)\(`)
	unfinished = regexp.MustCompile(`^(\d+) +<\.\.\. (\w+) resumed>`)
	// Relative paths are of no interest: all that are ours are absolute.
	workingFolder = regexp.MustCompile(`AT_FDCWD<[^>]*>`)
	temporary     = regexp.MustCompile(`(/\.[^/]*\.)[0-9A-Z]+\.tmp$`)
)

// quickly has strace stop only at the calls that are asked for; a signal is then lost.
const quickly = "--seccomp-bpf"

// strace runs regress-gate under strace with these options, and reads its log.
// GOMAXPROCS=1 keeps nearly all calls in few threads: strace counts for each.
func strace(t *testing.T, folder string, options, args []string) traced {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	log := filepath.Join(t.TempDir(), "log")
	program, err := exec.LookPath("regress-gate")
	require.NoError(t, err)
	options = append([]string{"-f", "-qq", "-y", "-s", "200", "-o", log}, options...)
	var stderr strings.Builder
	cmd := exec.CommandContext(ctx, "strace", append(append(options, program), args...)...)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1")
	cmd.Stderr = &stderr
	err = cmd.Run()
	require.NoError(t, ctx.Err(), "%v hangs under %v", args, options)
	var exit *exec.ExitError
	require.True(t, err == nil || errors.As(err, &exit), "%v", err)
	text, err := os.ReadFile(log)
	require.NoError(t, err)
	return readTrace(folder, string(text), cmd.ProcessState.ExitCode(), stderr.String())
}

// readTrace reads a log of strace -f -y.
func readTrace(folder, log string, status int, stderr string) traced {
	done := traced{status: status, stderr: stderr}
	ours := regexp.MustCompile(regexp.QuoteMeta(folder) + `(/[^">]*)?`)
	begun := map[string]call{}
	for line := range strings.Lines(log) {
		var c call
		if m := callLine.FindStringSubmatch(line); m != nil {
			c = call{thread: m[1], name: m[2], line: strings.TrimSpace(line)}
			if path := ours.FindString(workingFolder.ReplaceAllString(line, "")); path != "" {
				c.path = temporary.ReplaceAllString("."+strings.TrimPrefix(path, folder), "$1*")
			}
			switch {
			case strings.Contains(line, " write(1<"):
				c.path = "stdout"
			case strings.Contains(line, " write(2<"):
				c.path = "stderr"
			}
			done.calls = append(done.calls, c)
			begun[c.thread] = c
		} else if m := unfinished.FindStringSubmatch(line); m != nil {
			c = begun[m[1]]
			c.line += strings.TrimSpace(line)
		}
		if strings.HasSuffix(strings.TrimSpace(line), "(INJECTED)") {
			done.injected = append(done.injected, c)
		}
	}
	return done
}

// most is how often the busiest thread made each call.
func (r traced) most() map[string]int {
	threads, most := map[[2]string]int{}, map[string]int{}
	for _, c := range r.calls {
		threads[[2]string{c.thread, c.name}]++
		most[c.name] = max(most[c.name], threads[[2]string{c.thread, c.name}])
	}
	return most
}

// site tells where a call is, however the threads are scheduled.
func (c call) site() string { return c.name + " " + c.path }
