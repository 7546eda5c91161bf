package main

import (
	"fmt"

	"github.com/org/regress-gate/regress"
)

// threshold is the largest change that does not matter under the default policy;
// changes are stated in multiples of it.
const threshold = regress.DefaultThreshold

// scenario is one kind of pull request in one world. The zero design measures
// base and head in one job.
type scenario struct {
	world   world
	design  design
	runs    int // history, the baseline's own run among it; 0 for none
	n       int // samples a side
	metrics int
	changed int     // how many of the metrics the pull request really changes
	times   float64 // … by how many thresholds, for the worse
	rivals  bool    // the rivals judge the same data
	cell    bool    // one of many cells of a grid: half the families do
}

// change returns the scenario with a true loss of so many thresholds in the
// first metrics of the suite.
func (s scenario) change(metrics int, times float64) scenario {
	s.changed, s.times = metrics, times
	return s
}

// String names everything that the data depend on: they are seeded by it.
func (s scenario) String() string {
	text := fmt.Sprintf("%s, %s, n = %d, %d metrics", s.world.name, s.design, s.n, s.metrics)
	if s.runs > 0 {
		text += fmt.Sprintf(", %d runs", s.runs)
	}
	if s.changed > 0 {
		text += fmt.Sprintf(", %d × %g thresholds", s.changed, s.times)
	}
	return text
}

// families returns how many pull requests to draw where a main row has so many.
// Small suites are cheap, and so get more of them.
func (s scenario) families(main int) int {
	if s.cell {
		return (main + 1) / 2
	}
	return main * min(10, suiteSize/s.metrics)
}

// suiteSize is the largest suite that is drawn.
const suiteSize = 200
