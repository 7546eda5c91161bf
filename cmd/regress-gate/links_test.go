package main

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	link       = regexp.MustCompile(`\]\(([^)\s]+)\)|(?m:^\[[^]\s]+\]: (\S+))`)
	reference  = regexp.MustCompile(`\]\[([\w-]+)\]`)
	definition = regexp.MustCompile(`(?m)^\[([\w-]+)\]: `)
)

// What a page of the project links to is there: a file that was moved takes its
// links along, and a test that a page calls its source is still in its file.
func TestLinksLeadSomewhere(t *testing.T) {
	t.Chdir("../..")
	listed, err := exec.Command("git", "ls-files", "*.md").Output()
	if err != nil {
		t.Skip("not a git checkout: ", err)
	}
	pages := strings.Fields(string(listed))
	require.Contains(t, pages, "README.md")
	for _, page := range pages {
		if strings.Contains(page, "testdata/") { // reports, whose links are their subject
			continue
		}
		text, err := os.ReadFile(page)
		require.NoError(t, err)
		for _, m := range link.FindAllStringSubmatch(string(text), -1) {
			target, part, _ := strings.Cut(m[1]+m[2], "#")
			if target == "" || strings.Contains(target, "://") {
				continue
			}
			target = filepath.Join(filepath.Dir(page), target)
			if part == "" || filepath.Ext(target) != ".go" {
				_, err := os.Stat(target)
				assert.NoError(t, err, "%s links to %s", page, m[0])
				continue
			}
			source, err := os.ReadFile(target)
			assert.NoError(t, err, "%s links to %s", page, m[0])
			assert.Contains(t, string(source), "\nfunc "+part+"(", "%s links to %s", page, m[0])
		}
		assert.Equal(t, names(definition, text), names(reference, text), "%s: definitions of links, and their uses", page)
	}
}

// names returns what the pattern finds, sorted, each once.
func names(pattern *regexp.Regexp, text []byte) []string {
	found := map[string]bool{}
	for _, m := range pattern.FindAllSubmatch(text, -1) {
		found[string(m[1])] = true
	}
	return slices.Sorted(maps.Keys(found))
}
