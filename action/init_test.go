package action

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/org/regress-gate/regress/gate"
	"github.com/org/regress-gate/regress/gate/scaffold"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v4"
)

// initialised returns the files that init writes for a Go module, and the inputs
// that its workflow gives to the action in a job.
func initialised(t *testing.T, job string) (files, with map[string]string) {
	t.Helper()
	root := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":    "module example.com/demo\n\ngo 1.26\n",
		"a_test.go": "package demo\n\nimport \"testing\"\n\nfunc BenchmarkEncode(b *testing.B) {}\n",
	} {
		require.NoError(t, os.WriteFile(filepath.Join(root, name), []byte(text), 0o644))
	}
	plan, err := scaffold.Make(context.Background(), scaffold.Options{Folder: root, Now: time.Now})
	require.NoError(t, err)
	files = map[string]string{}
	for _, f := range plan.Files {
		files[f.Path] = string(f.Text)
	}
	var workflow struct {
		Jobs map[string]struct {
			Steps []struct {
				Uses string
				With map[string]string
			}
		}
	}
	require.NoError(t, yaml.Unmarshal([]byte(files[".github/workflows/performance.yml"]), &workflow))
	for _, s := range workflow.Jobs[job].Steps {
		if strings.HasPrefix(s.Uses, "org/regress-gate@") {
			return files, s.With
		}
	}
	t.Fatalf("no step of the job %s uses the action", job)
	return nil, nil
}

// The workflow of init from the merge that brings it to the second pull request.
func TestInit(t *testing.T) {
	files, update := initialised(t, "update")
	_, check := initialised(t, "gate")
	const run = "performance-runs/go.txt"
	g := newGitHub(t, files, map[string]string{run: goBench("Encode", 1000, 3)})

	g.again(t, gate.CouldNotJudge, check)
	assert.Contains(t, g.log, "the baseline has to be there first", "a pull request that comes before the baseline is told so")

	g.onPush(t, "main", "merged")
	g.again(t, gate.Open, update)
	require.Len(t, g.commits("main"), 2, "the first run on main makes the baseline")

	g.onPull(t, nil)
	g.again(t, gate.Open, check)
	assert.Equal(t, "open", g.outputs["verdict"])
	assert.NotEqual(t, "0", g.outputs["compared"])

	require.NoError(t, os.WriteFile(filepath.Join(g.workspace, run), []byte(goBench("Encode", 3000, 4)), 0o644))
	g.again(t, gate.Regressed, check)

	other := strings.ReplaceAll(goBench("Encode", 3000, 3), "Example CPU", "Other CPU")
	require.NoError(t, os.WriteFile(filepath.Join(g.workspace, run), []byte(other), 0o644))
	g.again(t, gate.Open, check) // a runner of another kind: its allocations are compared, its timings are not
	g.onPush(t, "main", "another")
	g.again(t, gate.Open, update)
	assert.Len(t, g.commits("main"), 3, "and it gets a baseline of its own")
}
