package regress

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func small(value float64) *Baseline {
	return NewBaseline(run(series("A", "sec/op", "sec/op", value)))
}

func TestSaveAndLoad(t *testing.T) {
	path := filepath.Join(t.TempDir(), "b.json")
	require.NoError(t, small(1).Save(path))
	require.NoError(t, os.Chmod(path, 0o640))
	require.NoError(t, small(2).Save(path))
	b, err := LoadBaseline(path)
	require.NoError(t, err)
	require.Equal(t, 2.0, b.Entries[0].Center())
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, fs.FileMode(0o640), info.Mode().Perm(), "the file keeps its mode")

	link := filepath.Join(t.TempDir(), "link.json")
	require.NoError(t, os.Symlink(path, link))
	require.NoError(t, small(3).Save(link))
	b, err = LoadBaseline(path)
	require.NoError(t, err)
	require.Equal(t, 3.0, b.Entries[0].Center(), "a link is followed, not replaced")

	_, err = LoadBaseline(filepath.Join(t.TempDir(), "none.json"))
	require.ErrorIs(t, err, fs.ErrNotExist)
}

func TestSaveThatFailsLeavesTheOldFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "b.json")
	require.NoError(t, small(1).Save(path))
	before, err := os.ReadFile(path)
	require.NoError(t, err)
	broken := small(2)
	broken.Entries[0].Samples[0] /= 0 * broken.Entries[0].Samples[0]
	require.Error(t, broken.Save(path), "an infinite value is refused before anything is written")
	require.Error(t, small(2).Save(filepath.Join(path, "x")), "a file is no folder")
	after, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, before, after)
	files, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	require.Len(t, files, 1, "and no temporary file is left")
}

func TestModifyBaselineStopsAtAnUnreadableOne(t *testing.T) {
	path := filepath.Join(t.TempDir(), "b.json")
	require.NoError(t, os.WriteFile(path, []byte("{\"metrics\": {"), 0o644))
	err := ModifyBaseline(path, func(*Baseline) (*Baseline, error) {
		t.Fatal("a baseline that cannot be read is not an absent one")
		return nil, nil
	})
	require.ErrorContains(t, err, path+":1: not valid JSON")
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "{\"metrics\": {", string(text))
}

// Every one of many updates at once must be there afterwards.
func TestConcurrentUpdatesLoseNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "b.json")
	const writers = 20
	var wg sync.WaitGroup
	for i := range writers {
		wg.Go(func() {
			err := ModifyBaseline(path, func(old *Baseline) (*Baseline, error) {
				if old == nil {
					old = &Baseline{}
				}
				old.Entries = append(old.Entries, small(float64(i)).Entries[0])
				old.Entries[len(old.Entries)-1].Benchmark = fmt.Sprint("W", i)
				return old, nil
			})
			require.NoError(t, err)
		})
	}
	wg.Wait()
	b, err := LoadBaseline(path)
	require.NoError(t, err)
	require.Len(t, b.Entries, writers)
}

// TestKilledUpdate kills a real process at arbitrary moments of saving again and
// again: at each, the file must be a whole baseline.
func TestKilledUpdate(t *testing.T) {
	if path := os.Getenv("REGRESS_TEST_SAVE"); path != "" {
		for i := 1; ; i++ { // until killed
			if err := big(float64(i)).Save(path); err != nil {
				fmt.Println(err)
				os.Exit(1)
			}
		}
	}
	path := filepath.Join(t.TempDir(), "b.json")
	require.NoError(t, big(0.5).Save(path))
	seen := map[float64]bool{}
	for i := range 25 {
		cmd := exec.Command(os.Args[0], "-test.run=^TestKilledUpdate$")
		cmd.Env = append(os.Environ(), "REGRESS_TEST_SAVE="+path)
		require.NoError(t, cmd.Start())
		deadline := time.After(time.Duration(20+7*i) * time.Millisecond)
		<-deadline
		require.NoError(t, cmd.Process.Kill())
		var exit *exec.ExitError
		require.True(t, errors.As(cmd.Wait(), &exit) && exit.ExitCode() == -1, "it ran until it was killed")
		b, err := LoadBaseline(path)
		require.NoError(t, err, "old or new, never torn")
		require.Len(t, b.Entries, 2000)
		for _, e := range b.Entries {
			require.Equal(t, b.Entries[0].Samples, e.Samples, "all of one saving")
		}
		seen[b.Entries[0].Samples[0]] = true
	}
	require.Greater(t, len(seen), 1, "the kills came while files were being written")
}

func big(value float64) *Baseline {
	r := &Run{}
	for i := range 2000 {
		r.Series = append(r.Series, series("A"+strconv.Itoa(i), "sec/op", "sec/op", value))
	}
	return NewBaseline(r)
}

