package main

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// faults tries faults in one scene.
type faults struct {
	scene
	folder   string
	old, new map[string]string
	count    tally
	hit      map[string]bool
}

// samples tells whether a call is among those that are made to fail.
func (f *faults) samples(call string) bool {
	return full || slices.Contains(f.sample, call)
}

// lay makes the scene anew.
func (f *faults) lay(t *testing.T) {
	require.NoError(t, os.RemoveAll(filepath.Join(f.folder, "baselines")))
	for name, text := range map[string]string{"second.txt": secondRun, "third.txt": secondRun} {
		require.NoError(t, os.WriteFile(filepath.Join(f.folder, name), []byte(text), 0o644))
	}
	for _, file := range f.files {
		path := filepath.Join(f.folder, file)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		switch filepath.Base(file) {
		case "hand.json":
			require.NoError(t, os.WriteFile(path, []byte(handBaseline), 0o600))
		case "other.json":
			require.NoError(t, os.WriteFile(path, []byte(strings.ReplaceAll(handBaseline, "Here", "Elsewhere")), 0o644))
		default:
			require.NoError(t, os.MkdirAll(path, 0o755))
		}
	}
}

const handBaseline = `{"environment": {"cpu": "Here"}, "benchmarks": {"Encode-8": {"sec/op": {"unit": "sec/op", "samples": [0.0000012, 0.0000013]}}}}`

// update is the command line of an update at a time of its own.
func (f *faults) update(run string, day int) []string {
	return []string{"update", "--baseline", f.folder + "/" + f.target, "--time", fmt.Sprintf("2026-11-%dT10:00:00Z", day), filepath.Join(f.folder, run)}
}

// state is what the baselines hold, with their modes; not the temporary files.
func (f *faults) state(t *testing.T) map[string]string {
	state := map[string]string{}
	entries, err := os.ReadDir(filepath.Join(f.folder, "baselines"))
	require.True(t, err == nil || os.IsNotExist(err), "%v", err)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			continue
		}
		text, err := os.ReadFile(filepath.Join(f.folder, "baselines", e.Name()))
		require.NoError(t, err)
		info, err := e.Info()
		require.NoError(t, err)
		state[e.Name()] = info.Mode().String() + "\n" + string(text)
	}
	return state
}

// try injects one fault, and looks at what it left.
func (f *faults) try(t *testing.T, name, fault string, n int) {
	t.Helper()
	f.lay(t)
	options := []string{"-e", "trace=" + name, "-e", fmt.Sprintf("inject=%s:%s:when=%d", name, fault, n)}
	if fault != kill {
		options = append(options, quickly)
	}
	got := strace(t, f.folder, options, f.update("second.txt", 24))
	killed := fault == kill && got.status != 0
	if killed {
		got.injected = got.calls[max(0, len(got.calls)-1):]
	}
	if len(got.injected) == 0 {
		require.True(t, got.status == 0 && maps.Equal(f.state(t), f.new), "nothing was injected: %d %s", got.status, got.stderr)
		return
	}
	for _, c := range got.injected {
		f.hit[fault+" "+c.site()] = true
	}
	outcome, problem := f.outcome(t, got, killed)
	if problem == "" {
		problem = f.after(t)
	}
	if problem != "" {
		outcome = lost
		t.Errorf("%s:%s:when=%d: %s\nstatus %d, %s\n%s", name, fault, n, problem, got.status, got.stderr, got.injected[0].line)
	}
	f.count.add(fault, outcome, len(got.injected))
}

// outcome judges what is in place, and what the status and the message say of it.
func (f *faults) outcome(t *testing.T, got traced, killed bool) (outcome, problem string) {
	state := f.state(t)
	isOld, isNew := maps.Equal(state, f.old), maps.Equal(state, f.new)
	about := func(path string) bool {
		return slices.ContainsFunc(got.injected, func(c call) bool { return strings.HasPrefix(c.path, path) })
	}
	ours, output, mute := about("./"), about("stdout"), about("stderr")
	switch {
	case !isOld && !isNew:
		return lost, fmt.Sprintf("neither the old nor the new baseline is in place: %v", state)
	case killed && isNew:
		return "killed, new", ""
	case killed:
		return "killed, old", ""
	case got.status == 0 && isOld:
		return lost, "status 0, and the old baseline is in place"
	case got.status == 0:
		return "new, status 0", ""
	case output && isNew && got.status == 3:
		if !mute && !strings.Contains(got.stderr, "updated") {
			return lost, "the message does not say that the baseline is the new one"
		}
		return "new, status 3", ""
	case !ours && !output && isNew: // the runtime of Go crashes without its epoll and memory
		return "new, crashed", ""
	case isNew:
		return lost, "a failing status, and the new baseline is in place"
	case ours && got.status != 3:
		return lost, "another status than 3"
	case ours && !mute && !strings.Contains(got.stderr, f.folder):
		return lost, "the message names no file"
	}
	return "old, status ≠ 0", ""
}

// after updates once more, without a fault.
func (f *faults) after(t *testing.T) (problem string) {
	args := f.update("third.txt", 30)
	out, err := exec.CommandContext(t.Context(), "timeout", append([]string{"-k", "1", "20", "regress-gate"}, args...)...).CombinedOutput()
	if err != nil {
		return fmt.Sprintf("the next update fails: %v %s", err, out)
	}
	entries, err := os.ReadDir(filepath.Join(f.folder, "baselines"))
	require.NoError(t, err)
	for _, e := range entries {
		if _, known := f.new[e.Name()]; !known {
			return "the next update leaves " + e.Name()
		}
	}
	return ""
}
