package profile

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

func folded(t *testing.T, stacks map[string]int) *Profile {
	t.Helper()
	var text strings.Builder
	for stack, n := range stacks {
		fmt.Fprintf(&text, "%s %d\n", stack, n)
	}
	p, err := ReadFolded(strings.NewReader(text.String()))
	require.NoError(t, err)
	return p
}

func TestCulprit(t *testing.T) {
	base := map[string]int{"main;encode;copy": 601, "main;encode;checksum": 53, "main;encode": 147, "main;decode": 199}
	grown := map[string]int{"main;encode;copy": 601, "main;encode;checksum;mix": 300, "main;encode;checksum": 153, "main;encode": 147, "main;decode": 199}
	spread := map[string]int{"main;encode;copy": 841, "main;encode;checksum": 74, "main;encode": 206, "main;decode": 279}
	own := map[string]int{"main": 400, "main;encode;copy": 601, "main;encode;checksum": 53, "main;encode": 147, "main;decode": 199}
	for _, c := range []struct {
		why       string
		head      map[string]int
		change    float64
		want      string
		explained float64
	}{
		{"one function and what it calls", grown, 0.4, "checksum", 1},
		{"the same, and how much slower it is is not known", grown, math.NaN(), "checksum", math.NaN()},
		{"half of the loss is elsewhere", grown, 0.8, "", 0},
		{"everything is as much slower: no function is the cause", spread, 0.4, "", 0},
		{"nothing changed", base, 0, "", 0},
		{"what everything runs in became slower itself", own, 0.4, "main", 1},
	} {
		b, h := folded(t, base), folded(t, c.head)
		got, explained, ok := Culprit(Growth(b.Costs(0), h.Costs(0)), c.change, b.Samples(0), h.Samples(0))
		require.Equal(t, c.want != "", ok, c.why)
		require.Equal(t, c.want, got.Function, c.why)
		if ok && !math.IsNaN(c.explained) {
			require.InDelta(t, c.explained, explained, 0.01, c.why)
		}
	}
}

func TestDiff(t *testing.T) {
	base := folded(t, map[string]int{"a;b": 60, "a;c": 39, "d": 1})
	head := folded(t, map[string]int{"a;b": 30, "a;e": 60, "d": 10})
	want := []Node{
		{"a", 0, 0.99, 0.9}, {"e", 1, 0, 0.6}, {"b", 1, 0.6, 0.3}, {"c", 1, 0.39, 0}, {"d", 0, 0.01, 0.1},
	}
	near := cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) < 1e-12 })
	require.Empty(t, cmp.Diff(want, Diff(base, head, 0, 0, 0.005, 100), near))
	require.Empty(t, cmp.Diff(want[:4], Diff(base, head, 0, 0, 0.2, 100), near))
	require.Empty(t, cmp.Diff(want[:3], Diff(base, head, 0, 0, 0.005, 3), near), "the smallest go first")

	deep := folded(t, map[string]int{strings.Repeat("f;", 1000) + "f": 1})
	require.Len(t, Diff(deep, deep, 0, 0, 0, 5000), maxDepth)
}
