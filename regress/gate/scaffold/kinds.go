package scaffold

import (
	"path"
	"regexp"
	"strings"
)

// Kind is a way of measuring that a repository may have. A new one is a file with
// its row, listed in kinds.
type Kind struct {
	Name string // as --kind takes it
	Doc  string // what it is recognised by
	find func(*tree) *Finding
}

// kinds in the order of their steps.
var kinds = []Kind{goKind, k6Kind, loadKind, hyperfineKind, pytestKind, criterionKind, vitestKind, gbenchKind, jmhKind}

// Kinds returns all kinds.
func Kinds() []Kind { return kinds }

// Finding is what of a kind is in a repository, and how it is measured.
type Finding struct {
	Kind string
	What string // what was found, for people

	steps   []step
	module  string   // folder of the Go module that Measure measures, "" where there is no one such
	machine bool     // whether the output says on which machine it was measured
	service bool     // whether somebody has to start a service first
	rules   []string // lines of the policy
	alerts  []string
	try     string // what measures it here
}

// step is one step of the job that measures. All of its text is ours but for paths
// that are plain and what the user wrote on the command line.
type step struct {
	name  string
	uses  string // an action, from pins
	with  string
	lines []string // of bash
	early bool     // before setup-go, whose Go may be too old to install a tool with
}

// runs is the folder that the steps write to, and what the action reads.
const runs = "performance-runs"

// repeats is how often a whole program is run that takes its samples in one
// process: four samples are the least that proves anything.
const repeats = "for i in 1 2 3 4 5; do"

// inFolder is the command line in a folder, with the path to runs from there.
func inFolder(dir, command string) string {
	if dir == "." {
		return command
	}
	return "(cd " + dir + " && " + command + ")"
}

// output is the path of a file of runs, from any folder.
func output(file string) string { return `"$GITHUB_WORKSPACE/` + runs + "/" + file + `"` }

// first is the first of the files that may stand in a workflow, and whose text
// matches; the others of that kind are remarked on, since their metrics have the
// same names.
func (t *tree) first(files []string, what string, matches func(text []byte) bool) string {
	found := ""
	for _, file := range files {
		if !matches(t.read(file)) || !t.usable(file) {
			continue
		}
		if found == "" {
			found = file
		} else {
			t.warn("%q is left out: one run of %s is judged at a time, since all of them call their metrics alike; this one is measured: %s", file, what, found)
		}
	}
	return found
}

// above is the nearest folder, of the file's own or above it, that holds a file of
// that name; "" where none does.
func (t *tree) above(file, name string) string {
	for dir := path.Dir(file); ; dir = path.Dir(dir) {
		if t.has(path.Join(dir, name)) {
			return dir
		}
		if dir == "." {
			return ""
		}
	}
}

// at puts a folder behind a text, where it is not the root.
func at(text, dir string) string {
	if dir == "." {
		return text
	}
	return text + " in " + dir
}

// oneWord is a text that a shell takes as it is.
var oneWord = regexp.MustCompile(`^[A-Za-z0-9_./+,:@%-]+$`)

// quote makes one word of a shell of any text.
func quote(word string) string {
	if oneWord.MatchString(word) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
