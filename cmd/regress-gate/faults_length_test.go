package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestFaultsOfLength lets no file grow beyond so many bytes: the write of the baseline
// ends short at each of them.
func TestFaultsOfLength(t *testing.T) {
	if _, err := exec.LookPath("prlimit"); err != nil {
		t.Skip("prlimit is not installed: files cannot be kept short")
	}
	s, count := newShort(t), tally{}
	step := 97
	if full {
		step = 1
	}
	for limit := 0; limit < len(s.next)+step; limit += step {
		want := "old"
		if limit >= len(s.next) {
			want = "new"
		}
		count.add("write ends short", s.try(t, "", want, fmt.Sprintf("cp old disk/b.json; prlimit --fsize=%d %s; s=$?", limit, s.update)), 1)
	}
	t.Logf("%s", count)
	require.Zero(t, count.lost())
}

// TestFaultsOfDisk updates a baseline on a disk without room, without another file, or
// without leave to write.
func TestFaultsOfDisk(t *testing.T) {
	needMount(t)
	s, count := newShort(t), tally{}
	const filler = "dd if=/dev/zero of=disk/filler bs=4096 2>dd"
	for _, c := range []struct{ fault, prepare, want string }{
		{"full disk", filler, "old"},
		{"a disk with room for a page", filler + "; truncate -s -4096 disk/filler", "new"},
		{"no more files", "i=0; while touch disk/$i 2>err; do i=$((i+1)); done", "old"},
		{"read-only disk", "mount -o remount,ro disk", "old"},
	} {
		count.add(c.fault, s.try(t, "unshare -m", c.want, fmt.Sprintf("mount -t tmpfs -o size=64k,nr_inodes=9 none disk; cp old disk/b.json; %s; %s; s=$?", c.prepare, s.update)), 1)
	}
	t.Logf("%s", count)
	require.Zero(t, count.lost())
}

// short is an update that has no room: update makes next of old.
type short struct{ folder, old, next, update string }

func newShort(t *testing.T) short {
	s := short{folder: t.TempDir(), update: "regress-gate update --baseline disk/b.json --time 2026-11-24T10:00:00Z steady.txt"}
	require.NoError(t, os.Mkdir(filepath.Join(s.folder, "disk"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(s.folder, "steady.txt"), []byte(steadyRun), 0o644))
	status, _, stderr := shell(t, s.folder, strings.Replace(s.update, "24", "23", 1)+" && cp disk/b.json old && "+s.update+" && cp disk/b.json next")
	require.Zero(t, status, stderr)
	s.old, s.next = s.read(t, "old"), s.read(t, "next")
	return s
}

func (s short) read(t *testing.T, name string) string {
	text, err := os.ReadFile(filepath.Join(s.folder, name))
	require.NoError(t, err)
	return string(text)
}

// try runs a script that leaves the status of an update in s, and tells which baseline is
// in place. It may run within a namespace of its own.
func (s short) try(t *testing.T, within, want, script string) string {
	t.Helper()
	status, _, stderr := shell(t, s.folder, within+" sh -c '"+script+"; cp disk/b.json after; ls -A disk >list; exit $s'")
	after, isOld := s.read(t, "after"), want == "old"
	switch {
	case strings.Contains(s.read(t, "list"), ".b.json"):
		t.Errorf("%s: left %s", script, s.read(t, "list"))
	case isOld && after == s.old && status == 3 && strings.Contains(stderr, "disk/"), !isOld && after == s.next && status == 0:
		return want
	default:
		t.Errorf("%s: status %d, %s: %s", script, status, stderr, after)
	}
	return lost
}
