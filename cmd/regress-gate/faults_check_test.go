package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestFaultsOfCheck makes system calls of check fail, or kills it there: a gate that is
// shut never opens, an open one opens with its whole report or not at all, and the
// report file holds the old report or the new one.
func TestFaultsOfCheck(t *testing.T) {
	needStrace(t)
	count := tally{}
	for _, c := range []struct {
		why, last string
		status    int
	}{
		{"the gate is shut by the last file", "BenchmarkLast-8 100 1200 ns/op 3 allocs/op\n", 1},
		{"the gate is open", "BenchmarkLast-8 100 1200 ns/op 2 allocs/op\n", 0},
	} {
		t.Run(c.why, func(t *testing.T) {
			folder, err := filepath.EvalSymlinks(t.TempDir())
			require.NoError(t, err)
			f := &checkFaults{folder, c.status, count}
			f.put(t, "baselines/hand.json", strings.ReplaceAll(handBaseline, "Encode", "Other"))
			f.put(t, "baselines/other.json", strings.ReplaceAll(handBaseline, "Here", "Elsewhere"))
			f.put(t, "policy.yaml", "missing: ignore\n") // so that nothing is missed
			f.put(t, "runs/1/bench.txt", "cpu: Here\nBenchmarkOther-8 100 1200 ns/op\n")
			f.put(t, "runs/2/bench.txt", "cpu: Here\n"+strings.Replace(c.last, "3 allocs", "2 allocs", 1))
			status, _, stderr := shell(t, folder, "regress-gate update --baseline baselines runs/*/bench.txt")
			require.Zero(t, status, stderr)
			f.put(t, "runs/2/bench.txt", "cpu: Here\n"+c.last)
			f.every(t)
		})
	}
	t.Logf("%s", count)
	require.Zero(t, count.lost())
}

// checkFaults tries faults in one check.
type checkFaults struct {
	folder string
	status int // without a fault
	count  tally
}

func (f *checkFaults) put(t *testing.T, name, text string) {
	path := filepath.Join(f.folder, name)
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
}

func (f *checkFaults) check(t *testing.T, options ...string) traced {
	f.put(t, "report.json", "old")
	in := func(name string) string { return filepath.Join(f.folder, name) }
	return strace(t, f.folder, options, []string{
		"check", "--baseline", in("baselines"), "--policy", in("policy.yaml"), "--output", "json=" + in("report.json"), in("runs/*/bench.txt"),
	})
}

func (f *checkFaults) every(t *testing.T) {
	clean := f.check(t, "-e", "trace=%file,%desc")
	require.Equal(t, f.status, clean.status, clean.stderr)
	faults := []string{"error=EIO", "error=EACCES", "error=ENOSPC", "error=EINTR", kill}
	if !full {
		faults = faults[:1]
	}
	for name, most := range clean.most() {
		if !full && !slices.Contains([]string{"getdents64", "renameat", "fsync"}, name) {
			continue
		}
		for _, fault := range faults {
			for n := 1; n <= most+1; n++ {
				options := []string{"-e", "trace=" + name, "-e", fmt.Sprintf("inject=%s:%s:when=%d", name, fault, n)}
				if fault != kill {
					options = append(options, quickly)
				}
				if outcome, injected := f.outcome(t, fault, f.check(t, options...)); injected > 0 {
					f.count.add(fault, outcome, injected)
				}
			}
		}
	}
}

// outcome judges what a check under a fault left and said, and how many were injected.
func (f *checkFaults) outcome(t *testing.T, fault string, got traced) (outcome string, injected int) {
	report, err := os.ReadFile(filepath.Join(f.folder, "report.json"))
	require.NoError(t, err)
	isOld := string(report) == "old"
	killed := fault == kill && got.status != f.status
	if injected = len(got.injected); killed {
		injected = 1
	}
	ours := slices.ContainsFunc(got.injected, func(c call) bool { return c.path != "" && c.path != "stderr" })
	outcome = fmt.Sprintf("status %d", got.status)
	switch {
	case !isOld && !json.Valid(report):
		outcome = lost
	case killed:
		outcome = "killed"
	case got.status == f.status && isOld:
		outcome = lost // a verdict without its report
	case got.status == f.status, got.status == 3:
	case !ours && got.status != 0 && got.status != 1 && got.status != 4:
		outcome = "runtime crashed"
	default:
		outcome = lost
	}
	if outcome == lost {
		assert.Fail(t, "lost", "%s: status %d, report %.40q, %s: %v", fault, got.status, report, got.stderr, got.injected)
	}
	return outcome, injected
}
