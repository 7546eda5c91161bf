package render_test

import (
	"strings"
	"testing"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/render"
)

func seed(f *testing.F) {
	for _, h := range hostile {
		if len(h.text) < 1000 {
			f.Add(h.text, h.text, h.text)
		}
	}
}

func FuzzMarkdown(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, name, unit, reason string) {
		out := rendered(t, "markdown", attacked(name, unit, reason), render.Options{Title: reason, RunURL: name})
		if err := checkMarkdown(out, 60_000); err != nil {
			t.Fatal(err)
		}
		if err := checkAnnotations(rendered(t, "annotations", attacked(name, unit, reason), render.Options{})); err != nil {
			t.Fatal(err)
		}
	})
}

func FuzzText(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, name, unit, reason string) {
		r := attacked(name, unit, reason)
		colour := rendered(t, "text", r, render.Options{Color: true})
		plain := sgr.ReplaceAllString(colour, "")
		if err := checkLog(plain); err != nil {
			t.Fatal(err)
		}
		if plain != rendered(t, "text", r, render.Options{}) {
			t.Fatal("colour is not all that Color adds")
		}
	})
}

// FuzzJSON holds that what is escaped for logs decodes to the same names.
func FuzzJSON(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, name, unit, reason string) {
		r := &regress.Report{Comparisons: []regress.Comparison{comparison(name, 1, 0.1, regress.Regressed)}}
		r.Comparisons[0].Unit, r.Comparisons[0].Reason = unit, reason
		if r.Validate() != nil {
			return // no report holds such a name
		}
		out := rendered(t, "json", r, render.Options{})
		if err := checkLog(out); err != nil {
			t.Fatal(err)
		}
		back, err := regress.ReadReport(strings.NewReader(out), "report.json")
		if err != nil {
			t.Fatal(err)
		}
		c := back.Comparisons[0]
		if c.Benchmark != name || c.Unit != unit || c.Reason != reason {
			t.Fatalf("%q, %q, %q came back as %q, %q, %q", name, unit, reason, c.Benchmark, c.Unit, c.Reason)
		}
	})
}
