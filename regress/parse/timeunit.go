package parse

import (
	"math"

	"github.com/org/regress-gate/regress/unit"
)

// perSecond is how many of a unit of time make a second. It is divided by, which
// rounds once where a factor of 1e-9 is rounded itself.
var perSecond = map[string]float64{
	"s": 1, "sec": 1, "ms": 1e3, "us": 1e6, "\u00b5s": 1e6, "\u03bcs": 1e6, "ns": 1e9, "ps": 1e12,
}

// seconds returns a time in seconds, false where the unit is none.
func seconds(v float64, timeUnit string) (float64, bool) {
	n, ok := perSecond[timeUnit]
	return v / max(n, 1), ok
}

// scaled returns v times the factor, which is a whole number or one divided by a
// whole number, rounded once.
func scaled(v, factor float64) float64 {
	if factor < 1 {
		return v / math.Round(1/factor)
	}
	return v * factor
}

// The metrics that several tools for small pieces of code have in common: each
// sample is the time of one call, or they are summaries of such times.
var (
	secondsPerCall = metric{"time", "s", unit.Lower}
	operationRate  = metric{"ops", "ops/s", unit.Higher}
	callRate       = metric{"hz", "ops/s", unit.Higher} // as it is called in JavaScript
)
