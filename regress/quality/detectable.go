package main

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/org/regress-gate/regress"
)

// detectable measures whether the minimum detectable effect that a report
// prints is true: a clean pull request is judged, then one of its metrics loses
// just what the report named for it, and new data are drawn. It should be found
// in four cases of five.
func detectable(s scenario) func(*lab) rate {
	return func(l *lab) rate {
		name := fmt.Sprintf("detectable effect: %s", s)
		l.announce(name)
		return meanOf(repeat(name, s.families(l.families), func() func(*rand.Rand) float64 {
			p := newPull(s)
			return func(r *rand.Rand) float64 {
				p.draw(r)
				effect, _ := compare(p.baseline, p.head).Comparisons[0].MDE.Get()
				p.suite[0].change = math.Log1p(effect)
				p.measure(r)
				return percent(compare(p.baseline, p.head).Comparisons[0].Verdict == regress.Regressed)
			}
		}))
	}
}
