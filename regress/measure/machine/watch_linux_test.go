package machine

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/unit"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

const mib = 1 << 20

// work is what this test program does where it is its own child.
var work = map[string]func(){
	"burn": func() {
		for end := time.Now().Add(800 * time.Millisecond); time.Now().Before(end); {
		}
	},
	"allocate": func() {
		memory := make([]byte, 50*mib)
		for i := range memory {
			memory[i] = 1
		}
		time.Sleep(8 * interval)
		fmt.Fprint(os.Stderr, memory[len(memory)/2])
	},
	"write": func() {
		time.Sleep(2 * interval)
		file, err := os.Create(os.Getenv("MACHINE_FILE"))
		check(err)
		_, err = file.Write(make([]byte, 10*mib))
		check(err)
		check(file.Sync())
		time.Sleep(5 * interval)
	},
	"delegate": func() { // the child of a child does the job
		child := self(os.Getenv("MACHINE_JOB"))
		if os.Getenv("MACHINE_DEPTH") == "" {
			child = self("delegate")
			child.Env = append(child.Env, "MACHINE_DEPTH=1")
		}
		check(child.Run())
		time.Sleep(3 * interval) // what the children used is still there
	},
	"processors": func() {
		for line := range strings.Lines(here().text("proc/self/status")) {
			if strings.HasPrefix(line, "Cpus_allowed_list") {
				fmt.Print(line)
			}
		}
	},
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func self(what string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "MACHINE_WORK="+what, "GORACE=atexit_sleep_ms=0")
	return cmd
}

func TestMain(m *testing.M) {
	if f := work[os.Getenv("MACHINE_WORK")]; f != nil {
		f()
		return
	}
	os.Exit(m.Run())
}

func measure(t *testing.T, cmd *exec.Cmd) Usage {
	begin := time.Now()
	require.NoError(t, cmd.Start())
	watcher := Watch(cmd.Process.Pid)
	require.NoError(t, cmd.Wait())
	sampled := watcher.Stop()
	require.Equal(t, sampled, watcher.Stop(), "stopping again")
	return sampled.With(cmd.ProcessState, time.Since(begin))
}

func between(t *testing.T, low, high float64, f regress.Figure) {
	t.Helper()
	v, known := f.Get()
	require.True(t, known)
	require.GreaterOrEqual(t, v, low)
	require.LessOrEqual(t, v, high)
}

func TestWatchProcessorTime(t *testing.T) {
	t.Setenv("MACHINE_JOB", "burn")
	for _, what := range []string{"burn", "delegate"} {
		u := measure(t, self(what))
		between(t, 0.8, 10, u.WallTime)
		between(t, 0.1, 1.5, u.CPUTime) // on a machine that others use
		between(t, 0.05, 1.5, u.CPUShareMean)
		between(t, 0.05, 2.5, u.CPUShareMax)
	}
}

func TestWatchMemory(t *testing.T) {
	u := measure(t, self("allocate"))
	between(t, 50*mib, 200*mib, u.RSSPeak)
	between(t, 50*mib, 200*mib, u.RSSMax)
	between(t, 20*mib, 200*mib, u.RSSMean)
	between(t, 0, 1e12, u.NetSent)
	require.True(t, u.NetShared, "a child shares the network")
}

func TestWatchDisk(t *testing.T) {
	folder := t.TempDir()
	var on unix.Statfs_t
	require.NoError(t, unix.Statfs(folder, &on))
	if on.Type == unix.TMPFS_MAGIC {
		t.Skip("no disk behind the temporary folder")
	}
	t.Setenv("MACHINE_FILE", filepath.Join(folder, "file"))
	t.Setenv("MACHINE_JOB", "write")
	for _, what := range []string{"write", "delegate"} {
		between(t, 10*mib, 12*mib, measure(t, self(what)).DiskWritten) // once, also where a parent inherits it
	}
}

// A child begins in the memory of its parent: that is not its own.
func TestWithTellsNoMemoryOfOurs(t *testing.T) {
	memory := make([]byte, 100*mib)
	for i := range memory {
		memory[i] = 1
	}
	cmd := exec.Command("true")
	require.NoError(t, cmd.Run())
	u := Usage{}.With(cmd.ProcessState, time.Millisecond)
	require.Equal(t, regress.Figure{}, u.RSSPeak)
	between(t, 0, 1, u.CPUTime)
	require.Equal(t, byte(1), memory[mib])
	require.Equal(t, Usage{}, Usage{}.With(nil, time.Second), "not known to have ended")
}

func TestWatchOfNoProcess(t *testing.T) {
	require.Equal(t, Usage{}, Watch(1<<30).Stop())
	require.Empty(t, Usage{}.Series("build"), "what is not known is no series")
}

func TestSeries(t *testing.T) {
	one := regress.NewFigure(1)
	u := Usage{one, one, one, one, one, one, one, one, one, one, one, true}
	run := regress.Run{Series: u.Series("build")}
	require.NoError(t, run.Validate())
	var names []string
	for _, s := range run.Series {
		require.Equal(t, "build", s.Benchmark)
		if s.Direction == unit.Lower {
			s.Metric += " judged"
		}
		names = append(names, s.Metric+" "+s.Unit)
	}
	require.Equal(t, []string{
		"wall_time judged s", "cpu_time judged s", "max_rss judged B", "memory_usage judged B", "cpu_usage ratio", "cpu_usage.max ratio",
		"disk_read B", "disk_written B", "net_sent B", "net_received B",
	}, names)
}
