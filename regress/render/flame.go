package render

import (
	"fmt"
	"html"
	"math"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/unit"
)

// flame is a differential flame graph: each call as wide as its share of head,
// what it calls above it, and coloured by how its share changed. What is only in
// base has no width; it stands in the list.
func flame(d *regress.Diagnosis) string {
	const width, row = 1000, 18
	deepest := -1
	for i := range d.Calls {
		if d.Calls[i].Head > 0 {
			deepest = max(deepest, d.Calls[i].Depth)
		}
	}
	if deepest < 0 {
		return ""
	}
	p := newSVG("flame", "differential flame graph of the "+kindText(d.Kind)+" profile: width is the share of head, colour is growth; the list has the figures",
		width, float64(row*(deepest+1)))
	starts := make([]float64, deepest+2) // where the next call of each depth begins
	for i := range d.Calls {
		c := &d.Calls[i]
		if c.Head == 0 || c.Depth > deepest {
			continue
		}
		x := starts[c.Depth]
		starts[c.Depth] += c.Head * width
		starts[c.Depth+1] = x
		y := float64(row * (deepest - c.Depth))
		function := name(c.Function)
		fmt.Fprintf(p, `<g class="%s"><title>%s</title>`, growthClass(c.Head-c.Base),
			html.EscapeString(unarmed(fmt.Sprintf("%s: %s → %s", function, unit.FormatShare(c.Base), unit.FormatShare(c.Head)))))
		p.rect("call", x, y, c.Head*width-0.5, row-1)
		const perRune = 6.5
		if room := int(c.Head*width/perRune) - 1; room >= 4 {
			p.text("label", x+3, y+13, shorten(function, room))
		}
		p.WriteString("</g>")
	}
	return p.end()
}

// growthClass is one of seven colours, from shrank to grew, by points of share.
func growthClass(points float64) string {
	const step = 0.02
	return fmt.Sprintf("grew%+d", int(max(-3, min(3, math.Round(points/step)))))
}

// causes writes the diagnoses: sentence, functions and flame graph.
func (p *page) causes(r *regress.Report) {
	if len(r.Diagnoses) == 0 {
		return
	}
	p.WriteString("<h2>Cause</h2>\n")
	for i := range r.Diagnoses {
		d := &r.Diagnoses[i]
		fmt.Fprintf(p, "<p>%s</p>\n", esc(cause(d).String()))
		if len(d.Grown) > 0 {
			p.WriteString("<div class=scroll><table><thead><tr><th scope=col>Function</th><th scope=col class=number>own, base</th><th scope=col class=number>head</th><th scope=col class=number>points</th>" +
				"<th scope=col class=number>with calls, base</th><th scope=col class=number>head</th><th scope=col class=number>points</th></tr></thead><tbody>")
			for j := range d.Grown {
				fmt.Fprintf(p, "<tr><th scope=row>%s</th>", esc(name(d.Grown[j].Function)))
				for _, cell := range grownRow(&d.Grown[j]) {
					fmt.Fprintf(p, "<td class=number>%s</td>", esc(cell))
				}
				p.WriteString("</tr>")
			}
			p.WriteString("</tbody></table></div>\n")
		}
		if picture := flame(d); picture != "" {
			p.WriteString("<p class=note>Width: share of the head's samples. Red grew, blue shrank.</p>\n" + picture + "\n")
		}
	}
}
