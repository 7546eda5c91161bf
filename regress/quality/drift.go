package main

import (
	"math"
	"math/rand/v2"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/infer"
)

// Slow drift (STATISTICS 6): merges that are each too small to fail, and the
// check of the latest runs of the main branch against a pinned anchor.
const (
	driftWindow = 3    // runs that must all lie beyond the anchor
	driftRunSD  = 0.01 // noise of a run
	driftMerges = 10
	driftStep   = 0.02 // of each merge
	anchorRuns  = 5    // the anchor is their median
	quietChecks = 29
)

// drifted is the check that is measured: the one of the shipped judge, for a
// metric with such an anchor and history. Runs are logarithms, oldest first.
func drifted(anchor float64, runs []float64) bool {
	latest := math.Exp(runs[len(runs)-1])
	entry := regress.Entry{
		Series: regress.Series{Key: keys[0], Unit: "sec/op", Samples: []float64{latest}},
		Anchor: &regress.Point{Center: math.Exp(anchor)},
	}
	for _, v := range runs {
		entry.History = append(entry.History, regress.Point{Center: math.Exp(v)})
	}
	d, err := (&regress.Baseline{Entries: []regress.Entry{entry}}).Drift(regress.Policy{})
	if err != nil {
		panic(err) // the default policy applies to everything
	}
	return len(d.Findings) > 0
}

// caughtAt returns the merge, from 1, at which the drift is found, or one more
// than there are.
func caughtAt(r *rand.Rand) float64 {
	runs := quietRuns(r, anchorRuns)
	anchor := infer.Median(runs)
	for merge := 1; merge <= driftMerges; merge++ {
		runs = append(runs, float64(merge)*math.Log1p(driftStep)+driftRunSD*r.NormFloat64())
		if drifted(anchor, runs) {
			return float64(merge)
		}
	}
	return driftMerges + 1
}

// falseAlarm tells whether any of the checks over quiet merges finds a drift.
func falseAlarm(r *rand.Rand) bool {
	runs := quietRuns(r, anchorRuns+driftWindow-1)
	anchor := infer.Median(runs[:anchorRuns])
	for range quietChecks {
		if runs = append(runs, quietRuns(r, 1)...); drifted(anchor, runs) {
			return true
		}
	}
	return false
}

func quietRuns(r *rand.Rand, n int) []float64 {
	runs := make([]float64, n)
	for i := range runs {
		runs[i] = driftRunSD * r.NormFloat64()
	}
	return runs
}

// series repeats an experiment on a single metric.
func (l *lab) series(name string, f func(*rand.Rand) float64) []float64 {
	const cheap = 10 // times as many as of a suite
	l.announce(name)
	return repeat(name, cheap*l.families, func() func(*rand.Rand) float64 { return f })
}

func driftCaught(l *lab) rate {
	return meanOf(l.series("drift", func(r *rand.Rand) float64 { return percent(caughtAt(r) <= driftMerges) }))
}

func driftMedian(l *lab) rate { return medianOf(l.series("drift", caughtAt)) }

func driftFalse(l *lab) rate {
	return meanOf(l.series("quiet merges", func(r *rand.Rand) float64 { return percent(falseAlarm(r)) }))
}
