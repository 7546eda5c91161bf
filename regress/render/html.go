package render

import (
	"cmp"
	"crypto/sha256"
	_ "embed" // the page's style and script
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"strings"

	"github.com/org/regress-gate/regress"
)

//go:embed page/report.css
var pageStyle string

//go:embed page/report.js
var pageScript string

// hash is what a content security policy names an inline text by.
func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// page is an HTML document that is being written. Everything that is not its own
// goes through esc.
type page struct{ strings.Builder }

func esc(s string) string { return html.EscapeString(unarmed(s)) }

// open writes the head of a document that loads nothing and runs nothing but the
// page's own script.
func (p *page) open(title string) {
	policy := "default-src 'none'; style-src " + hash(pageStyle) + "; script-src " + hash(pageScript) + "; base-uri 'none'; form-action 'none'"
	fmt.Fprintf(p, `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="%s">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>%s</title>
<style>%s</style>
`, policy, esc(title), pageStyle)
}

func (p *page) close() { p.WriteString("<script>" + pageScript + "</script>\n</html>\n") }

// renderHTML writes one file that needs nothing else: the decision, what to do, a
// forest plot of the changes, and a table of all metrics that can be sorted and
// filtered, with the plot and the reasoning of each.
func renderHTML(w io.Writer, r *regress.Report, o Options) error {
	decision, why := headline(r)
	title := shorten(visible(cmp.Or(o.Title, DefaultTitle)), maxTitle)
	var p page
	p.open(title + ": " + decision)
	fmt.Fprintf(&p, "<main>\n<h1>%s</h1>\n<p><span class=\"decision %s\">%s</span></p>\n<p class=why>%s</p>\n",
		esc(title), r.Gate(), esc(decision), esc(why))
	for _, l := range refLines(r) {
		fmt.Fprintf(&p, "<p class=refs>%s</p>\n", esc(l.String()))
	}
	fmt.Fprintf(&p, "<p class=refs>%s%s</p>\n", esc(suiteLine(r)), link(o.RunURL))
	p.list("What to do", remedies(r))
	p.list("Reproduce", reproduce(r))
	p.list("Measure again, base and head in turns", reruns(r))
	p.alerts(r)
	p.causes(r)
	p.list("Slow drift of the main branch", drifts(&r.Drift))
	all := inOrder(r)
	if picture := forest(all); picture != "" {
		p.WriteString("<h2>Changes</h2>\n<p class=note>The shaded band is what does not matter; the line is the interval of the change.</p>\n" + picture + "\n")
	}
	if err := p.metrics(r, all); err != nil {
		return err
	}
	p.list("Notes", notes(r))
	p.list("Warnings", warnings(r))
	p.WriteString("</main>\n")
	p.close()
	_, err := io.WriteString(w, p.String())
	return err
}

// list writes remarks under a heading, and neither where there is none.
func (p *page) list(heading string, list []remark) {
	if len(list) == 0 {
		return
	}
	const most = 500
	fmt.Fprintf(p, "<h2>%s</h2>\n<ul>\n", heading)
	for _, m := range list[:min(len(list), most)] {
		fmt.Fprintf(p, "<li>%s</li>\n", esc(m.String()))
	}
	if more := len(list) - most; more > 0 {
		fmt.Fprintf(p, "<li>%s</li>\n", notShown(more, "more"))
	}
	p.WriteString("</ul>\n")
}

func (p *page) alerts(r *regress.Report) {
	var list []remark
	for i := range r.Alerts {
		a := &r.Alerts[i]
		list = append(list, remark{alertName(a), alertState(a) + ", " + alertSeverity(a) + ": " + alertText(a)})
	}
	p.list("Alerts", list)
}
