package action

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	uses   = regexp.MustCompile(`(?m)\buses:[ \t]*["']?([^\s"',}]+)["']?[ \t]*(.*)$`)
	ours   = regexp.MustCompile(`^(\./.*|org/regress-gate@v1)$`)
	pinned = regexp.MustCompile(`^([\w.-]+/[\w./-]+)@[0-9a-f]{40}$|^docker://([^@]+)@sha256:[0-9a-f]{64}$`)
	tag    = regexp.MustCompile(`^# v\d+\.\d+\.\d+$`)
)

// pins reports what the text uses that is no commit with its tag beside it, or
// another commit than before. It notes each action's commit in known.
func pins(text string, known map[string]string) []string {
	var wrong []string
	for _, use := range uses.FindAllStringSubmatch(text, -1) {
		what, comment := use[1], use[2]
		if ours.MatchString(what) {
			continue
		}
		pin := pinned.FindStringSubmatch(what)
		if pin == nil {
			wrong = append(wrong, what+" is not pinned by its commit")
			continue
		}
		name, line := pin[1]+pin[2], what+" "+comment
		if !tag.MatchString(comment) {
			wrong = append(wrong, fmt.Sprintf("%s: the tag of the commit does not stand beside it, as in # v1.2.3", what))
		}
		if known[name] != "" && known[name] != line {
			wrong = append(wrong, fmt.Sprintf("%s: elsewhere it is %s", line, known[name]))
		}
		known[name] = line
	}
	return wrong
}

// A tag can be moved by whoever takes over another's action; a commit cannot.
func TestForeignActionsArePinned(t *testing.T) {
	files, err := filepath.Glob("../.github/workflows/*")
	require.NoError(t, err)
	known := map[string]string{}
	quoted := regexp.MustCompile("(?s)```yml\n.*?```") // what others write, in contrast to our ```yaml
	for _, file := range append(files, "../README.md", "README.md", "../MIGRATING.md", "../action.yml") {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		assert.Empty(t, pins(quoted.ReplaceAllString(string(text), ""), known), file)
	}
	assert.GreaterOrEqual(t, len(known), 6, "foreign actions found")
}

func TestPins(t *testing.T) {
	const commit = "0123456789abcdef0123456789abcdef01234567"
	for _, c := range []struct {
		name, text string
		wrong      int
	}{
		{"a commit and its tag", "- uses: a/b@" + commit + " # v1.2.3", 0},
		{"an action in a folder", "uses: a/b/c/d@" + commit + " # v1.2.3", 0},
		{"our own, by path and by tag", "uses: ./\nuses: ./.github/workflows/ci.yml\nuses: org/regress-gate@v1", 0},
		{"a tag", "uses: a/b@v4", 1},
		{"a branch", "uses: a/b@main # v1.2.3", 1},
		{"no version at all", "uses: a/b", 1},
		{"half a commit", "uses: a/b@" + commit[:39] + " # v1.2.3", 1},
		{"a commit that nobody can read", "uses: a/b@" + commit, 1},
		{"in quotes", `uses: "a/b@v4"`, 1},
		{"in flow style", "steps: [{uses: a/b@v4}]", 1},
		{"an image by tag", "uses: docker://a.example/b:1", 1},
		{"a repository that looks like ours", "uses: org/regress-gate-evil@v1", 1},
		{"two commits of one action", "uses: a/b@" + commit + " # v1.2.3\nuses: a/b@" + "f" + commit[1:] + " # v1.2.4", 1},
	} {
		assert.Len(t, pins(c.text, map[string]string{}), c.wrong, c.name)
	}
}
