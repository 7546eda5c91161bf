package measure

import (
	"context"
	"fmt"
	"os/exec"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestOnly(t *testing.T) {
	base := &Task{Args: []string{"base.test", "-test.bench=."}}
	p := Pair{Name: "p", Base: base, Head: &Task{Args: []string{"head.test", "-test.bench=.", "-test.benchmem"}}}
	got := p.Only([]string{"Encode/small-8", "Sort-8", "Size/n=1.5/x", "Sort-8"})
	pattern := `-test.bench=^BenchmarkEncode$/^small(-8)?$|^BenchmarkSize$/^n=1\.5$/^x$|^BenchmarkSort(-8)?$`
	require.Equal(t, []string{"head.test", pattern, "-test.benchmem"}, got.Head.Args)
	require.Equal(t, []string{"base.test", pattern}, got.Base.Args)
	require.Equal(t, "-test.bench=.", p.Head.Args[1], "the pair itself is not changed")
	require.Nil(t, Pair{Head: base}.Only([]string{"X"}).Base)

	var many []string
	for i := range 3000 {
		many = append(many, fmt.Sprintf("Benchmark/n=%d", i))
	}
	require.Equal(t, "-test.bench=.", p.Only(many).Head.Args[1], "no command line is that long")
}

// Each is run once, whatever its depth, and nothing else: the looks at an experiment
// are at fixed numbers of samples. It can be narrowed again.
func TestOnlyRunsEachOnce(t *testing.T) {
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("go is not installed")
	}
	dir := t.TempDir()
	write(t, dir, "go.mod", "module example.com/m\n\ngo 1.24\n")
	write(t, dir, "a_test.go", `package m

import "testing"

func nothing(*testing.B) {}

func BenchmarkFlat(b *testing.B)  {}
func BenchmarkFlat2(b *testing.B) {}
func BenchmarkTree(b *testing.B) {
	b.Run("x", nothing)
	b.Run("x y", nothing)
	b.Run("y", func(b *testing.B) { b.Run("x", nothing); b.Run("n=1.5|2", nothing) })
}
func BenchmarkOther(b *testing.B) { b.Run("x", nothing); b.Run("y", func(b *testing.B) { b.Run("x", nothing) }) }
`)
	pairs, err := GoBench{Time: "1x"}.GoBenches(context.Background(), dir, nil, t.TempDir())
	require.NoError(t, err)
	require.Len(t, pairs, 1)
	line := regexp.MustCompile(`(?m)^Benchmark\S+?(-\d+)?\s`)
	for _, names := range [][]string{
		{"Flat", "Tree/x", "Tree/x_y", "Tree/y/n=1.5|2", "Other/y/x"},
		{"Flat", "Tree/y/n=1.5|2"},
	} {
		pairs[0] = pairs[0].Only(names)
		samples, err := (&Experiment{}).Round(context.Background(), pairs)
		require.NoError(t, err)
		var ran []string
		for _, found := range line.FindAllString(string(samples[0].Head[0].Output), -1) {
			name, _ := cutProcs(found[len("Benchmark") : len(found)-1])
			ran = append(ran, name)
		}
		require.ElementsMatch(t, names, ran)
	}
}
