//go:build unix

package regress

import (
	"errors"
	"os"
	"syscall"
)

// lockFolder holds the folder itself locked: the lock leaves no file behind and
// ends with the process, however it ends.
func lockFolder(folder string) (unlock func(), err error) {
	dir, err := os.Open(folder)
	if err != nil {
		return nil, err
	}
	for {
		err = syscall.Flock(int(dir.Fd()), syscall.LOCK_EX)
		if !errors.Is(err, syscall.EINTR) {
			break
		}
	}
	if err != nil {
		dir.Close()
		return nil, err
	}
	return func() { dir.Close() }, nil
}
