package action

import (
	"os"
	"path/filepath"
)

// workspace is the folder that the user's paths start from, as seen from the
// current one. In the container the two are the same, which keeps the paths in
// messages as the user wrote them.
type workspace string

func newWorkspace(dir string) workspace {
	here, err := os.Getwd()
	if err != nil || dir == "" {
		return workspace(dir)
	}
	if rel, err := filepath.Rel(here, dir); err == nil {
		return workspace(rel)
	}
	return workspace(dir)
}

// path is where a file named by the user can be opened, "" for none.
func (w workspace) path(name string) string {
	if name == "" || filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(string(w), name)
}

// name is what other steps of the job may call the file: its path from the
// workspace where it lies in there, since the host's absolute paths differ.
func (w workspace) name(path string) string {
	dir, err := filepath.Abs(string(w))
	if err != nil {
		return path
	}
	file, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	if rel, err := filepath.Rel(dir, file); err == nil && filepath.IsLocal(rel) {
		return rel
	}
	return path
}
