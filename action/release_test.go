package action

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

// repository is a git repository with what a release reads.
type repository struct{ dir, script string }

func newRepository(t *testing.T, version, changelog string) repository {
	t.Helper()
	for _, tool := range []string{"bash", "git", "awk", "sed"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip("no " + tool)
		}
	}
	script, err := filepath.Abs("../.ci/release")
	require.NoError(t, err)
	r := repository{t.TempDir(), script}
	metadata, err := os.ReadFile("../action.yml")
	require.NoError(t, err)
	// Of a release it names an image already.
	source := regexp.MustCompile(`(?m)^  image: .*$`).ReplaceAllString(string(metadata), "  image: Dockerfile")
	r.write(t, "action.yml", source)
	r.write(t, "CHANGELOG.md", changelog)
	r.write(t, "regress/version.go", "package regress\n\nconst Version = \""+version+"\"\n")
	r.git(t, "init", "-q")
	r.git(t, "add", "-A")
	r.git(t, "commit", "-qm", "source")
	return r
}

func (r repository) write(t *testing.T, name, text string) {
	t.Helper()
	path := filepath.Join(r.dir, name)
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
}

func (r repository) run(name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir = r.dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.com")
	out, err := cmd.CombinedOutput()
	return strings.TrimSpace(string(out)), err
}

func (r repository) git(t *testing.T, args ...string) string {
	t.Helper()
	out, err := r.run("git", args...)
	require.NoError(t, err, "git %v: %s", args, out)
	return out
}

const (
	written = "# Changelog\n\n## 2.0.0, unreleased\n\n- later\n\n## 1.2.3, 2026-12-01\n\n- A gate.\n\n## 1.2.2, 2026-11-01\n\n- old\n"
	image   = "ghcr.io/org/regress-gate@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
)

func TestReleaseCommitsTheImage(t *testing.T) {
	r := newRepository(t, "1.2.3", written)
	before := r.git(t, "rev-parse", "HEAD")
	r.git(t, "tag", "v1") // of the release before

	version, err := r.run(r.script, "version", "v1.2.3-rc.2")
	require.NoError(t, err)
	assert.Equal(t, "1.2.3", version)
	notes, err := r.run(r.script, "notes", "v1.2.3-rc.2")
	require.NoError(t, err)
	assert.Equal(t, "- A gate.", notes)

	out, err := r.run(r.script, "commit", "v1.2.3-rc.2", image)
	require.NoError(t, err, out)
	release := r.git(t, "rev-parse", "HEAD")
	assert.Equal(t, before, r.git(t, "rev-parse", "HEAD^"), "one commit on the candidate's")
	assert.Equal(t, release, r.git(t, "rev-parse", "v1.2.3"))
	assert.Equal(t, release, r.git(t, "rev-parse", "v1"), "moved")
	changed := r.git(t, "diff", "--unified=0", "HEAD^", "--", ".")
	assert.Contains(t, changed, "\n-  image: Dockerfile\n+  image: docker://"+image)
	assert.Equal(t, "1\t1\taction.yml", r.git(t, "diff", "--numstat", "HEAD^"), "nothing else")

	r.git(t, "reset", "-q", "--hard", "HEAD^")
	out, err = r.run(r.script, "commit", "v1.2.3-rc.3", image)
	assert.Error(t, err, "the version exists already")
	assert.Contains(t, out, "v1.2.3")
	assert.Equal(t, release, r.git(t, "rev-parse", "v1.2.3"), "a version is never moved")
}

func TestReleaseRefuses(t *testing.T) {
	for _, c := range []struct {
		name, version, changelog string
		args                     []string
		says                     string
	}{
		{"a tag that is no candidate", "1.2.3", written, []string{"version", "v1.2.3"}, "is no candidate"},
		{"another version in the source", "1.2.2", written, []string{"version", "v1.2.3-rc.1"}, "regress/version.go says 1.2.2"},
		{"changes without a date", "2.0.0", written, []string{"version", "v2.0.0-rc.1"}, "CHANGELOG.md has no section"},
		{"an image by its tag", "1.2.3", written, []string{"commit", "v1.2.3-rc.1", "ghcr.io/org/regress-gate:1.2.3"}, "is no image with its digest"},
		{"an image that breaks out of the line", "1.2.3", written, []string{"commit", "v1.2.3-rc.1", image + "\n  args: [x]"}, "is no image with its digest"},
		{"an unknown part", "1.2.3", written, []string{"publish", "v1.2.3-rc.1"}, "is none of"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRepository(t, c.version, c.changelog)
			out, err := r.run(r.script, c.args...)
			assert.Error(t, err)
			assert.Contains(t, out, c.says)
			assert.Equal(t, "1", r.git(t, "rev-list", "--count", "HEAD"), "commits")
		})
	}
}
