package measure

import (
	"context"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestGoBenches(t *testing.T) {
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("go is not installed")
	}
	dir := repository(t)
	write(t, dir, "go.mod", "module example.com/m\n\ngo 1.24\n")
	write(t, dir, "both/a_test.go", "package both\n\nimport \"testing\"\n\nfunc BenchmarkA(b *testing.B) { for b.Loop() {} }\nfunc BenchmarkOther(b *testing.B) {}\n")
	write(t, dir, "gone/a_test.go", "package gone\n\nimport \"testing\"\n\nfunc BenchmarkA(b *testing.B) { for b.Loop() {} }\n")
	write(t, dir, "none/a_test.go", "package none\n\nimport \"testing\"\n\nfunc TestBenchmarkA(t *testing.T) {}\n")
	git(t, dir, "add", "-A")
	git(t, dir, "commit", "-q", "-m", "benchmarks")
	git(t, dir, "rm", "-q", "gone/a_test.go")
	write(t, dir, "fresh/a_test.go", "package fresh\n\nimport \"testing\"\n\nfunc BenchmarkA(b *testing.B) { for b.Loop() {} }\n")

	c, err := NewCheckout(context.Background(), dir, "HEAD")
	require.NoError(t, err)
	defer c.Close()
	pairs, err := GoBench{Bench: "A$", Time: "1x"}.GoBenches(context.Background(), dir, c, c.Temp())
	require.NoError(t, err)
	require.Len(t, pairs, 3)
	require.Equal(t, "example.com/m/both", pairs[0].Name)
	require.Equal(t, filepath.Join(c.Root, "both"), pairs[0].Base.Dir, "each side runs among its own files")
	require.Equal(t, "example.com/m/fresh", pairs[1].Name, "an untracked package is part of the working tree")
	require.Nil(t, pairs[1].Base)
	require.Equal(t, "example.com/m/gone", pairs[2].Name, "what the head lacks is measured all the same, to be missing")
	require.Nil(t, pairs[2].Head)
	samples, err := (&Experiment{}).Round(context.Background(), pairs)
	require.NoError(t, err)
	require.Contains(t, string(samples[0].Head[0].Output), "BenchmarkA")
	require.NotContains(t, string(samples[0].Head[0].Output), "BenchmarkOther")
	require.Contains(t, string(samples[2].Base[0].Output), "BenchmarkA")
	require.Empty(t, samples[2].Head)

	_, err = GoBench{Bench: "Nothing"}.GoBenches(context.Background(), dir, nil, t.TempDir())
	require.ErrorIs(t, err, ErrNoBenchmarks)
	_, err = GoBench{Packages: []string{"./both", "./typo"}}.GoBenches(context.Background(), dir, nil, t.TempDir())
	require.ErrorContains(t, err, "typo", "a package that is named and is not there")
	write(t, dir, "both/a_test.go", "package both\n\nfunc broken( {\n")
	_, err = GoBench{}.GoBenches(context.Background(), dir, nil, t.TempDir())
	require.ErrorContains(t, err, "compiling the tests of example.com/m/both")
	require.ErrorContains(t, err, "a_test.go:3")
}

// The functions that a pattern selects are those that package testing selects.
func TestTopLevel(t *testing.T) {
	for pattern, top := range map[string]string{
		"":              "(?:.)",
		"A":             "(?:A)",
		"A/x":           "(?:A)",
		"A/x/y|B":       "(?:A)|(?:B)", // the alternative is to A/x/y, not to x
		"A|B/y|C":       "(?:A)|(?:B)|(?:C)",
		"(A|B)/x":       "(?:(A|B))",
		"A(/|x)/y":      "(?:A(/|x))",
		"[/|]A/x":       "(?:[/|]A)",
		`A\|B/x|C\/D/y`: `(?:A\|B)|(?:C\/D)`,
		"]A/x|B":        "(?:]A)|(?:B)",
		"[(]A/x|B":      "(?:[(]A)|(?:B)",
		"/x":            "(?:)",
	} {
		require.Equal(t, top, GoBench{Bench: pattern}.topLevel(), "%q", pattern)
	}
}

// A benchmark behind a bar is measured, beside one that is named with its parts.
func TestBenchAlternatives(t *testing.T) {
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("go is not installed")
	}
	dir := t.TempDir()
	write(t, dir, "go.mod", "module example.com/m\n\ngo 1.24\n")
	write(t, dir, "a/a_test.go", "package a\n\nimport \"testing\"\n\nfunc BenchmarkA(b *testing.B) { b.Run(\"x\", func(b *testing.B) {}); b.Run(\"y\", func(b *testing.B) {}) }\n")
	write(t, dir, "b/b_test.go", "package b\n\nimport \"testing\"\n\nfunc BenchmarkZ(b *testing.B) {}\n")
	pairs, err := GoBench{Bench: "A/x|Z", Time: "1x"}.GoBenches(context.Background(), dir, nil, t.TempDir())
	require.NoError(t, err)
	require.Len(t, pairs, 2)
	samples, err := (&Experiment{}).Round(context.Background(), pairs)
	require.NoError(t, err)
	require.Contains(t, string(samples[0].Head[0].Output), "BenchmarkA/x")
	require.NotContains(t, string(samples[0].Head[0].Output), "BenchmarkA/y")
	require.Contains(t, string(samples[1].Head[0].Output), "BenchmarkZ")
}
