package parse

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/org/regress-gate/regress"
)

func mustRead(t *testing.T, format, text string) *regress.Run {
	t.Helper()
	run, err := Read(strings.NewReader(text), "file", format)
	require.NoError(t, err)
	return run
}

const gnutimeBlock = "\tCommand being timed: \"./a b\"\n\tUser time (seconds): 1.25\n\tPercent of CPU this job got: ?%\n" +
	"\tElapsed (wall clock) time (h:mm:ss or m:ss): 1:02:03\n\tMaximum resident set size (kbytes): 2\n\tExit status: 0\n"

func TestGNUTime(t *testing.T) {
	run := mustRead(t, "", gnutimeBlock+"noise\n"+gnutimeBlock)
	require.Equal(t, map[string]string{
		"./a b user_time": "1.25 1.25", "./a b elapsed_time": "3723 3723", "./a b max_rss": "2048 2048",
	}, summary(run), "?% is no number, and the same command is another sample")

	for _, c := range []struct{ why, in, err string }{
		{"killed", strings.TrimSuffix(gnutimeBlock, "\tExit status: 0\n"), "file:1: this report of time -v has no exit status"},
		{"cut", strings.TrimSuffix(gnutimeBlock, "\n"), "has no exit status"},
		{"two without an end", strings.TrimSuffix(gnutimeBlock, "\tExit status: 0\n") + gnutimeBlock, "has no exit status"},
		{"damaged", strings.Replace(gnutimeBlock, "1.25", "1,2,5", 1), `file:2: User time (seconds): not a number: "1,2,5"`},
	} {
		_, err := Read(strings.NewReader(c.in), "file", "gnutime")
		require.ErrorContains(t, err, c.err, c.why)
	}
}

func TestPerf(t *testing.T) {
	for _, c := range []struct {
		why, in string
		want    map[string]string
	}{
		{"a decimal comma", "2,29;msec;task-clock;2285128;100,00;0,2;CPUs utilized\n", map[string]string{"task-clock": "0.00229"}},
		{"a raw event with the separator in it", "7,,cpu/event=0x3c,umask=0x1/,100,100.00,,\n", map[string]string{"cpu/event=0x3c,umask=0x1/": "7"}},
		{"a further figure of the event", "7,,cycles:u,100,100.00,1.0,GHz\n,,,,,2.0,stalled\n", map[string]string{"cycles:u": "7"}},
		{"an old perf without the figure", "7,,cycles,100,100.00\n", map[string]string{"cycles": "7"}},
		{"bytes", "2,MiB,uncore/data/,100,100.00,,\n", map[string]string{"uncore/data/": "2.097152e+06"}},
		{"twice in one file", "7,,cycles,100,100.00,,\n8,,cycles,100,100.00,,\n", map[string]string{"cycles": "7 8"}},
		{"parts of one run", "     1.000000001,7,,cycles,100,100.00,,\n     2.000000001,8,,cycles,100,100.00,,\n", map[string]string{"cycles": "15"}},
		{"CRLF", "7,,cycles,100,100.00,,\r\n", map[string]string{"cycles": "7"}},
	} {
		require.Equal(t, c.want, summary(mustRead(t, "", c.in)), c.why)
	}
	run := mustRead(t, "perf", "program says hello\n<not counted>,,cycles,0,100.00,,\n5,,instructions,10,42.50,,\n")
	require.Equal(t, map[string]string{"instructions": "5"}, summary(run))
	require.Len(t, run.Warnings, 3)
	require.Contains(t, run.Warnings[1].Message, "cycles: not counted")
	require.Contains(t, run.Warnings[2].Message, "counted in 42.5 % of the time")

	_, err := Read(strings.NewReader("7,,cycles,100,100.00,,\n8,,instructions,100,100.00"), "file", "")
	require.ErrorContains(t, err, "file:2: the line has no end")
	_, err = Read(strings.NewReader("<not supported>,,cycles,0,100.00,,\n"), "file", "")
	require.ErrorContains(t, err, "the file holds no measurement")
}

func TestCallgrind(t *testing.T) {
	whole, err := os.ReadFile("testdata/callgrind/callgrind.out")
	require.NoError(t, err)
	for _, n := range []int{200, len(whole) / 2, len(whole) - 20, len(whole) - 3} {
		_, err := Read(strings.NewReader(string(whole[:n])), "file", "")
		require.Error(t, err, "%d bytes", n)
	}
	_, err = Read(strings.NewReader("cmd: a\nevents: Ir Dr\nsummary: 1 2 3\n"), "file", "")
	require.ErrorContains(t, err, "file:3: summary for 2 events")
}

// TestSize holds that a size is that of the file and not of what is in it.
func TestSize(t *testing.T) {
	run := mustRead(t, "size", zip(t, "compressed"))
	require.Equal(t, map[string]string{"file size": "34"}, summary(run))
	require.True(t, run.Series[0].Exact)
	require.Equal(t, "34", summary(mustRead(t, "size", "\ufeff"+strings.Repeat("x", 31)))["file size"])
	_, err := Read(strings.NewReader(""), "file", "size")
	require.ErrorContains(t, err, "file: the file is empty")
}

// TestRealCounters runs the tools on this machine, each for one short command.
func TestRealCounters(t *testing.T) {
	work, err := filepath.Abs("../unit/unit.go")
	require.NoError(t, err)
	for _, c := range []struct {
		tool, format, metric string
		least                float64
		args                 []string
	}{
		{"/usr/bin/time", "gnutime", "max_rss", 1 << 17, []string{"-v", "-o", "OUT", "cat", work}},
		{"perf", "perf", "task-clock", 1e-6, []string{"stat", "-j", "-o", "OUT", "cat", work}},
		{"perf", "perf", "task-clock", 1e-6, []string{"stat", "-x,", "-o", "OUT", "cat", work}},
		{"valgrind", "callgrind", "Ir", 1e4, []string{"-q", "--tool=callgrind", "--callgrind-out-file=OUT", "cat", work}},
		{"valgrind", "callgrind", "Ir", 1e4, []string{"-q", "--tool=cachegrind", "--cachegrind-out-file=OUT", "cat", work}},
	} {
		t.Run(c.tool+strings.Join(c.args[:3], ""), func(t *testing.T) {
			if _, err := exec.LookPath(c.tool); err != nil {
				t.Skipf("%s is not installed", c.tool)
			}
			out := filepath.Join(t.TempDir(), "out")
			args := strings.Split(strings.ReplaceAll(strings.Join(c.args, "\n"), "OUT", out), "\n")
			if text, err := exec.CommandContext(t.Context(), c.tool, args...).CombinedOutput(); err != nil {
				t.Skipf("%s does not work on this machine (%s): %v %.200s", c.tool, runtime.GOARCH, err, text[max(0, len(text)-200):])
			}
			run, err := readFile(t, out)
			require.NoError(t, err)
			for _, s := range run.Series {
				if s.Metric == c.metric {
					require.Len(t, s.Samples, 1)
					require.Greater(t, s.Samples[0], c.least)
					return
				}
			}
			t.Fatalf("no %s in %v", c.metric, summary(run))
		})
	}
}
