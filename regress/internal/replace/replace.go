// Package replace writes files whole: whoever reads one, at any moment and after
// any crash, finds the old or the new content.
package replace

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// File writes a temporary file in the same folder, brings it to the disk, renames it
// over the target and brings the folder to the disk. An error leaves the target
// alone; a process that is killed may leave the temporary file, .NAME.*.tmp. A
// symbolic link is followed, and what is no file, such as a pipe or /dev/stdout, is
// written to. A file that was there keeps its mode.
func File(path string, data []byte) (err error) {
	target, err := Target(path)
	if err != nil {
		return err
	}
	mode := fs.FileMode(0o644)
	info, err := os.Stat(target)
	switch {
	case err == nil && !info.Mode().IsRegular():
		return os.WriteFile(target, data, mode)
	case err == nil:
		mode = info.Mode().Perm()
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	name := prefix(target) + rand.Text() + suffix
	temp, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			temp.Close()
			os.Remove(name)
		}
	}()
	if _, err := temp.Write(data); err != nil {
		return err
	}
	if info != nil { // what the umask took away
		if err := temp.Chmod(mode); err != nil {
			return err
		}
	}
	if err := temp.Sync(); err != nil {
		return err
	}
	if err := temp.Close(); err != nil {
		return err
	}
	if err := os.Rename(name, target); err != nil {
		return err
	}
	// The new file is in place. If the folder cannot be synced, a crash may bring
	// back the old file, whole; some file systems refuse to sync folders at all.
	if dir, err := os.Open(filepath.Dir(target)); err == nil {
		_ = dir.Sync()
		dir.Close()
	}
	return nil
}

// Target is the file that a path means, links followed.
func Target(path string) (string, error) {
	target, err := filepath.EvalSymlinks(path)
	if errors.Is(err, fs.ErrNotExist) {
		return path, nil
	}
	return target, err
}

// Sweep removes the temporary files that killed processes left beside the target,
// those that it can: they do no harm. Nobody may be writing the target meanwhile.
func Sweep(target string) {
	folder, prefix := filepath.Split(prefix(target))
	entries, _ := os.ReadDir(filepath.Dir(target))
	for _, e := range entries {
		random, ours := strings.CutPrefix(e.Name(), prefix)
		random, temporary := strings.CutSuffix(random, suffix)
		if ours && temporary && len(random) == randomLength && e.Type().IsRegular() {
			_ = os.Remove(filepath.Join(folder, e.Name()))
		}
	}
}

// The name of a temporary file: its random part is rand.Text.
const (
	suffix       = ".tmp"
	randomLength = 26
)

func prefix(target string) string {
	return filepath.Join(filepath.Dir(target), "."+filepath.Base(target)+".")
}
