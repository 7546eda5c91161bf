package regresstest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/org/regress-gate/regress/unit"
)

// Slowest returns the segment that took the most time over all laps that ended,
// and its share of their total, from 0 to 1. The name is empty where nothing
// was marked.
func (s *Stopwatch) Slowest() (name string, part float64) {
	segments, total := s.sums()
	if len(segments) == 0 {
		return "", 0
	}
	return segments[0].name, share(segments[0].took, total)
}

// String lists the segments, the slowest first, each with its mean time in a
// lap and its share, and how much of the total is in none of them:
//
//	Checkout: 6.00 ms a lap, 10 laps
//	  store      4.00 ms  66.7 %
//	  parse      1.50 ms  25.0 %
//	  no segment 500 µs   8.33 %
func (s *Stopwatch) String() string {
	segments, total := s.sums()
	s.mu.Lock()
	laps := len(s.laps)
	s.mu.Unlock()
	if laps == 0 {
		return s.name + ": no laps"
	}
	rest := total
	width := 0
	for _, g := range segments {
		rest -= g.took
	}
	if rest > 0 {
		segments = append(segments, segment{"no segment", rest})
	}
	for _, g := range segments {
		width = max(width, len(g.name))
	}
	mean := func(d time.Duration) string { return unit.Format(d.Seconds()/float64(laps), "s") }
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s a lap, %d laps", s.name, mean(total), laps)
	for _, g := range segments {
		fmt.Fprintf(&b, "\n  %-*s %-8s %s", width, g.name, mean(g.took), unit.Format(share(g.took, total), "ratio"))
	}
	return b.String()
}

// sums adds up the laps that ended: the segments, the slowest first, and the
// total.
func (s *Stopwatch) sums() (segments []segment, total time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var sum Lap
	for _, l := range s.laps {
		total += l.total
		for _, g := range l.segments {
			sum.add(g.name, g.took)
		}
	}
	slices.SortStableFunc(sum.segments, func(a, b segment) int { return cmp.Compare(b.took, a.took) })
	return sum.segments, total
}

// share returns what part of the total it is. Nothing is no part of nothing: a
// clock that did not move tells no share.
func share(part, total time.Duration) float64 {
	if total <= 0 {
		return 0
	}
	return part.Seconds() / total.Seconds()
}
