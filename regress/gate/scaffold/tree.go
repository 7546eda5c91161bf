package scaffold

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Bounds of the walk: a repository of any size is looked at in bounded time.
const (
	maxEntries = 200_000 // files and folders
	maxDepth   = 40      // folders in folders
	maxFile    = 1 << 20 // bytes of a file that are read
)

// skipped are folders that hold other people's files, or made ones.
var skipped = []string{"node_modules", "vendor", "testdata", "target", "build", "dist", "third_party", "venv"}

// tree is what was found in a repository: its regular files, by their paths from
// its root, in order.
type tree struct {
	root     *os.Root
	files    []string
	entries  int
	warnings []string
}

// walk lists the files of the root. What cannot be read is remarked on and left out.
func walk(root *os.Root) *tree {
	t := &tree{root: root}
	t.folder(".", 0)
	if t.entries >= maxEntries {
		t.warn("the repository has more than %d files: only so many were looked at", maxEntries)
	}
	slices.Sort(t.files)
	return t
}

func (t *tree) folder(name string, depth int) {
	entries, err := t.list(name)
	if err != nil {
		t.warn("%q was not looked at: %v", name, err)
		return
	}
	if name != "." && slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == ".git" }) {
		return // a repository of its own: it has its own gate
	}
	for _, e := range entries {
		base := e.Name()
		switch {
		case strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_"):
		case e.Type().IsRegular():
			t.files = append(t.files, path.Join(name, base))
		case e.IsDir() && depth < maxDepth && !slices.Contains(skipped, base):
			t.folder(path.Join(name, base), depth+1)
		}
	}
}

// list reads a folder, as far as the bound allows.
func (t *tree) list(name string) ([]fs.DirEntry, error) {
	if t.entries >= maxEntries {
		return nil, nil
	}
	f, err := t.root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	entries, err := f.ReadDir(maxEntries - t.entries)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	t.entries += len(entries)
	return entries, err
}

// named lists the files whose last name matches, those nearest to the root first.
func (t *tree) named(pattern *regexp.Regexp) []string {
	var found []string
	for _, file := range t.files {
		if pattern.MatchString(path.Base(file)) {
			found = append(found, file)
		}
	}
	slices.SortStableFunc(found, func(a, b string) int { return strings.Count(a, "/") - strings.Count(b, "/") })
	return found
}

// has tells whether there is such a file.
func (t *tree) has(file string) bool {
	_, found := slices.BinarySearch(t.files, file)
	return found
}

// read returns the text of a file, its first maxFile bytes; none where it cannot be
// read.
func (t *tree) read(file string) []byte {
	f, err := t.root.Open(file)
	if err != nil {
		t.warn("%q was not looked at: %v", file, err)
		return nil
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxFile))
	if err != nil {
		t.warn("%q was not looked at: %v", file, err)
	}
	return text
}

// plain is a path that means nothing but itself in a shell and in YAML.
var plain = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_.+-]*(/[A-Za-z0-9_][A-Za-z0-9_.+-]*)*$`)

// usable tells whether a path may stand in a workflow, and remarks on one that may
// not.
func (t *tree) usable(file string) bool {
	if file == "." || plain.MatchString(file) {
		return true
	}
	t.warn("%q is left out: only letters, digits and _ . + - of a path are taken into a workflow", file)
	return false
}

// maxWarnings bounds what is said: a hostile repository may earn any number.
const maxWarnings = 20

func (t *tree) warn(format string, args ...any) {
	if len(t.warnings) == maxWarnings {
		t.warnings = append(t.warnings, "and more of that kind")
	}
	if len(t.warnings) < maxWarnings {
		t.warnings = append(t.warnings, fmt.Sprintf(format, args...))
	}
}
