package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var link = regexp.MustCompile(`\]\(([^)\s]+)\)`)

// What a page of the project links to is there: a file that was moved takes its
// links along.
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
			target, _, _ := strings.Cut(m[1], "#")
			if target == "" || strings.Contains(target, "://") {
				continue
			}
			_, err := os.Stat(filepath.Join(filepath.Dir(page), target))
			assert.NoError(t, err, "%s links to %s", page, m[1])
		}
	}
}
