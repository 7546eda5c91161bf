package measure

import (
	"fmt"
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

// newScratch makes the folder, and removes those that dead processes left.
func newScratch() (*scratch, error) {
	prune()
	folder, err := os.MkdirTemp("", scratchName)
	if err != nil {
		return nil, fmt.Errorf("making a temporary folder: %w", err)
	}
	s := &scratch{folder: folder}
	if s.lock, err = os.Create(filepath.Join(folder, "lock")); err == nil {
		var held bool
		if held, err = tryLock(s.lock); err == nil && !held {
			err = fmt.Errorf("%s is locked by another process", folder)
		}
	}
	if err != nil {
		s.close()
		return nil, fmt.Errorf("making a temporary folder: %w", err)
	}
	return s, nil
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
	if s.lock != nil {
		s.lock.Close()
	}
	return err
}

// prune removes the folders of processes that are gone. One that is being made has
// no lock yet, and is left alone.
func prune() {
	folders, _ := filepath.Glob(filepath.Join(os.TempDir(), scratchName+"*"))
	for _, folder := range folders {
		lock, err := os.OpenFile(filepath.Join(folder, "lock"), os.O_RDWR, 0)
		if err != nil {
			continue
		}
		if free, err := tryLock(lock); err == nil && free {
			_ = removeAll(folder) // what cannot be removed is left for the next time
		}
		lock.Close()
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
