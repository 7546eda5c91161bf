package gate

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestGlob(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"a/1.txt", "a/2.txt", "b/1.txt", "b/1.json", "c.txt", "d/.e/1.txt", "[f]/1.txt"} {
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(t, os.WriteFile(name, nil, 0o644))
	}
	folder, err := os.Getwd()
	require.NoError(t, err)
	for _, pattern := range []string{
		"*.txt", "*", "a/*", "*/1.txt", "*/*.txt", "?/[12].txt", "*/", "./a/*.txt", "none/*.txt", "c.txt/*", "d/*/*.txt", `\[f]/*`, "*/*/*", folder + "/*/2*",
	} {
		want, err := filepath.Glob(pattern)
		require.NoError(t, err)
		got, err := glob(pattern)
		require.NoError(t, err)
		require.Equal(t, want, got, pattern)
	}
	var usage *UsageError
	for _, pattern := range []string{"[", "[/*.txt", "*/["} {
		_, err := glob(pattern)
		require.ErrorAs(t, err, &usage, pattern)
	}
}
