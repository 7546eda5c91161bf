package gate

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// glob is filepath.Glob but for one thing: a folder that cannot be read is an error
// and not an empty one, or else a run of fewer files would be judged.
func glob(pattern string) ([]string, error) {
	if _, err := filepath.Match(pattern, ""); err != nil {
		return nil, Usagef("glob %q: %w", pattern, err)
	}
	folders := []string{filepath.Dir(pattern)}
	prefix, name := filepath.Split(pattern)
	if strings.ContainsAny(prefix, "*?[") {
		var err error
		if folders, err = glob(filepath.Dir(pattern)); err != nil {
			return nil, err
		}
	}
	var found []string
	for _, folder := range folders {
		if info, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) || err == nil && !info.IsDir() {
			continue
		}
		entries, err := os.ReadDir(folder)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			if ok, _ := filepath.Match(name, e.Name()); ok {
				found = append(found, filepath.Join(folder, e.Name()))
			}
		}
	}
	return found, nil
}
