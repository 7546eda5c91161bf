package gate

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/org/regress-gate/regress"
	"github.com/stretchr/testify/require"
)

// testdata/real holds output of `go test -bench` of three packages, ten
// processes each, measured in turns on a noisy virtual machine: base, again (the
// same code), and slow, with a slow-down made in the code:
//
//	strings  Fields and ToUpper read their argument once more
//	sort     Sort is a heap sort
//	uuid     (github.com/google/uuid 1.6.0) String formats with fmt.Sprintf
func TestRealPackages(t *testing.T) {
	for _, c := range []struct {
		pkg       string
		slow      []string // the benchmarks that the slow-down is in, by their beginning
		unrelated []string // what else moved: see the comment
	}{
		// A rebuilt package is laid out anew in memory; TrimSpace, of four
		// nanoseconds, really takes five in that binary.
		{"strings", []string{"Fields/", "ToUpper/"}, []string{"TrimSpace/ASCII-2"}},
		{"sort", []string{"Sort1e2-2", "SortStructs-2"}, nil},
		{"uuid", []string{"UUID_String-2", "UUIDs_Strings-2"}, nil},
	} {
		path := func(name string) Input {
			return Input{Paths: []string{filepath.Join("testdata", "real", c.pkg+"."+name+".txt")}}
		}
		again, err := Compare(Judgement{Now: time.Now}, path("base"), path("again"))
		require.NoError(t, err)
		require.NoError(t, again.Err(), "%s: the same code opens the gate", c.pkg)
		require.Zero(t, again.Count().Improvement, "%s: nor is it better", c.pkg)

		slow, err := Compare(Judgement{Now: time.Now}, path("base"), path("slow"))
		require.NoError(t, err)
		require.ErrorIs(t, slow.Err(), regress.ErrRegressed, c.pkg)
		found := map[string]bool{}
		for _, r := range slow.WorstFirst(regress.Regressed) {
			i := slices.IndexFunc(c.slow, func(prefix string) bool { return strings.HasPrefix(r.Benchmark, prefix) })
			if i < 0 {
				require.Contains(t, c.unrelated, r.Benchmark, c.pkg)
				continue
			}
			found[c.slow[i]] = true
		}
		want := map[string]bool{}
		for _, s := range c.slow {
			want[s] = true
		}
		require.Empty(t, cmp.Diff(want, found), "%s: each slow-down is named", c.pkg)
	}
}
