package scaffold

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
)

// Write writes all files of the plan, or none: on an error what it made is removed.
// It overwrites nothing, and a link leads it nowhere outside of the root.
func (p *Plan) Write() (err error) {
	root, err := os.OpenRoot(p.Root)
	if err != nil {
		return fmt.Errorf("writing: %w", err)
	}
	defer root.Close()
	var made []string
	defer func() {
		if err == nil {
			return
		}
		for _, name := range slices.Backward(made) { // a folder behind what is in it
			err = errors.Join(err, root.Remove(name))
		}
		err = fmt.Errorf("%w\nnothing was written", err)
	}()
	for _, file := range p.Files {
		folders, err := makeFolders(root, path.Dir(file.Path))
		made = append(made, folders...)
		if err != nil {
			return fmt.Errorf("writing %s: %w", file.Path, err)
		}
		f, err := root.OpenFile(file.Path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if err != nil {
			return fmt.Errorf("writing: %w", err)
		}
		made = append(made, file.Path)
		_, err = f.Write(file.Text)
		if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
			return fmt.Errorf("writing: %w", err)
		}
	}
	return nil
}

// makeFolders makes a folder and those above it, and returns what was not there.
func makeFolders(root *os.Root, name string) (made []string, err error) {
	if name == "." {
		return nil, nil
	}
	if made, err = makeFolders(root, path.Dir(name)); err != nil {
		return made, err
	}
	switch err := root.Mkdir(name, 0o755); {
	case err == nil:
		return append(made, name), nil
	case errors.Is(err, fs.ErrExist):
		return made, nil
	default:
		return made, err
	}
}
