package measure

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// scratch is a temporary folder that is held locked while its process lives, so
// that one which was killed can be told from one that works, and be removed.
type scratch struct {
	folder string
	lock   *os.File
}

const scratchName = "regress-gate-run-"

// newScratch makes the folder, and removes those that dead processes left. Another
// process may take it for such a one before it is locked: then it makes another.
func newScratch() (*scratch, error) {
	prune()
	const tries = 100
	for range tries {
		folder, err := os.MkdirTemp("", scratchName)
		if err != nil {
			return nil, fmt.Errorf("making a temporary folder: %w", err)
		}
		lock, err := hold(folder, os.O_CREATE)
		if lock != nil {
			return &scratch{folder, lock}, nil
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			_ = removeAll(folder)
			return nil, fmt.Errorf("making a temporary folder: %w", err)
		}
	}
	return nil, fmt.Errorf("making a temporary folder: others removed each of %d at once", tries)
}

// hold locks the folder, and returns the lock; nil where another process holds it or
// has removed it meanwhile.
func hold(folder string, flag int) (*os.File, error) {
	lock, err := os.OpenFile(filepath.Join(folder, "lock"), os.O_RDWR|flag, 0o600)
	if err != nil {
		return nil, err
	}
	held, err := tryLock(lock)
	if held {
		mine, errMine := lock.Stat()
		there, errThere := os.Stat(lock.Name())
		if errMine == nil && errThere == nil && os.SameFile(mine, there) {
			return lock, nil
		}
	}
	lock.Close()
	return nil, err
}

// TempFolder returns a folder for programs and the like, and what removes it.
func TempFolder() (folder string, remove func() error, err error) {
	s, err := newScratch()
	if err != nil {
		return "", nil, err
	}
	return s.folder, s.close, nil
}

func (s *scratch) close() error {
	err := removeAll(s.folder)
	s.lock.Close()
	return err
}

// prune removes the folders of processes that are gone: of those that nobody holds,
// and the empty ones, of which somebody may be about to make use and will not mind.
func prune() {
	folders, _ := filepath.Glob(filepath.Join(os.TempDir(), scratchName+"*"))
	for _, folder := range folders {
		if os.Remove(folder) == nil {
			continue
		}
		if lock, _ := hold(folder, 0); lock != nil {
			_ = removeAll(folder) // what cannot be removed is left for the next time
			lock.Close()
		}
	}
}

// removeAll removes folders without write permission too, as a commit may hold.
func removeAll(folder string) error {
	err := os.RemoveAll(folder)
	if err == nil {
		return nil
	}
	_ = filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			_ = os.Chmod(path, 0o700)
		}
		return nil
	})
	return os.RemoveAll(folder)
}
