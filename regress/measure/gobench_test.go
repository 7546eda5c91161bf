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
	pairs, only, err := GoBench{Bench: "A$", Time: "1x"}.GoBenches(context.Background(), dir, c, c.Temp())
	require.NoError(t, err)
	require.Len(t, pairs, 1)
	require.Equal(t, "example.com/m/both", pairs[0].Name)
	require.Equal(t, []string{"example.com/m/fresh has such benchmarks only in the head", "example.com/m/gone has such benchmarks only in the base"}, only,
		"an untracked package is part of the working tree")
	require.Equal(t, filepath.Join(c.Root, "both"), pairs[0].Base.Dir, "each side runs among its own files")
	samples, err := (&Experiment{}).Round(context.Background(), pairs)
	require.NoError(t, err)
	require.Contains(t, string(samples[0].Head[0].Output), "BenchmarkA")
	require.NotContains(t, string(samples[0].Head[0].Output), "BenchmarkOther")

	_, _, err = GoBench{Bench: "Nothing"}.GoBenches(context.Background(), dir, nil, t.TempDir())
	require.ErrorContains(t, err, "no benchmark matches in any of the packages")
	write(t, dir, "both/a_test.go", "package both\n\nfunc broken( {\n")
	_, _, err = GoBench{}.GoBenches(context.Background(), dir, nil, t.TempDir())
	require.ErrorContains(t, err, "compiling the tests of example.com/m/both")
	require.ErrorContains(t, err, "a_test.go:3")
}
