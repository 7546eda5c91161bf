package render_test

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/render"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func rendered(t testing.TB, format string, r *regress.Report, o render.Options) string {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, render.Write(&out, format, r, o))
	return out.String()
}

func TestGoldens(t *testing.T) {
	for _, report := range reports {
		for _, format := range render.List() {
			t.Run(report.name+"."+format.Name, func(t *testing.T) {
				got := rendered(t, format.Name, report.make(t), render.Options{})
				golden(t, report.name+"."+format.Name, got, report.why)
			})
		}
	}
	cut := rendered(t, "markdown", largeReport(10_000), render.Options{Limit: 12_000})
	golden(t, "large.markdown", cut, "ten thousand rows in twelve kilobytes: what stays, and what is said of the rest")
}

// golden compares with a file in testdata/golden, or rewrites it.
func golden(t *testing.T, file, got, why string) {
	t.Helper()
	path := filepath.Join("testdata", "golden", file)
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got, -update rewrites):\n%s", why, diff)
	}
}

func TestLookup(t *testing.T) {
	for _, f := range render.List() {
		got, err := render.Lookup(f.Name)
		require.NoError(t, err)
		require.Equal(t, f.Doc, got.Doc)
		require.NotEmpty(t, f.Doc)
	}
	err := render.Write(&bytes.Buffer{}, "yaml", &regress.Report{}, render.Options{})
	require.EqualError(t, err, `unknown output format "yaml" (one of text, markdown, html, json, junit, sarif, csv, openmetrics, annotations)`)
}

// failing is a disk that is full after n bytes.
type failing struct{ n int }

var errFull = errors.New("no space left on device")

func (f *failing) Write(p []byte) (int, error) {
	if len(p) > f.n {
		return f.n, errFull
	}
	f.n -= len(p)
	return len(p), nil
}

func TestFailingWriter(t *testing.T) {
	report := shutReport(t)
	for _, format := range render.List() {
		size := len(rendered(t, format.Name, report, render.Options{}))
		stride := 1 + size/500 // a render each
		for n := 0; n < size; n += stride {
			if err := format.Render(&failing{n}, report, render.Options{}); !errors.Is(err, errFull) {
				t.Fatalf("%s: a writer that fails at byte %d of %d: %v", format.Name, n, size, err)
			}
		}
		require.NoError(t, format.Render(&failing{size}, report, render.Options{}))
	}
}

func TestTitleAndRunURL(t *testing.T) {
	r := openReport(t)
	out := rendered(t, "markdown", r, render.Options{Title: "Nightly @octocat", RunURL: `https://example.com/run?a=1&b="2"`})
	require.True(t, strings.HasPrefix(out, "## ✅ Nightly &#64;&#8203;octocat: gate open\n"), out)
	require.Contains(t, out, `<a href="https://example.com/run?a=1&amp;b=&#34;2&#34;">`)
	for _, bad := range []string{"javascript:alert(1)", "//example.com", "https:", "\x00"} {
		require.NotContains(t, rendered(t, "markdown", r, render.Options{RunURL: bad}), "href", bad)
	}
}

func TestColour(t *testing.T) {
	plain := rendered(t, "text", shutReport(t), render.Options{})
	colour := rendered(t, "text", shutReport(t), render.Options{Color: true})
	require.NotContains(t, plain, "\x1b")
	require.Contains(t, colour, "\x1b[31mgate shut\x1b[0m")
	require.Equal(t, plain, sgr.ReplaceAllString(colour, ""), "colour must not move anything")
}
