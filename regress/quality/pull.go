package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/infer"
)

// keys name the metrics of every suite, in the order of a report.
var keys = func() (k [suiteSize]regress.Key) {
	for i := range k {
		k[i] = regress.Key{Benchmark: fmt.Sprintf("Work%03d", i), Metric: "sec/op"}
	}
	return k
}()

// pull is a drawn pull request. Its memory is used again for the next one.
type pull struct {
	scenario
	suite                  []metric
	baseline               *regress.Baseline
	head                   *regress.Run
	basePlaces, headPlaces []float64
	job                    job
	scratch                []float64
}

func newPull(s scenario) *pull {
	p := &pull{scenario: s, suite: make([]metric, s.metrics), scratch: make([]float64, s.n)}
	p.baseline, p.head = regress.NewBaseline(p.newRun()), p.newRun()
	p.basePlaces, p.headPlaces = s.design.places(s.n)
	for i := range p.baseline.Entries {
		p.baseline.Entries[i].History = make([]regress.Point, s.runs)
	}
	return p
}

func (p *pull) newRun() *regress.Run {
	run := &regress.Run{Design: p.design.declared(), Series: make([]regress.Series, p.metrics)}
	for i := range run.Series {
		run.Series[i] = regress.Series{Key: keys[i], Unit: "sec/op", Samples: make([]float64, p.n)}
	}
	return run
}

// draw draws the next pull request: another suite, measured.
func (p *pull) draw(r *rand.Rand) {
	for i := range p.suite {
		p.suite[i] = p.world.meet(r)
		if i < p.changed {
			p.suite[i].change = math.Log1p(p.times * threshold)
		}
	}
	p.measure(r)
}

// measure draws new samples for the same suite: first its history, then the
// baseline's run, then the head's.
func (p *pull) measure(r *rand.Rand) {
	for run := range max(p.runs, 1) {
		p.world.start(r, &p.job, p.suite)
		for i := range p.suite {
			entry := &p.baseline.Entries[i]
			samples := p.scratch
			if run+1 >= p.runs { // the baseline's own run
				samples = entry.Samples
			}
			p.job.sample(r, i, &p.suite[i], p.basePlaces, 0, samples)
			if p.runs > 0 {
				entry.History[run] = point(run, samples)
			}
		}
	}
	if !p.design.oneJob() {
		p.world.start(r, &p.job, p.suite)
	}
	p.measureHead(r)
}

// measureHead draws the head's samples in the job that is running.
func (p *pull) measureHead(r *rand.Rand) {
	for i := range p.suite {
		p.job.sample(r, i, &p.suite[i], p.headPlaces, p.suite[i].change, p.head.Series[i].Samples)
	}
}

// point is what the history keeps of a run.
func point(run int, samples []float64) regress.Point {
	const day = 24 * 60 * 60
	return regress.Point{
		Commit: commits[run], Time: time.Unix(int64(run)*day, 0).UTC(),
		Center: infer.Median(samples), N: len(samples),
	}
}

// commits name the runs of a history.
var commits = func() (c [32]string) {
	for i := range c {
		c[i] = fmt.Sprintf("%07x", i+1)
	}
	return c
}()