func TestUpdate(t *testing.T) {
	base := NewBaseline(run(
		series("Improved", "sec/op", "sec/op", refHead...), series("Regressed", "sec/op", "sec/op", refBase...),
		series("Gone", "sec/op", "sec/op", 1), series("Written", "latency", "ms", 100),
	))
	base.Entries[3].Threshold = PercentOf(0.1)
	base.Design = Vouched
	nan := series("Broken", "sec/op", "sec/op", 1)
	nan.Broken = "sample 2 is NaN"
	head := run(
		series("Improved", "sec/op", "sec/op", refBase...), series("Regressed", "sec/op", "sec/op", refHead...),
		series("Fresh", "sec/op", "sec/op", 7), series("Written", "latency", "s", 0.105), nan,
	)
	head.Design, head.Commit = Vouched, "new"
	report, err := Compare(base, head, Policy{})
	require.NoError(t, err)
	next, err := base.Update(head, report)
	require.NoError(t, err)
	got := map[string]Entry{}
	for _, e := range next.Entries {
		got[e.Benchmark] = e
	}
	require.Equal(t, refBase, got["Improved"].Samples, "an improvement is the new measure")
	require.Equal(t, refBase, got["Regressed"].Samples, "a loss is not")
	require.Equal(t, []float64{1}, got["Gone"].Samples, "what the run lacks stays")
	require.Equal(t, []float64{7}, got["Fresh"].Samples)
	require.Equal(t, []float64{105}, got["Written"].Samples, "in the unit that a person wrote")
	require.Equal(t, "ms", got["Written"].Unit)
	require.Equal(t, PercentOf(0.1), got["Written"].Threshold)
	require.NotContains(t, got, "Broken")
	require.Equal(t, "new", next.Commit)
	require.Equal(t, refBase, base.Entries[1].Samples, "the old baseline is not changed")

	_, err = base.Update(run(series("Other", "sec/op", "sec/op", 1)), report)
	require.ErrorContains(t, err, "it is of another run")

	keys := report.Accept(Acceptance{By: "ann", Reason: "checksum added"}, func(c *Comparison) bool { return c.Benchmark != "Gone" })
	require.Equal(t, []Key{{"Regressed", "sec/op"}}, keys, "nothing else was refused, and NaN cannot be accepted")
	accepted, err := base.Update(head, report)
	require.NoError(t, err)
	for _, e := range accepted.Entries {
		if e.Benchmark == "Regressed" {
			require.Equal(t, refHead, e.Samples, "a person accepted the loss")
			require.Equal(t, &Acceptance{By: "ann", Reason: "checksum added", Commit: "new", Value: NewFigure(100)}, e.Accepted, "and stands for it")
			require.Equal(t, Rebased, e.History[len(e.History)-1].Mark)
		}
	}
	report.Accept(Acceptance{Reason: "removed"}, func(c *Comparison) bool { return c.Benchmark == "Gone" })
	accepted, err = base.Update(head, report)
	require.NoError(t, err)
	require.NotContains(t, accepted.Entries, base.Entries[0], "its going was accepted")
	require.Len(t, accepted.Entries, len(next.Entries)-1)
}

func TestUpdateFromAnotherMachine(t *testing.T) {
	base, head := small(1), run(series("A", "sec/op", "sec/op", 1))
	base.Env, head.Env = Env{CPU: "Old"}, Env{CPU: "New"}
	report, err := Compare(base, head, Policy{})
	require.NoError(t, err)
	_, err = base.Update(head, report)
	require.ErrorContains(t, err, `another machine: cpu "Old" against "New"`)
}

func TestMerge(t *testing.T) {
	a, b := run(series("A", "t", "ms", 1)), run(series("A", "t", "s", 0.002), series("B", "t", "ms", 5))
	a.Env, b.Env = Env{CPU: "X"}, Env{GOOS: "linux"}
	m, err := Merge(a, b)
	require.NoError(t, err)
	require.Equal(t, []float64{1, 2}, m.Series[0].Samples, "three files of a load tool are three samples, in one unit")
	require.Equal(t, Env{CPU: "X", GOOS: "linux"}, m.Env)
	require.Equal(t, []float64{1}, a.Series[0].Samples, "the inputs stay")

	of := func(pkg, name string, v float64) Series {
		s := series(name, "t", "ms", v)
		s.Package = pkg
		return s
	}
	m, err = Merge(run(of("a", "X-2", 1)), run(of("b", "X-2", 2), of("b", "Y-2", 3)), run(of("a", "a.X-2", 4), of("b", "b.X-2", 5)))
	require.NoError(t, err)
	got := map[string][]float64{}
	for _, s := range m.Series {
		got[s.Benchmark] = s.Samples
	}
	require.Equal(t, map[string][]float64{"a.X-2": {1, 4}, "b.X-2": {2, 5}, "Y-2": {3}}, got, "one name in two packages is two benchmarks, whichever file tells")

	b.Env.CPU = "Y"
	_, err = Merge(a, b)
	require.ErrorContains(t, err, `different environments: cpu "X" against "Y"`)
	_, err = Merge(run(series("A", "t", "ms", 1)), run(series("A", "t", "MB", 1)))
	require.ErrorContains(t, err, `unit "MB" cannot be converted to "ms"`)
	c, d := run(), run()
	c.Commit, d.Commit = "1", "2"
	_, err = Merge(c, d)
	require.ErrorContains(t, err, "different commits")
	_, err = Merge()
	require.Error(t, err)
}

func TestValidate(t *testing.T) {
	twice := run(series("A", "t", "ms", 1), series("A", "t", "ms", 2))
	require.ErrorContains(t, twice.Validate(), "two series with this name")
	long := run(series(strings.Repeat("x", maxName+1), "t", "ms", 1))
	require.ErrorContains(t, long.Validate(), "longer than")
	none := run(series("A", "t", "ms"))
	require.ErrorContains(t, none.Validate(), "no samples")
}
