package parse

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/org/regress-gate/regress"
)

// realRun reads what a tool wrote, finding the format out.
func realRun(t *testing.T, format, text string) *regress.Run {
	t.Helper()
	var found []string
	for _, f := range List() {
		if f.Sniff([]byte(text)[:min(len(text), sniffLen)]) {
			found = append(found, f.Name)
		}
	}
	require.Equal(t, []string{format}, found)
	run, err := Read(strings.NewReader(text), "out", "")
	require.NoError(t, err, text)
	return run
}

func TestRealHyperfine(t *testing.T) {
	hyperfine := loadTool(t, "hyperfine")
	folder := t.TempDir()
	json, csv := filepath.Join(folder, "out.json"), filepath.Join(folder, "out.csv")
	text, _ := hyperfine("", "--shell=none", "--runs", "5", "--ignore-failure", "--style", "basic",
		"--export-json", json, "--export-csv", csv,
		"-L", "t", "0.02,0.04", "sleep {t}", "false")

	written, err := os.ReadFile(json)
	require.NoError(t, err)
	run := realRun(t, "hyperfine", string(written))
	medians := map[string]float64{}
	for benchmark, least := range map[string]float64{"sleep 0.02": 0.02, "sleep 0.04": 0.04} {
		s := find(t, run, benchmark, "time")
		require.Len(t, s.Samples, 5)
		for _, v := range s.Samples {
			require.GreaterOrEqual(t, v, least)
			require.Less(t, v, 30.0)
		}
		medians[benchmark] = s.Center()
	}
	require.Len(t, run.Warnings, 2)
	require.Contains(t, run.Warnings[0].Message, `"false (t=0.02)" failed in 5 of 5 runs`)

	written, err = os.ReadFile(csv)
	require.NoError(t, err)
	run = realRun(t, "hyperfine", string(written))
	for benchmark, median := range medians {
		requireSamples(t, run, benchmark, "median", median)
	}

	_, err = Read(strings.NewReader(text), "out", "")
	require.ErrorContains(t, err, "--export-json", "what is shown is for people")
}

// compiled builds a C++ program of testdata/real, and skips the test where its
// library is not installed.
func compiled(t *testing.T, source string, flags ...string) (program string) {
	loadTool(t, "g++")
	program = filepath.Join(t.TempDir(), "program")
	args := append([]string{"-o", program, filepath.Join("testdata", "real", source)}, flags...)
	if out, err := exec.Command("g++", args...).CombinedOutput(); err != nil {
		t.Skipf("%s cannot be compiled (.ci/tools installs what it needs): its real output is not tested: %.300s", source, out)
	}
	return program
}

// TestRealGoogleBenchmark measures a sleep of a known time.
func TestRealGoogleBenchmark(t *testing.T) {
	program := compiled(t, "gbench.cc", "-lbenchmark", "-lpthread")
	for _, form := range []string{"--benchmark_format=json", "--benchmark_counters_tabular=true", "--benchmark_format=console"} {
		out, err := exec.CommandContext(t.Context(), program, form, "--benchmark_repetitions=3", "--benchmark_min_time=0.01").Output()
		require.NoError(t, err)
		run := realRun(t, "gbench", string(out))
		s := find(t, run, "BM_Sleep/2/real_time", "real_time")
		require.Len(t, s.Samples, 3, form)
		for _, v := range s.Samples {
			require.GreaterOrEqual(t, v, 0.002, form)
			require.Less(t, v, 30.0, form)
		}
		requireSamples(t, run, "BM_Sleep/2/real_time", "twice", 4, 4, 4)
		require.Contains(t, run.Warnings[0].Message, "no device", form)
	}
}

// TestRealPytest runs a benchmark whose rounds are counted.
func TestRealPytest(t *testing.T) {
	pytest := loadTool(t, "pytest-3")
	folder := t.TempDir()
	file := filepath.Join(folder, "bench_sleep.py")
	require.NoError(t, os.WriteFile(file, []byte(`import time
def test_sleep(benchmark):
    benchmark.pedantic(time.sleep, args=(0.01,), rounds=7)
`), 0o644))
	if out, err := exec.Command("pytest-3", "--help").Output(); err != nil || !strings.Contains(string(out), "--benchmark-json") {
		t.Skip("pytest-benchmark is not installed (.ci/tools does that): its real output is not tested")
	}
	json := filepath.Join(folder, "out.json")
	pytest("", "-p", "no:cacheprovider", "--rootdir", folder, "--benchmark-json", json, file)
	written, err := os.ReadFile(json)
	require.NoError(t, err)
	run := realRun(t, "pytest", string(written))
	s := find(t, run, "bench_sleep.py::test_sleep", "time")
	require.Len(t, s.Samples, 7)
	for _, v := range s.Samples {
		require.GreaterOrEqual(t, v, 0.01)
	}
	require.Equal(t, runtime.GOOS, run.Env.GOOS)
	require.Equal(t, runtime.GOARCH, run.Env.GOARCH)
	require.WithinDuration(t, time.Now(), run.Time, time.Hour)
}
