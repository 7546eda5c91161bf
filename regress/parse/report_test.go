package parse

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// textCase is what a tool prints and what a reader must make of it.
type textCase struct {
	name, why, text string
	want            map[string]string // among others; nil where err is set
	warnings        []string
	err             string
}

func checkTexts(t *testing.T, format string, cases []textCase) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			run, err := Read(strings.NewReader(c.text), "out", format)
			if c.err != "" {
				require.ErrorContains(t, err, c.err, c.why)
				return
			}
			require.NoError(t, err, c.why)
			got := summary(run)
			for key, value := range c.want {
				require.Equal(t, value, got[key], "%s: %s", key, c.why)
			}
			require.Equal(t, c.warnings, messages(run), c.why)
		})
	}
}

// fixture returns a file of testdata, with old replaced by new each time.
func fixture(t testing.TB, path string, oldnew ...string) string {
	data, err := os.ReadFile(filepath.Join("testdata", filepath.FromSlash(path)))
	require.NoError(t, err)
	text := string(data)
	for i := 0; i < len(oldnew); i += 2 {
		require.Contains(t, text, oldnew[i])
		text = strings.Replace(text, oldnew[i], oldnew[i+1], 1)
	}
	return text
}

// checkCuts holds that no beginning of a file passes for the whole: each is an
// error, or says that something is missing, up to the byte behind the last line
// that matters.
func checkCuts(t *testing.T, format, path, last string) {
	text := fixture(t, path)
	end := strings.LastIndex(text, last)
	require.Positive(t, end)
	for n := range end + len(last) {
		run, err := Read(strings.NewReader(text[:n]), "out", format)
		require.True(t, err != nil || strings.Contains(fmt.Sprint(run.Warnings), "or the file is cut off"), "after %d bytes: …%q", n, text[max(n-30, 0):n])
	}
	_, err := Read(strings.NewReader(text[:end+len(last)]), "out", format)
	require.NoError(t, err)
}

func TestURLPath(t *testing.T) {
	for target, want := range map[string]string{
		"http://127.0.0.1:8080/users?page=1": "/users",
		"https://[::1]:8443":                 "/",
		"http://host?next=http://x/y":        "/",
		"/users/1?x=/y#z":                    "/users/1",
		"http://host/a/b#top":                "/a/b",
	} {
		require.Equal(t, want, urlPath(target), target)
	}
}
