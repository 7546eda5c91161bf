package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// full tells whether every fault is tried at every system call, which takes
// minutes, or a sample. It prints its counts with -v.
var full = os.Getenv("FAULTS") == "full"

const (
	secondRun = "cpu: Here\nBenchmarkEncode-8 100 1100 ns/op 2 allocs/op\nBenchmarkEncode-8 100 1101 ns/op 2 allocs/op\nBenchmarkDecode-8 100 9 ns/op\n"
)

// scene is a state of the disk that an update finds.
type scene struct {
	name   string
	target string // of --baseline, below the work folder
	files  []string
	sample []string // calls that are made to fail where not all are
}

// The file hand.json is that of the machine by what it says, not by its name.
var scenes = []scene{
	{"an existing baseline", "baselines/hand.json", []string{"baselines/hand.json"}, []string{"write", "fchmod", "fsync", "renameat", "flock"}},
	{"a folder of baselines", "baselines/", []string{"baselines/hand.json", "baselines/other.json"}, []string{"getdents64"}},
	{"a new baseline", "baselines/new.json", []string{"baselines/"}, nil},
	{"a new folder", "baselines/", nil, []string{"mkdirat"}},
}

// TestFaultsOfUpdate makes system calls of an update fail, or kills it there: the
// baseline is the old or the new one, the status says which, and the next update
// succeeds and leaves nothing lying about.
func TestFaultsOfUpdate(t *testing.T) {
	needStrace(t)
	count := tally{}
	for _, s := range scenes {
		t.Run(s.name, func(t *testing.T) { s.every(t, count) })
	}
	t.Logf("%s", count)
	require.Zero(t, count.lost(), "no fault may lose or tear a baseline, or end with a wrong status")
}

// every tries each fault at each call that the update makes without one.
func (s scene) every(t *testing.T, count tally) {
	folder, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	f := &faults{scene: s, folder: folder, count: count, hit: map[string]bool{}}
	f.lay(t)
	f.old = f.state(t)
	clean := strace(t, folder, nil, f.update("second.txt", 24))
	require.Zero(t, clean.status, clean.stderr)
	f.new = f.state(t)
	require.NotEqual(t, f.old, f.new)

	for name, most := range clean.most() {
		for n := 1; n <= most+1 && f.samples(name); n++ { // one more: threads differ from run to run
			f.try(t, name, kill, n)
		}
	}
	f.lay(t)
	files := strace(t, folder, []string{"-e", "trace=%file,%desc"}, f.update("second.txt", 24))
	errors := []string{"error=ENOSPC", "error=EIO", "error=EROFS", "error=EDQUOT", "error=EINTR", "error=EACCES"}
	if !full {
		errors = errors[:2]
	}
	for _, e := range errors {
		for name, most := range files.most() {
			for n := 1; n <= most+1 && f.samples(name); n++ {
				f.try(t, name, e, n)
			}
		}
	}
	for _, c := range clean.calls {
		if c.path == "" || !f.samples(c.name) || c.name == "execve" {
			continue
		}
		for _, fault := range append(errors, kill) {
			for again := 0; !f.hit[fault+" "+c.site()] && again < 20; again++ { // another thread made it
				f.try(t, c.name, fault, 1+again%(clean.most()[c.name]+1))
			}
			assert.True(t, f.hit[fault+" "+c.site()], "no %s was injected into %s", fault, c.site())
		}
	}
}

const kill = "signal=SIGKILL"

// TestFaultsOfUpdatesAtOnce kills an update that others wait for: all of them succeed,
// and the latest run is in the baseline.
func TestFaultsOfUpdatesAtOnce(t *testing.T) {
	needStrace(t)
	folder, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	f := &faults{scene: scenes[0], folder: folder}
	f.lay(t)
	f.new = f.state(t)
	for _, name := range []string{"write", "fchmod", "fsync", "renameat"} {
		f.lay(t)
		var others sync.WaitGroup
		for day := range 3 {
			others.Go(func() {
				out, err := exec.CommandContext(t.Context(), "regress-gate", f.update("second.txt", 26+day)...).CombinedOutput()
				assert.NoError(t, err, "%s", out)
			})
		}
		got := strace(t, folder, []string{"-e", "trace=flock," + name, "-e", "inject=flock:delay_exit=200000", "-e", "inject=" + name + ":" + kill}, f.update("second.txt", 29))
		others.Wait()
		require.Equal(t, -1, got.status, "it was killed: %s", got.stderr)
		require.Contains(t, f.state(t)["hand.json"], `"timestamp": "2026-11-28T10:00:00Z"`, "that of the latest that was not")
		require.Empty(t, f.after(t), name)
	}
}
