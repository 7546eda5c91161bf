package gate

import (
	"path/filepath"
	"strings"
)

// relative returns the paths below the folder that they have in common, with
// slashes: what files are called that are measured themselves, so that
// old/dist/*.js is compared with new/dist/*.js.
func relative(paths []string) []string {
	var common []string
	names := make([]string, len(paths))
	for i, path := range paths {
		names[i] = filepath.ToSlash(filepath.Clean(path))
		parts := strings.Split(names[i], "/")
		folders := parts[:len(parts)-1]
		if i == 0 {
			common = folders
		}
		n := 0
		for n < min(len(common), len(folders)) && common[n] == folders[n] {
			n++
		}
		common = common[:n]
	}
	for i := range names {
		names[i] = strings.Join(strings.Split(names[i], "/")[len(common):], "/")
	}
	return names
}
