package render_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/render"
)

func TestReproduce(t *testing.T) {
	for _, c := range []struct{ benchmark, want string }{
		{"Encode-8", "^Encode$"},
		{"Encode/large.json/n=4-16", `^Encode$/^large\.json$/^n=4$`},
		{"example.com/a.b/codec.Encode/x-8", "^Encode$/^x$"},
		{"codec.Encode", "^Encode$"},
		{"GET /users", ""},
		{"Encode/'; rm -rf ~; '", ""},
		{"Encode/$(id)", ""},
		{"lower", ""},
		{"", ""},
	} {
		r := &regress.Report{Comparisons: []regress.Comparison{comparison(c.benchmark, 1, 0.2, regress.Regressed)}}
		r.Base.Commit = "1f3a5c7e9b2d4f60aabb"
		out := rendered(t, "text", r, render.Options{})
		if c.want == "" {
			require.NotContains(t, out, "--bench", c.benchmark)
			continue
		}
		require.Contains(t, out, "regress-gate run --base 1f3a5c7e9b2d --bench '"+c.want+"'", c.benchmark)
	}
	r := &regress.Report{Comparisons: []regress.Comparison{comparison("Encode-8", 1, 0.2, regress.Regressed)}}
	r.Base.Commit = "'; rm"
	require.Contains(t, rendered(t, "markdown", r, render.Options{}), "`regress-gate run --base main --bench '^Encode$'`")
	require.NotContains(t, rendered(t, "text", openReport(t), render.Options{}), "reproduce")
	require.Less(t, strings.Count(rendered(t, "text", largeReport(1000, regress.Regressed), render.Options{}), "^"), 30)
}
