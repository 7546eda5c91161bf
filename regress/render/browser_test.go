package render_test

import (
	"context"
	"iter"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/render"
)

// tab is a page in a real browser.
type tab struct {
	ctx      context.Context
	messages iter.Seq2[chromedp.ConsoleMessage, error]
	stop     func() // ends messages
}

// browse opens a report in Chromium. Without one, the test is left out.
func browse(t *testing.T, r *regress.Report) *tab {
	t.Helper()
	binary := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			binary = path
			break
		}
	}
	if binary == "" {
		t.Skip("left out: Chromium is not installed")
	}
	file := filepath.Join(t.TempDir(), "report.html")
	require.NoError(t, os.WriteFile(file, []byte(rendered(t, "html", r, render.Options{})), 0o644))
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(binary), chromedp.NoSandbox, chromedp.DisableGPU)
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	require.NoError(t, chromedp.Do(ctx)) // starts it
	listening, stop := context.WithCancel(ctx)
	b := &tab{ctx: ctx, messages: chromedp.Console(listening), stop: stop}
	b.run(t, chromedp.Navigate((&url.URL{Scheme: "file", Path: file}).String()))
	return b
}

func (b *tab) run(t *testing.T, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 2*time.Minute) // a dialog would block for ever
	defer cancel()
	require.NoError(t, chromedp.Do(ctx, steps...))
}

// script runs statements in the page.
func script(text string) chromedp.Action[chromedp.Void] {
	return chromedp.Evaluate[chromedp.Void](text)
}

// eval returns what an expression of the page comes to.
func eval[T any](t *testing.T, b *tab, expression string) T {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 2*time.Minute)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	require.NoError(t, err)
	return v
}

// clean fails if the page complained of anything or loaded anything.
func (b *tab) clean(t *testing.T) {
	t.Helper()
	require.Zero(t, eval[int](t, b, `performance.getEntriesByType("resource").length`))
	b.stop()
	for m, err := range b.messages {
		if err != nil {
			break
		}
		t.Error(m)
	}
}

const visibleRows = `[...document.querySelectorAll("#metrics tbody tr:not(.detail)")].filter(r => !r.hidden).length`

func TestPageInABrowser(t *testing.T) {
	r := shutReport(t)
	b := browse(t, r)
	all := len(r.Comparisons)
	require.Equal(t, all, eval[int](t, b, visibleRows))

	b.run(t, chromedp.SendKeys(chromedp.CSS("#filter"), "query sec"))
	require.Equal(t, 3, eval[int](t, b, visibleRows))
	require.Contains(t, eval[string](t, b, `document.getElementById("shown").textContent`), "3 of ")
	b.run(t, script(`{const f = document.getElementById("filter"); f.value = ""; f.dispatchEvent(new Event("input"))}`))

	const changes = `[...document.querySelectorAll("#metrics tbody tr:not(.detail)")].map(r => r.cells[5].dataset.value).filter(Boolean).map(Number)`
	b.run(t, chromedp.Click(chromedp.CSS("#metrics thead th:nth-child(6) button")))
	require.IsNonDecreasing(t, eval[[]float64](t, b, changes))
	b.run(t, chromedp.Click(chromedp.CSS("#metrics thead th:nth-child(6) button")))
	require.IsNonIncreasing(t, eval[[]float64](t, b, changes))
	require.Equal(t, "descending", eval[string](t, b, `document.querySelector("#metrics thead th:nth-child(6)").getAttribute("aria-sort")`))

	// The keyboard alone opens the details of a metric, and closes them.
	b.run(t, chromedp.Focus(chromedp.CSS(`#metrics tbody button`)), chromedp.KeyEvent("\r"), chromedp.WaitVisible(chromedp.CSS("tr.detail dl")))
	require.Equal(t, 1, eval[int](t, b, `document.querySelectorAll("tr.detail dl").length`))
	b.run(t, chromedp.Focus(chromedp.CSS(`#metrics tbody button[aria-expanded=true]`)), chromedp.KeyEvent("\r"))
	require.Equal(t, 0, eval[int](t, b, `document.querySelectorAll("tr.detail").length`))

	require.Equal(t, 0, eval[int](t, b, `[...document.querySelectorAll("svg, input, select, table, section, main button")].filter(e => e.matches("svg") ? !e.getAttribute("aria-label") : e.matches("input, select") ? !e.labels.length : false).length`), "what has no name for a screen reader")
	b.clean(t)
}

// Names that attack a page do nothing in it: not where they stand, and not in the
// details that are made of a script's text.
func TestHostilePageInABrowser(t *testing.T) {
	b := browse(t, hostileReport(t))
	b.run(t, script(`for (const button of document.querySelectorAll("#metrics tbody button")) button.click()`))
	require.Equal(t, 2, eval[int](t, b, `document.scripts.length`), "the data and the page's own")
	require.Equal(t, 0, eval[int](t, b, `document.querySelectorAll("a, img, iframe, object, embed, form, link, base, style ~ style, video, audio, foreignObject").length`))
	require.Equal(t, 0, eval[int](t, b, `[...document.querySelectorAll("*")].filter(e => [...e.attributes].some(a => /^on|^style$|href$|^src$/.test(a.name))).length`))
	b.clean(t)
}

func TestLargePageInABrowser(t *testing.T) {
	b := browse(t, largeReport(10_000))
	require.Equal(t, 10_000, eval[int](t, b, visibleRows))
	b.run(t, script(`{const f = document.getElementById("filter"); f.value = "99"; f.dispatchEvent(new Event("input"))}`))
	require.Less(t, eval[int](t, b, visibleRows), 1000)
	b.run(t, chromedp.Click(chromedp.CSS("#metrics thead th:nth-child(4) button")))
	b.clean(t)
}
