package regress

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// names returns those of a run's benchmarks, in its order.
func names(r *Run) []string {
	var list []string
	for _, s := range r.Series {
		list = append(list, s.Benchmark)
	}
	return list
}

// in is a series of a package's benchmark.
func in(pkg, name string) Series {
	s := series(name, "t", "ms", 1)
	s.Package = pkg
	return s
}

func TestAlignNames(t *testing.T) {
	for _, c := range []struct {
		why                  string
		base, head           *Run
		wantBase, wantHead   []string
		wantStored, wantRead []string // where base comes from a file, which tells no packages
	}{
		{"a second package got a benchmark of that name",
			run(in("a", "X-2")), run(in("a", "a.X-2"), in("b", "b.X-2")),
			[]string{"a.X-2"}, []string{"a.X-2", "b.X-2"}, []string{"X-2"}, []string{"a.X-2", "b.X-2"}},
		{"it lost it",
			run(in("a", "a.X-2"), in("b", "b.X-2"), in("a", "Y-2")), run(in("b", "X-2"), in("a", "Y-2")),
			[]string{"a.X-2", "b.X-2", "Y-2"}, []string{"b.X-2", "Y-2"}, []string{"a.X-2", "b.X-2", "Y-2"}, []string{"b.X-2", "Y-2"}},
		{"the module was renamed, and nothing is shared",
			run(in("m/a", "X-2")), run(in("m/v2/a", "X-2")),
			[]string{"X-2"}, []string{"X-2"}, []string{"X-2"}, []string{"X-2"}},
		{"one side knows no packages",
			run(series("a.X-2", "t", "ms", 1), series("Z", "t", "ms", 1)), run(in("a", "X-2")),
			[]string{"a.X-2", "Z"}, []string{"a.X-2"}, []string{"a.X-2", "Z"}, []string{"a.X-2"}},
	} {
		stored, read := NewBaseline(run()), run(c.head.Series...)
		read.Series = append([]Series(nil), c.head.Series...)
		for _, s := range c.base.Series {
			s.Package = ""
			stored.Entries = append(stored.Entries, Entry{Series: s})
		}
		AlignNames(c.base, c.head)
		require.Equal(t, c.wantBase, names(c.base), c.why)
		require.Equal(t, c.wantHead, names(c.head), c.why)
		stored.AlignNames(read)
		require.Equal(t, c.wantRead, names(read), c.why)
		for i, e := range stored.Entries {
			require.Equal(t, c.wantStored[i], e.Benchmark, "%s: the baseline stays as it is", c.why)
		}
	}
}

// In one experiment the packages are known: one name in two of them is two benchmarks.
func TestSharedNamesOfBothSides(t *testing.T) {
	base, head := run(in("gone", "X")), run(in("fresh", "X"))
	shared := SharedNames(base, head)
	base.Qualify(shared)
	head.Qualify(shared)
	require.Equal(t, []string{"gone.X"}, names(base))
	require.Equal(t, []string{"fresh.X"}, names(head))
	base.Qualify(nil)
	require.Equal(t, []string{"X"}, names(base))
}

// A stored baseline does not say of which package it is: the reason tells.
func TestMissingNamesakes(t *testing.T) {
	reasons := func(base, head *Run) map[string]string {
		r, err := Compare(NewBaseline(base), head, Policy{})
		require.NoError(t, err)
		found := map[string]string{}
		for _, c := range r.Comparisons {
			if c.Verdict == Missing {
				found[c.Benchmark] = c.Reason + "; " + c.Remedy
			}
		}
		return found
	}
	now := reasons(run(series("X/n=1.5", "t", "ms", 1), series("Gone", "t", "ms", 1), series("p95", "t", "ms", 1)),
		run(in("x.org/a", "x.org/a.X/n=1.5"), in("x.org/b", "x.org/b.X/n=1.5"), in("", "a.p95/2")))
	require.Contains(t, now["X/n=1.5"], "there is x.org/a.X/n=1.5 and x.org/b.X/n=1.5, and nothing tells whether that is the same benchmark; write its name alike")
	require.Equal(t, "in the baseline, and not in the run; run it again, or remove it from the baseline if it is gone for good", now["Gone"])
	require.NotContains(t, now["p95"], "there is")
	before := reasons(run(series("x.org/a.X", "t", "ms", 1)), run(series("X", "t", "ms", 1)))
	require.Contains(t, before["x.org/a.X"], "there is X, and nothing tells")
}
