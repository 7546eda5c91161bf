package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/infer"
	"github.com/org/regress-gate/regress/unit"
)

// disturb keeps a core busy at random moments for a random while, a few seconds at
// a time, until stop is called.
func disturb() (stop func()) {
	done, ended := make(chan struct{}), make(chan struct{})
	rng := rand.New(rand.NewPCG(1, 1))
	go func() {
		defer close(ended)
		for {
			idle := busy(rng.IntN(2))
			select {
			case <-done:
				idle()
				return
			case <-time.After(time.Duration(200+rng.IntN(6000)) * time.Millisecond):
				idle()
			}
		}
	}()
	return func() { close(done); <-ended }
}

// alarms counts what one way to judge finds where nothing changed.
type alarms struct {
	how                      string
	requests, failed, metric int
	again                    int // metrics measured again
}

func (a *alarms) count(found int) {
	a.requests++
	a.metric += found
	if found > 0 {
		a.failed++
	}
}

// disturbed measures the same code again and again under random disturbance: a
// stored baseline of the first run, a run of its own for each pull request, and
// base and head in turns.
func disturbed(b *bench, requests int) (table, error) {
	const samples = 10
	stop := disturb()
	defer stop()
	first, err := b.measure("disturbed.base", samples, 0)
	if err != nil {
		return table{}, err
	}
	remembered := first[0].baseline()
	ways := [...]alarms{
		{how: "**run**: in turns"}, {how: "benchstat, p < 0.05, on the same data"}, {how: "mean beyond 10 %, on the same data"},
		{how: "**check**: stored baseline"}, {how: "**check**: with the history that update kept"}, {how: "**check --confirm**"},
		{how: "benchstat, p < 0.05, stored baseline"}, {how: "mean beyond 10 %, stored baseline"},
	}
	for i := range requests {
		alone, err := b.measure(fmt.Sprintf("disturbed.%d", i), samples, 0)
		if err != nil {
			return table{}, err
		}
		pair, err := b.measure(fmt.Sprintf("disturbed.turns.%d", i), samples, 0, 0)
		if err != nil {
			return table{}, err
		}
		turns, err := regress.Compare(pair[0].baseline(), pair[1].Run, regress.Policy{})
		if err != nil {
			return table{}, err
		}
		ways[0].count(turns.Count().Regression)
		ways[1].count(byBenchstat(pair[0], pair[1]))
		ways[2].count(byMean(pair[0], pair[1]))
		check, err := regress.Compare(first[0].baseline(), alone[0].Run, regress.Policy{})
		if err != nil {
			return table{}, err
		}
		ways[3].count(check.Count().Regression)
		confirmed, err := confirm(check, pair)
		if err != nil {
			return table{}, err
		}
		ways[5].again += len(check.Suite.Rerun)
		ways[5].count(confirmed.Count().Regression)
		ways[6].count(byBenchstat(first[0], alone[0]))
		ways[7].count(byMean(first[0], alone[0]))
		known, err := regress.Compare(remembered, alone[0].Run, regress.Policy{})
		if err != nil {
			return table{}, err
		}
		ways[4].count(known.Count().Regression)
		if remembered, err = remembered.Update(alone[0].Run, known); err != nil {
			return table{}, err
		}
	}
	var t table
	for _, w := range ways {
		again := "–"
		if w.again > 0 {
			again = fmt.Sprintf("%.1f", float64(w.again)/float64(w.requests))
		}
		t.rows = append(t.rows, texts(w.how, w.requests, w.failed, w.metric, again))
	}
	return t, nil
}

// confirm decides on the suspects by what was measured in turns, as the command
// check --confirm does.
func confirm(first *regress.Report, pair []*measured) (*regress.Report, error) {
	listed := func(s *regress.Series) (regress.Key, bool) { return s.Key, slices.Contains(first.Suite.Rerun, s.Key) }
	base, head := pair[0].Select(listed), pair[1].Select(listed)
	if len(base.Series) == 0 {
		return first, nil
	}
	again, err := regress.Compare(first.Again(base), head, regress.Policy{})
	if err != nil {
		return nil, err
	}
	return first.Confirm(again), nil
}

// byBenchstat counts the metrics that are worse at p < 0.05, whatever the size.
func byBenchstat(base, head *measured) int {
	return countBy(base, head, func(x, y []float64) bool {
		_, p := infer.UTest(x, y)
		return p < 0.05 && infer.Median(y) > infer.Median(x)
	})
}

// byMean counts the metrics whose mean is worse by more than a tenth.
func byMean(base, head *measured) int {
	mean := func(x []float64) (m float64) {
		for _, v := range x {
			m += v / float64(len(x))
		}
		return m
	}
	return countBy(base, head, func(x, y []float64) bool { return mean(y) > 1.1*mean(x) })
}

func countBy(base, head *measured, worse func(x, y []float64) bool) (n int) {
	before := map[regress.Key][]float64{}
	for _, s := range base.Series {
		before[s.Key] = s.Samples
	}
	for _, s := range head.Series {
		if x, known := before[s.Key]; known && worse(x, s.Samples) {
			n++
		}
	}
	return n
}

// findUnderDisturbance looks for a planted loss of 5 % with a threshold of 2 %.
func findUnderDisturbance(b *bench) (table, error) {
	stop := disturb()
	defer stop()
	var t table
	for _, n := range [...]int{10, 20, 40} {
		pair, err := b.measure(fmt.Sprintf("disturbed.slow.%d", n), n, 0, 5)
		if err != nil {
			return t, err
		}
		r, err := regress.Compare(pair[0].baseline(), pair[1].Run, regress.Policy{Threshold: regress.PercentOf(0.02)})
		if err != nil {
			return t, err
		}
		found, alarms := []string{}, 0
		for _, c := range r.WorstFirst(regress.Regressed) {
			if strings.HasPrefix(c.Benchmark, "Slowed") {
				change, _ := c.Delta.Relative.Get()
				found = append(found, c.Benchmark+" "+unit.FormatChange(change))
			} else {
				alarms++
			}
		}
		t.rows = append(t.rows, texts(n, len(found), alarms, r.Gate(), strings.Join(found, ", ")))
	}
	return t, nil
}
