package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestReplaceMeasured(t *testing.T) {
	path := filepath.Join(t.TempDir(), "README.md")
	const head, tail = "# A\n<!-- generated: x -->\n1\n<!-- end -->\n", "\n## B\n<!-- generated: y -->\n2\n<!-- end -->\n"
	require.NoError(t, os.WriteFile(path, []byte(head+beginMark+"old\n"+endMark+tail), 0o640))
	require.NoError(t, checkMarkers(path))
	require.NoError(t, replaceMeasured(path, "new\n"))
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, head+beginMark+"new\n"+endMark+tail, string(text))
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o640), info.Mode().Perm())
}

func TestReplaceMeasuredNeedsBothMarkers(t *testing.T) {
	for why, text := range map[string]string{
		"no markers at all":                    "# A\n",
		"the end is missing":                   "# A\n" + beginMark + "old\n",
		"the end belongs to what stood before": "<!-- end -->\n" + beginMark + "old\n",
	} {
		folder := t.TempDir()
		path := filepath.Join(folder, "README.md")
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
		require.ErrorContains(t, replaceMeasured(path, "new\n"), "no measured part", why)
		left, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, text, string(left), why)
		files, err := os.ReadDir(folder)
		require.NoError(t, err)
		require.Len(t, files, 1, "%s: nothing else is left behind", why)
	}
	require.ErrorIs(t, checkMarkers(filepath.Join(t.TempDir(), "absent")), os.ErrNotExist)
}
