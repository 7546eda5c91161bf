package parse

import (
	"strings"

	"golang.org/x/perf/benchunit"

	"github.com/org/regress-gate/regress/unit"
)

// goUnitDeclaration is what a log says of a unit.
type goUnitDeclaration struct {
	direction unit.Direction
	exact     bool
}

// declare reads the unit metadata of the Go benchmark format, such as
//
//	Unit ns/op better=lower
//	Unit wire-bytes better=lower assume=exact
//
// Keys that are not known are passed over, as that format asks.
func (r *goRun) declare(line string) {
	f := strings.Fields(line)
	if len(f) < 3 {
		return
	}
	_, tidy := benchunit.Tidy(1, f[1])
	d := r.declared[tidy]
	for _, pair := range f[2:] {
		key, value, found := strings.Cut(pair, "=")
		if !found {
			return // prose
		}
		switch {
		case key == "better" && value == "lower":
			d.direction = unit.Lower
		case key == "better" && value == "higher":
			d.direction = unit.Higher
		case key == "assume":
			d.exact = value == "exact"
		}
	}
	r.declared[tidy] = d
}
