package regress

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// LoadBaseline reads the baseline file at path. A file that is not there is
// fs.ErrNotExist; one that cannot be trusted is an error that names each problem
// with its line.
func LoadBaseline(path string) (*Baseline, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("opening baseline: %w", err)
	}
	defer f.Close()
	b, err := ReadBaseline(f, path)
	if err != nil {
		return nil, fmt.Errorf("reading baseline: %w\nthe file was left as it is: mend it, restore it from version control, or delete it and record a new one", err)
	}
	return b, nil
}

// Save replaces the file at path with the baseline, atomically: whoever reads
// the path, at any moment and after any crash, finds the whole old or the whole
// new file. The folder must exist; a symbolic link is followed.
func (b *Baseline) Save(path string) error {
	if err := b.Validate(); err != nil {
		return fmt.Errorf("saving baseline: %w", err)
	}
	var text bytes.Buffer
	if _, err := b.WriteTo(&text); err != nil {
		return fmt.Errorf("saving baseline: %w", err)
	}
	if err := replaceFile(path, text.Bytes()); err != nil {
		return fmt.Errorf("saving baseline: %w", err)
	}
	return nil
}

// replaceFile writes a temporary file in the same folder, brings it to the disk,
// renames it over the target and brings the folder to the disk. An error before
// the rename leaves the target alone and no temporary file behind.
func replaceFile(path string, data []byte) (err error) {
	target, err := filepath.EvalSymlinks(path)
	if errors.Is(err, fs.ErrNotExist) {
		target = path
	} else if err != nil {
		return err
	}
	mode := fs.FileMode(0o644)
	if info, err := os.Stat(target); err == nil {
		mode = info.Mode().Perm()
	}
	folder := filepath.Dir(target)
	temp, err := os.CreateTemp(folder, "."+filepath.Base(target)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			temp.Close()
			os.Remove(temp.Name())
		}
	}()
	if _, err := temp.Write(data); err != nil {
		return err
	}
	if err := temp.Chmod(mode); err != nil {
		return err
	}
	if err := temp.Sync(); err != nil {
		return err
	}
	if err := temp.Close(); err != nil {
		return err
	}
	if err := os.Rename(temp.Name(), target); err != nil {
		return err
	}
	// The new file is in place. If the folder cannot be synced, a crash may bring
	// back the old file, whole; some file systems refuse to sync folders at all.
	if dir, err := os.Open(folder); err == nil {
		_ = dir.Sync()
		dir.Close()
	}
	return nil
}

// ModifyBaseline loads the baseline at path (nil where the file does not exist),
// lets change make a new one of it, and saves that, while no other
// ModifyBaseline of the same folder runs: none of several updates at once is
// lost. Where change returns nil or an error, nothing is written.
func ModifyBaseline(path string, change func(*Baseline) (*Baseline, error)) error {
	unlock, err := lockFolder(filepath.Dir(path))
	if err != nil {
		return fmt.Errorf("locking the folder of %s: %w", path, err)
	}
	defer unlock()
	old, err := LoadBaseline(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	changed, err := change(old)
	if err != nil || changed == nil {
		return err
	}
	return changed.Save(path)
}
