//go:build !unix

package regress

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// lockFolder creates a lock file that only one process can create. It does not
// wait, and a killed process leaves it behind: the error says so.
func lockFolder(folder string) (unlock func(), err error) {
	path := filepath.Join(folder, ".regress-gate.lock")
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("another update is running, or was killed: if none runs, delete %s", path)
	}
	if err != nil {
		return nil, err
	}
	return func() { f.Close(); os.Remove(path) }, nil
}
