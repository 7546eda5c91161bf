package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/org/regress-gate/regress/gate"
	"github.com/stretchr/testify/require"
)

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
