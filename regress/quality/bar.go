package main

import (
	"fmt"
	"math"
	"regexp"

	"github.com/org/regress-gate/regress/quality/internal/markdown"
)

// bar is one figure that the shipped judge has to reach (STATISTICS 7).
type bar struct {
	row   int
	what  string
	of    func(*lab) rate
	limit limit
}

// limit is what a figure may be, both ends included.
type limit struct {
	least, most float64
	unit        string
}

func atMost(most float64) limit         { return limit{math.Inf(-1), most, " %"} }
func atLeast(least float64) limit       { return limit{least, math.Inf(1), " %"} }
func between(least, most float64) limit { return limit{least, most, " %"} }

// in returns the limit for a figure that is no percentage.
func (l limit) in(unit string) limit {
	l.unit = unit
	return l
}

func (l limit) holds(r rate) bool { return l.least <= r.value && r.value <= l.most }

// String is "≤ 2.5 %", "≥ 78 %", "72 – 92 %".
func (l limit) String() string {
	switch {
	case math.IsInf(l.least, -1):
		return fmt.Sprintf("≤ %g%s", l.most, l.unit)
	case math.IsInf(l.most, 1):
		return fmt.Sprintf("≥ %g%s", l.least, l.unit)
	}
	return fmt.Sprintf("%g – %g%s", l.least, l.most, l.unit)
}

// String is what -run matches: "row 1: mixed, n = 10: …".
func (b bar) String() string { return fmt.Sprintf("row %d: %s", b.row, b.what) }

// judgeBars measures the bars that match, and says how many are missed.
func judgeBars(l *lab, wanted *regexp.Regexp) (t *markdown.Table, missed int) {
	t = markdown.NewTable("#", "scenario", "bar", "measured", "")
	for _, b := range bars() {
		if !wanted.MatchString(b.String()) {
			continue
		}
		r, word := b.of(l), "ok"
		if !b.limit.holds(r) {
			word = "MISSED"
			missed++
		}
		t.Add(fmt.Sprint(b.row), b.what, b.limit.String(), r.String(), word)
	}
	return t, missed
}
