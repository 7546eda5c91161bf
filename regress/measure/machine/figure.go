package machine

import "github.com/org/regress-gate/regress"

// figure returns v, absent where it is not known.
func figure(v float64, known bool) regress.Figure {
	if !known {
		return regress.Figure{}
	}
	return regress.NewFigure(v)
}

// plus returns the sum of those that are known.
func plus(a, b regress.Figure) regress.Figure {
	x, known := a.Get()
	y, known2 := b.Get()
	return figure(x+y, known || known2)
}

// minus returns the difference of two that are known.
func minus(a, b regress.Figure) regress.Figure {
	x, known := a.Get()
	y, known2 := b.Get()
	return figure(x-y, known && known2)
}

// larger returns the larger of those that are known.
func larger(a, b regress.Figure) regress.Figure {
	x, known := a.Get()
	y, known2 := b.Get()
	if known && known2 {
		return regress.NewFigure(max(x, y))
	}
	return plus(a, b)
}
