package measure

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// What a killed process left is removed by the next one, and what a living one
// holds is not.
func TestPrune(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	living, err := newScratch()
	require.NoError(t, err)
	dead, err := newScratch()
	require.NoError(t, err)
	require.NoError(t, os.Mkdir(filepath.Join(dead.folder, "read-only"), 0o500))
	dead.lock.Close()                           // as the system does for one that is killed
	empty, err := os.MkdirTemp("", scratchName) // killed before it had a lock
	require.NoError(t, err)
	folder, remove, err := TempFolder()
	require.NoError(t, err)
	require.DirExists(t, living.folder)
	require.NoDirExists(t, dead.folder)
	require.NoDirExists(t, empty)
	require.NoError(t, remove())
	require.NoDirExists(t, folder)
	require.NoError(t, living.close())
}

// Processes that start at the same moment remove nothing that another one has.
func TestPruneWhileOthersStart(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 100 {
				s, err := newScratch()
				if err != nil {
					t.Error(err)
					return
				}
				prune()
				if err := os.WriteFile(filepath.Join(s.folder, "program"), nil, 0o600); err != nil {
					t.Errorf("a folder that is held was removed: %v", err)
				}
				if err := s.close(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	left, err := filepath.Glob(filepath.Join(os.TempDir(), "*"))
	require.NoError(t, err)
	require.Empty(t, left)
}
