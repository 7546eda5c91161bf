//go:build unix

package measure

import (
	"errors"
	"os"
	"syscall"
)

// tryLock locks the file until it is closed, however the process ends; false where
// another one holds it.
func tryLock(f *os.File) (bool, error) {
	err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return false, nil
	}
	return err == nil, err
}
