//go:build !unix

package measure

import "os"

// tryLock takes a folder for its own; those of killed processes stay, since
// nothing tells them from living ones.
func tryLock(f *os.File) (bool, error) {
	info, err := f.Stat()
	if err != nil || info.Size() > 0 {
		return false, err
	}
	_, err = f.WriteString("held\n")
	return err == nil, err
}
