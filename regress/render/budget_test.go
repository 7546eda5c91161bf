package render_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/render"
)

// largeReport has n comparisons of every verdict, from a fixed seed.
func largeReport(n int, verdicts ...regress.Verdict) *regress.Report {
	if len(verdicts) == 0 {
		verdicts = []regress.Verdict{
			regress.Regressed, regress.Improved, regress.Inconclusive, regress.Missing, regress.New,
			regress.Incomparable, regress.Unjudged, regress.Unchanged, regress.Unchanged, regress.Unchanged,
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	r := &regress.Report{Suite: suite(n), Comparisons: make([]regress.Comparison, 0, n)}
	r.Base, r.Head = refs()
	for i := range n {
		c := comparison(fmt.Sprintf("Suite%02d/case=%06d-8", i%17, i), 1e-6*(1+random.Float64()), random.NormFloat64()/5, verdicts[i%len(verdicts)])
		c.Remedy = fmt.Sprintf("about %d samples a side would settle it", 10+random.IntN(50))
		r.Comparisons = append(r.Comparisons, c)
	}
	return r
}

func TestBudget(t *testing.T) {
	long := largeReport(300)
	for i := range long.Comparisons {
		long.Comparisons[i].Benchmark += strings.Repeat("|@x<`$", 1_600)
		long.Comparisons[i].Unit = strings.Repeat("$", 10_000)
	}
	noisy := shutReport(t)
	for range 5_000 {
		noisy.Warnings = append(noisy.Warnings, regress.Warning{Message: strings.Repeat("$", 600)})
		noisy.Alerts = append(noisy.Alerts, noisy.Alerts[0])
		noisy.Suite.Rerun = append(noisy.Suite.Rerun, noisy.Suite.Rerun[0])
	}
	for name, r := range map[string]*regress.Report{
		"many rows":                      largeReport(100_000),
		"only regressions":               largeReport(5_000, regress.Regressed),
		"names of 10 kB":                 long,
		"warnings, alerts, re-runs":      noisy,
		"hostile names":                  hostileReport(t),
		"small enough to be shown whole": shutReport(t),
	} {
		for _, limit := range []int{4_096, 20_000, 60_000} {
			o := render.Options{Limit: limit, Title: strings.Repeat("$", 500), RunURL: "https://example.com/" + strings.Repeat("x", 900)}
			require.NoError(t, checkMarkdown(rendered(t, "markdown", r, o), limit), "%s, %d bytes", name, limit)
		}
	}
	require.ErrorContains(t, render.Write(io.Discard, "markdown", long, render.Options{Limit: 100}), "4096 are the least")
}

// TestCutCounts holds that every row is either shown or counted as not shown,
// and that the less important rows go first.
func TestCutCounts(t *testing.T) {
	r := largeReport(1_000)
	for i := range r.Comparisons {
		r.Comparisons[i].Remedy = ""
	}
	missed := regexp.MustCompile(`(\d+) (regressions|improvements|inconclusive|missing|new|incomparable|not judged|unchanged)\b`)
	for limit := 5_000; limit < 300_000; limit += 20_011 {
		out := rendered(t, "markdown", r, render.Options{Limit: limit})
		shown := strings.Count(out, "| `Suite")
		notShown := 0
		if _, notice, cut := strings.Cut(out, "Not shown, for want of room: "); cut {
			notice, _, _ = strings.Cut(notice, ".")
			for _, m := range missed.FindAllStringSubmatch(notice, -1) {
				n, err := strconv.Atoi(m[1])
				require.NoError(t, err)
				notShown += n
			}
			if strings.Contains(notice, "regressions") {
				require.Contains(t, notice, "100 improvements", "regressions were cut before improvements")
			}
			require.Contains(t, notice, "unchanged", "something was cut before the unchanged")
		}
		require.Equal(t, 1_000, shown+notShown, "limit %d", limit)
	}
}

func TestTextOfManyUnchanged(t *testing.T) {
	out := rendered(t, "text", largeReport(41, regress.Unchanged), render.Options{})
	require.Contains(t, out, "41 unchanged not shown")
	require.NotContains(t, out, "case=")
	out = rendered(t, "text", largeReport(40, regress.Unchanged), render.Options{})
	require.Equal(t, 40, strings.Count(out, "case="))
}

func BenchmarkRender(b *testing.B) {
	r := largeReport(10_000)
	for _, format := range render.List() {
		b.Run(format.Name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := format.Render(io.Discard, r, render.Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
