package render

import (
	"fmt"
	"math"
	"strings"
)

// svg is a picture that is being drawn. Colours are classes of the page's style
// sheet, so that a picture follows light and dark.
type svg struct {
	strings.Builder
	width, height float64
}

// newSVG begins a picture. The label is what a screen reader says instead of it.
func newSVG(class, label string, width, height float64) *svg {
	p := &svg{width: width, height: height}
	fmt.Fprintf(p, `<svg class="%s" viewBox="0 0 %g %g" role="img" aria-label="%s">`, class, width, height, esc(label))
	return p
}

// end returns the picture.
func (p *svg) end() string {
	p.WriteString("</svg>")
	return p.String()
}

func (p *svg) rect(class string, x, y, width, height float64) {
	fmt.Fprintf(p, `<rect class="%s" x="%s" y="%s" width="%s" height="%s"/>`, class, px(x), px(y), px(max(0, width)), px(max(0, height)))
}

func (p *svg) line(class string, x1, y1, x2, y2 float64) {
	fmt.Fprintf(p, `<path class="%s" d="M%s %sL%s %s"/>`, class, px(x1), px(y1), px(x2), px(y2))
}

func (p *svg) text(class string, x, y float64, s string) {
	fmt.Fprintf(p, `<text class="%s" x="%s" y="%s">%s</text>`, class, px(x), px(y), esc(s))
}

// dots draws points as one path: strokes without length and with round ends.
func (p *svg) dots(class string, points [][2]float64) {
	fmt.Fprintf(p, `<path class="%s" d="`, class)
	for _, at := range points {
		fmt.Fprintf(p, "M%s %sh0", px(at[0]), px(at[1]))
	}
	p.WriteString(`"/>`)
}

// polyline draws a line through the points.
func (p *svg) polyline(class string, points [][2]float64) {
	fmt.Fprintf(p, `<path class="%s" d="`, class)
	for i, at := range points {
		fmt.Fprintf(p, "%s%s %s", [2]string{"L", "M"}[flagInt(i == 0)], px(at[0]), px(at[1]))
	}
	p.WriteString(`"/>`)
}

func flagInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// px is a coordinate with the one decimal that can be seen.
func px(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		v = 0
	}
	return strings.TrimSuffix(fmt.Sprintf("%.1f", v), ".0")
}

// axis brings values to coordinates.
type axis struct{ lo, hi, from, to float64 }

// newAxis spans the values with some room on either side; what is not finite is
// not shown.
func newAxis(from, to float64, values ...float64) axis {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			lo, hi = min(lo, v), max(hi, v)
		}
	}
	switch room := (hi - lo) / 20; {
	case lo > hi:
		lo, hi = 0, 1
	case room > 0 && !math.IsInf(room, 0):
		lo, hi = lo-room, hi+room
	default: // all alike, or too far apart for their difference to exist
		lo, hi = lo-max(math.Abs(lo)/20, 1e-300), hi+max(math.Abs(hi)/20, 1e-300)
	}
	return axis{lo, hi, from, to}
}

// at returns the coordinate of a value, that of the nearest end where it is beyond.
func (a axis) at(v float64) float64 {
	share := (v/2 - a.lo/2) / (a.hi/2 - a.lo/2) // halves cannot overflow
	return a.from + (a.to-a.from)*min(1, max(0, share))
}
