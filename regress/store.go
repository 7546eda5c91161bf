package regress

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/org/regress-gate/regress/internal/replace"
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
// new file. The folder must exist; a symbolic link is followed. Save waits for a
// ModifyBaseline of the same folder, so that its change must not call Save.
func (b *Baseline) Save(path string) error {
	target, unlock, err := lock(path)
	if err != nil {
		return fmt.Errorf("saving baseline: %w", err)
	}
	defer unlock()
	return b.save(target)
}

func (b *Baseline) save(target string) error {
	if err := b.Validate(); err != nil {
		return fmt.Errorf("saving baseline: %w", err)
	}
	var text bytes.Buffer
	if _, err := b.WriteTo(&text); err != nil {
		return fmt.Errorf("saving baseline: %w", err)
	}
	if err := replace.File(target, text.Bytes()); err != nil {
		return fmt.Errorf("saving baseline: %w", err)
	}
	return nil
}

// ModifyBaseline loads the baseline at path (nil where the file does not exist),
// lets change make a new one of it, and saves that, while no other
// ModifyBaseline of the same folder runs: none of several updates at once is
// lost. Where change returns nil or an error, nothing is written. What a killed
// one has left beside the file is removed.
func ModifyBaseline(path string, change func(*Baseline) (*Baseline, error)) error {
	target, unlock, err := lock(path)
	if err != nil {
		return err
	}
	defer unlock()
	replace.Sweep(target)
	old, err := LoadBaseline(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	changed, err := change(old)
	if err != nil || changed == nil {
		return err
	}
	return changed.save(target)
}

// lock holds the folder of the file locked that path means.
func lock(path string) (target string, unlock func(), err error) {
	if target, err = replace.Target(path); err == nil {
		unlock, err = lockFolder(filepath.Dir(target))
	}
	if err != nil {
		return "", nil, fmt.Errorf("locking the folder of %s: %w", path, err)
	}
	return target, unlock, nil
}
