package render

import "github.com/org/regress-gate/regress"

// The colours of the terminal, as parameters of its SGR sequence.
const (
	red    = "31"
	green  = "32"
	yellow = "33"
	plain  = ""
)

// painter returns a function that colours a text, or leaves it alone.
func painter(on bool) func(colour, s string) string {
	return func(colour, s string) string {
		if !on || colour == plain || s == "" {
			return s
		}
		return "\x1b[" + colour + "m" + s + "\x1b[0m"
	}
}

func gateColour(g regress.Gate) string {
	switch g {
	case regress.Open:
		return green
	case regress.Shut:
		return red
	}
	return yellow
}

func verdictColour(c *regress.Comparison) string {
	switch c.Verdict {
	case regress.Regressed:
		if c.Closes() {
			return red
		}
		return yellow
	case regress.Improved:
		return green
	case regress.Inconclusive, regress.Missing, regress.Incomparable:
		return yellow
	}
	return plain
}

func alertColour(a *regress.AlertResult) string {
	switch {
	case a.Fired && a.Severity == regress.Error:
		return red
	case a.Fired || a.Blind():
		return yellow
	}
	return plain
}
