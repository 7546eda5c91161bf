package render

import (
	"math"
	"strconv"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/unit"
)

const (
	maxDots   = 200 // samples of a side that a plot shows; more of them, evenly picked, look the same
	maxForest = 40  // metrics in the forest plot
)

// samplePlot shows the samples of both sides on one axis, their medians with the
// intervals of these, and the threshold around the base.
func samplePlot(c *regress.Comparison) string {
	const width, left, right = 640, 44, 630
	base, hasBase := c.Base.Center.Get()
	values := append(sideValues(&c.Base), sideValues(&c.Head)...)
	around := c.Threshold.Around(base)
	banded := hasBase && c.Verdict.Compared() && around > 0
	if banded {
		values = append(values, base-around, base+around)
	}
	if len(values) == 0 {
		return ""
	}
	x := newAxis(left, right, values...)
	p := newSVG("plot", "samples of base and head on one axis: "+name(valuesText(c)), width, 96)
	if banded {
		p.rect("band", x.at(base-around), 8, x.at(base+around)-x.at(base-around), 60)
	}
	for i, side := range [...]struct {
		label, class string
		*regress.Summary
	}{{"base", "base", &c.Base}, {"head", "head", &c.Head}} {
		y := 24 + 28*float64(i)
		p.text("side", 4, y+4, side.label)
		var points [][2]float64
		for _, v := range some(side.Samples) {
			points = append(points, [2]float64{x.at(v), y})
		}
		p.dots("dots "+side.class, points)
		lo, bounded := side.Lo.Get()
		if hi, ok := side.Hi.Get(); ok && bounded {
			p.line("interval "+side.class, x.at(lo), y+9, x.at(hi), y+9)
		}
		if center, ok := side.Center.Get(); ok {
			p.line("median "+side.class, x.at(center), y-9, x.at(center), y+12)
		}
	}
	p.ticks(x, 70, func(v float64) string { return name(unit.Format(v, c.Unit)) })
	return p.end()
}

// ticks draws the axis with its ends and its middle.
func (p *svg) ticks(x axis, y float64, label func(float64) string) {
	p.line("axis", x.from, y, x.to, y)
	for i, v := range [...]float64{x.lo, x.lo/2 + x.hi/2, x.hi} {
		at := x.at(v)
		p.line("axis", at, y, at, y+4)
		p.text([...]string{"tick start", "tick middle", "tick end"}[i], at, y+18, label(v))
	}
}

// sideValues are what a plot of one side has to show.
func sideValues(s *regress.Summary) []float64 {
	values := some(s.Samples)
	for _, f := range [...]regress.Figure{s.Center, s.Lo, s.Hi} {
		if v, ok := f.Get(); ok {
			values = append(values, v)
		}
	}
	return values
}

// some returns at most maxDots values, evenly picked, in a slice of its own.
func some(values []float64) []float64 {
	stride := max(1, int(math.Ceil(float64(len(values))/maxDots)))
	var list []float64
	for i := 0; i < len(values); i += stride {
		list = append(list, values[i])
	}
	return list
}

func valuesText(c *regress.Comparison) string {
	x := cellsOf(c)
	return x.base + " and " + x.head
}

// pastPlot shows the earlier runs that a verdict rests on, the head behind them.
func pastPlot(c *regress.Comparison) string {
	if c.Past == nil || len(c.Past.Centers) == 0 {
		return ""
	}
	values := c.Past.Centers
	head, known := c.Head.Center.Get()
	if known {
		values = append(values[:len(values):len(values)], head)
	}
	p := newSVG("plot", "medians of "+plural(len(c.Past.Centers), "earlier run")+", and of the head", 640, 96)
	y := newAxis(82, 8, values...)
	x := axis{0, float64(max(1, len(values)-1)), 90, 620}
	var points [][2]float64
	for i, v := range values {
		points = append(points, [2]float64{x.at(float64(i)), y.at(v)})
	}
	p.text("tick start", 4, 16, name(unit.Format(y.hi, c.Unit)))
	p.text("tick start", 4, 86, name(unit.Format(y.lo, c.Unit)))
	p.polyline("path", points)
	p.dots("dots base", points[:len(c.Past.Centers)])
	p.dots("dots head", points[len(c.Past.Centers):])
	return p.end()
}

// forest shows the changes of many metrics on one axis, with their intervals and
// thresholds, in the order of the list.
func forest(list []*regress.Comparison) string {
	const width, left, right, row = 720, 300, 640, 22
	var shown []*regress.Comparison
	values := []float64{0}
	for _, c := range list {
		if change, ok := c.Delta.Relative.Get(); ok && len(shown) < maxForest {
			shown = append(shown, c)
			values = append(values, change)
			for _, f := range [...]regress.Figure{c.Delta.Lo, c.Delta.Hi} {
				if v, ok := f.Get(); ok {
					values = append(values, max(-1, min(v, change+2*math.Abs(change)+0.5))) // an interval without end is cut
				}
			}
		}
	}
	if len(shown) == 0 {
		return ""
	}
	x := newAxis(left, right, values...)
	height := float64(row*len(shown) + 34)
	p := newSVG("forest", "changes of "+plural(len(shown), "metric")+" with their intervals; the table has the figures", width, height)
	for i, c := range shown {
		y := float64(row*i + 14)
		if center, ok := c.Base.Center.Get(); ok && center != 0 {
			t := min(10, c.Threshold.Around(center)/math.Abs(center))
			p.rect("band", x.at(-t), y-8, x.at(t)-x.at(-t), 16)
		}
		class := verdictClass(c)
		change, _ := c.Delta.Relative.Get()
		lo, bounded := c.Delta.Lo.Get()
		if hi, ok := c.Delta.Hi.Get(); ok && bounded {
			p.line("interval "+class, x.at(lo), y, x.at(hi), y)
		}
		p.dots("mark "+class, [][2]float64{{x.at(change), y}})
		p.text("side end", left-8, y+4, shorten(subject(c.Key), 44))
		p.text("side", right+8, y+4, unit.FormatChange(change))
	}
	p.line("axis", x.at(0), 2, x.at(0), height-30)
	p.ticks(x, height-30, func(v float64) string { return strconv.FormatFloat(100*v, 'g', 3, 64) + " %" })
	return p.end()
}
