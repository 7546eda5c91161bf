package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// inANewcomersRepository runs every line, as a shell does, in a repository that
// github-action-benchmark has served: its history, data.js, is on the branch
// gh-pages. The numbers are those of baselines/: data.js tells of the twelve runs
// of baseline.json what the action would have stored of them.
func inANewcomersRepository(t *testing.T) terminal {
	folder := t.TempDir()
	put := func(name string, text []byte) {
		name = filepath.Join(folder, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(t, os.WriteFile(name, text, 0o644))
	}
	for name, source := range map[string]string{
		"dev/bench/data.js": "cmd/regress-gate/testdata/migrating/data.js",
		"bench.txt":         "cmd/regress-gate/testdata/migrating/bench.txt",
		"slower.txt":        "cmd/regress-gate/testdata/migrating/slower.txt",
		"old.txt":           "baselines/unchanged.txt",
		"new.txt":           "baselines/slower.txt",
		"results.json":      "regress/parse/testdata/bmf/report.handmade.json",
	} {
		text, err := os.ReadFile(source)
		require.NoError(t, err)
		put(name, text)
	}
	put("go.mod", []byte("module example.com/shop\n\ngo 1.24\n"))
	put("cart_test.go", []byte("package shop\n\nimport \"testing\"\n\nfunc BenchmarkCart(b *testing.B) {\n\tfor b.Loop() {\n\t}\n}\n"))
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	t.Setenv("GIT_CONFIG_SYSTEM", os.DevNull)
	typed := func(line string) (string, int, bool) {
		line = strings.TrimPrefix(line, "$ ")
		if _, err := exec.LookPath(strings.Fields(line)[0]); err != nil {
			return "", 0, false
		}
		status, stdout, stderr := shell(t, folder, line)
		return stderr + stdout, status, true
	}
	for _, line := range []string{
		"git init -q -b gh-pages",
		"git add dev",
		"git -c user.name=ci -c user.email=ci@example.com commit -q -m benchmarks",
		"git checkout -q -b main",
		"git rm -rq dev",
	} {
		out, status, ok := typed(line)
		require.True(t, ok && status == 0, "%s: %s", line, out)
	}
	return typed
}
