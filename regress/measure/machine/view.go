package machine

import (
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"
)

// view is a machine as its files show it: root is its root folder.
type view struct{ root fs.FS }

// here is the machine that this process runs on.
func here() view { return view{os.DirFS("/")} }

// text returns the file without the space around it, "" where it cannot be read.
func (v view) text(name string) string {
	data, err := fs.ReadFile(v.root, name)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(data))
}

// number returns the file that holds nothing but a number, and whether it does.
func (v view) number(name string) (float64, bool) {
	n, err := strconv.ParseFloat(v.text(name), 64)
	return n, err == nil
}

// field returns the number behind the name at the beginning of a line, as
// cpu.stat, io and status have it, and whether it is there.
func (v view) field(file, name string) (float64, bool) {
	for line := range strings.Lines(v.text(file)) {
		if words := strings.Fields(line); len(words) > 1 && strings.TrimSuffix(words[0], ":") == name {
			n, err := strconv.ParseFloat(words[1], 64)
			return n, err == nil
		}
	}
	return 0, false
}

// all returns the files that match the pattern of path.Match, in order.
func (v view) all(pattern string) []string {
	names, _ := fs.Glob(v.root, pattern) // the patterns are ours and sound
	return names
}

// beside returns the path of another file in the folder of the first.
func beside(file, other string) string { return path.Join(path.Dir(file), other) }
