package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/org/regress-gate/regress/gate"
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

// TestFaultsOfReports writes reports to a disk that has less and less room, and to one
// that is read-only: the file holds the old report or the whole new one.
func TestFaultsOfReports(t *testing.T) {
	needMount(t)
	folder, count := outputFolder(t), tally{}
	require.NoError(t, os.Mkdir(filepath.Join(folder, "disk"), 0o755))
	for _, f := range gate.OutputFormats() {
		if !full && f.Name != "html" && f.Name != "json" {
			continue
		}
		for _, head := range []string{"steady.txt", "worse.txt"} {
			command := "regress-gate compare --output " + f.Name + "=disk/report steady.txt " + head
			s := reportDisk{folder, command, map[string]int{"steady.txt": 0, "worse.txt": 1}[head]}
			for pages := 0; ; pages++ {
				outcome := s.write(t, fmt.Sprintf("dd if=/dev/zero of=disk/filler bs=4096 2>dd; truncate -s -%d disk/filler", pages*4096))
				count.add("full after some pages", outcome, 1)
				if outcome == "new" {
					break
				}
			}
			count.add("read-only", s.write(t, "mount -o remount,ro disk"), 1)
		}
	}
	t.Logf("%s", count)
	require.Zero(t, count.lost())
	require.Positive(t, count["full after some pages"]["old"])
}

// reportDisk is a disk that a command writes a report to.
type reportDisk struct {
	folder, command string
	status          int
}

// write runs the command after the disk was prepared, and tells what is on it then.
func (s reportDisk) write(t *testing.T, prepare string) (outcome string) {
	t.Helper()
	status, stdout, stderr := shell(t, s.folder, fmt.Sprintf(`unshare -m sh -c '
		mount -t tmpfs -o size=1m none disk; echo old >disk/report; %s
		%s; s=$?; cp disk/report after; ls -A disk >list; exit $s'`, prepare, s.command))
	after, err := os.ReadFile(filepath.Join(s.folder, "after"))
	require.NoError(t, err)
	list, err := os.ReadFile(filepath.Join(s.folder, "list"))
	require.NoError(t, err)
	undisturbed, _, _ := shell(t, s.folder, strings.Replace(s.command, "disk/report", "whole", 1))
	require.Equal(t, s.status, undisturbed)
	want, err := os.ReadFile(filepath.Join(s.folder, "whole"))
	require.NoError(t, err)
	switch {
	case strings.Contains(string(list), ".report."):
		t.Errorf("%s: left %s", s.command, list)
	case !strings.Contains(stdout, "Encode"):
		t.Errorf("%s: no report on standard output: %s", s.command, stdout)
	case string(after) == "old\n" && status == 3 && strings.Contains(stderr, "disk/"):
		return "old"
	case status == s.status && whole(after, want):
		return "new"
	default:
		t.Errorf("%s after %s: status %d, %s, and %d bytes of %d in the file", s.command, prepare, status, stderr, len(after), len(want))
	}
	return lost
}

// whole tells whether a report ends as another of its kind; times make some bytes'
// difference.
func whole(report, other []byte) bool {
	end := other[max(0, len(other)-16):]
	return bytes.HasSuffix(report, end) && max(len(report)-len(other), len(other)-len(report)) < 64
}

// TestFaultsOfLength lets no file grow beyond so many bytes: the write of the baseline
// ends short at each of them.
func TestFaultsOfLength(t *testing.T) {
	if _, err := exec.LookPath("prlimit"); err != nil {
		t.Skip("prlimit is not installed: files cannot be kept short")
	}
	folder, count := t.TempDir(), tally{}
	path := func(name string) string { return filepath.Join(folder, name) }
	update := "regress-gate update --baseline b.json --time 2026-11-%dT10:00:00Z steady.txt"
	require.NoError(t, os.WriteFile(path("steady.txt"), []byte(steadyRun), 0o644))
	status, _, stderr := shell(t, folder, fmt.Sprintf(update, 23)+"; cp b.json old;"+fmt.Sprintf(update, 24)+"; cp b.json new")
	require.Zero(t, status, stderr)
	old, err := os.ReadFile(path("old"))
	require.NoError(t, err)
	next, err := os.ReadFile(path("new"))
	require.NoError(t, err)
	step := 97
	if full {
		step = 1
	}
	for limit := 0; limit < len(next)+step; limit += step {
		status, _, stderr := shell(t, folder, fmt.Sprintf("cp old b.json; prlimit --fsize=%d "+update, limit, 24))
		after, err := os.ReadFile(path("b.json"))
		require.NoError(t, err)
		outcome := lost
		switch files, _ := filepath.Glob(path(".*")); {
		case len(files) > 0:
			t.Errorf("left %s", files)
		case string(after) == string(old) && status == 3 && strings.Contains(stderr, "b.json") && limit < len(next):
			outcome = "old"
		case string(after) == string(next) && status == 0 && limit >= len(next):
			outcome = "new"
		default:
			t.Errorf("at %d bytes: status %d, %s: %s", limit, status, stderr, after)
		}
		count.add("write ends short", outcome, 1)
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

// TestFaultsOfTheRunnersFiles fills the disk of GITHUB_OUTPUT and GITHUB_STEP_SUMMARY to
// within a few bytes: the action fails, whatever it judged, and what earlier steps wrote
// there ends where it ended.
func TestFaultsOfTheRunnersFiles(t *testing.T) {
	needMount(t)
	folder, count := outputFolder(t), tally{}
	require.NoError(t, os.Mkdir(filepath.Join(folder, "disk"), 0o755))
	for _, variable := range []string{"GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"} {
		for head, verdict := range map[string]int{"steady.txt": 0, "worse.txt": 1} {
			for _, room := range []int{0, 1, 100, 4096} {
				status, stdout, _ := shell(t, folder, fmt.Sprintf(`unshare -m sh -c '
					mount -t tmpfs -o size=8k none disk; head -c %d /dev/zero >disk/file; cp disk/file before
					[ %[1]d = 0 ] || head -c 4096 /dev/zero >disk/filler
					export GITHUB_ACTIONS=true GITHUB_WORKSPACE="$PWD" GITHUB_EVENT_NAME=workflow_dispatch %s=disk/file
					env INPUT_MODE=compare INPUT_BASE-RUN=steady.txt INPUT_RUN=%s regress-gate action
					s=$?; cp disk/file after; exit $s'`, 4096-room, variable, head))
				before, err := os.ReadFile(filepath.Join(folder, "before"))
				require.NoError(t, err)
				after, err := os.ReadFile(filepath.Join(folder, "after"))
				require.NoError(t, err)
				outcome := lost
				switch {
				case status == 3 && bytes.Equal(before, after) && strings.Contains(stdout, "::error title=regress-gate::writing "+variable) && room < 4096:
					outcome = "failed, as it was"
				case status == verdict && len(after) > len(before) && room == 4096:
					outcome = "verdict"
				default:
					t.Errorf("%s, room for %d bytes: status %d, %d bytes became %d: %s", variable, room, status, len(before), len(after), stdout)
				}
				count.add(variable+" on a full disk", outcome, 1)
			}
		}
	}
	t.Logf("%s", count)
	require.Zero(t, count.lost())
}

// needMount skips where nothing can be mounted, not even out of others' sight.
func needMount(t *testing.T) {
	if out, err := exec.Command("unshare", "-m", "sh", "-c", "mount -t tmpfs none /mnt").CombinedOutput(); err != nil {
		t.Skipf("nothing can be mounted here: %v %s", err, out)
	}
}
