package replace

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func write(t *testing.T, path, text string, mode fs.FileMode) {
	require.NoError(t, os.WriteFile(path, []byte(text), mode))
	require.NoError(t, os.Chmod(path, mode))
}

func list(t *testing.T, folder string) (names []string) {
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestFile(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "b")
	write(t, path, "old", 0o660)
	hard := filepath.Join(folder, "hard")
	require.NoError(t, os.Link(path, hard))
	soft := filepath.Join(folder, "soft")
	require.NoError(t, os.Symlink("b", soft))

	require.NoError(t, File(soft, []byte("new")))
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "new", string(text), "a link is followed")
	text, err = os.ReadFile(hard)
	require.NoError(t, err)
	require.Equal(t, "old", string(text), "the old file was never written to")
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, fs.FileMode(0o660), info.Mode().Perm(), "the mode stays, whatever the umask")
	require.NoError(t, File(filepath.Join(folder, "c"), nil))
	require.Equal(t, []string{"b", "c", "hard", "soft"}, list(t, folder))

	require.Error(t, File(folder, nil), "a folder is no file")
	require.ErrorIs(t, File(filepath.Join(folder, "none", "b"), nil), fs.ErrNotExist)
	require.NoError(t, File(os.DevNull, []byte("text")), "what is no file is written to")
	info, err = os.Stat(os.DevNull)
	require.NoError(t, err)
	require.False(t, info.Mode().IsRegular())
}

func TestSweep(t *testing.T) {
	folder := t.TempDir()
	random := strings.Repeat("A", randomLength)
	keep := []string{".b." + random, ".b.backup.tmp", ".b2." + random + ".tmp", "b", "b." + random + ".tmp"}
	for _, name := range append(keep, ".b."+random+".tmp") {
		write(t, filepath.Join(folder, name), "", 0o600)
	}
	Sweep(filepath.Join(folder, "b"))
	require.ElementsMatch(t, keep, list(t, folder), "the temporary file of b alone")
	Sweep(filepath.Join(folder, "none", "b"))
}
