package main

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// world is where a pull request is measured: the noise within a run, and what
// differs from job to job. All sizes are standard deviations of logarithms.
type world struct {
	name  string
	shape shape
	cv    float64 // noise within a run; 0: each metric draws its own of noises

	common  float64 // offset of a job, the same for the whole suite
	own     float64 // offset of a job, for each metric another
	process float64 // offset of a process, which is one sample, for each metric another
	drift   float64 // total of a linear trend over a job, the same for the whole suite
	spread  spread  // how own and process differ between metrics
}

// spread says how the size of an offset differs between metrics.
type spread uint8

const (
	equal        spread = iota
	varied              // lognormal, σ = 0.8, with the stated size as its mean
	proportional        // times the metric's own noise, in place of a size
)

// of draws the size of an offset for a metric with that noise.
func (s spread) of(r *rand.Rand, size, cv float64) float64 {
	const sigma = 0.8
	switch {
	case size == 0:
		return 0
	case s == varied:
		return size * math.Exp(sigma*r.NormFloat64()-sigma*sigma/2)
	case s == proportional:
		return size * cv
	}
	return size
}

// noises are the standard deviations within a run, from which "mixed" draws.
var noises = [...]float64{0.005, 0.01, 0.03, 0.05, 0.1}

var (
	// mixed has the noise of samples only: every metric its own shape and size.
	mixed = world{name: "mixed"}
	// steps has samples that resemble their neighbours.
	steps = world{name: "AR(1) ρ = 0.5", shape: serial}
	// hosted is a shared runner: another machine with other neighbours for each job.
	hosted = world{name: "hosted", common: 0.05, own: 0.02, process: 0.01, drift: 0.02, spread: varied}
	// quiet is a dedicated machine.
	quiet = world{name: "quiet", cv: 0.01, process: 0.002}
)

// only is a world in which all metrics have the same noise, of samples alone.
func only(s shape, cv float64) world {
	return world{name: fmt.Sprintf("%s %g %%", s, 100*cv), shape: s, cv: cv}
}

// offsetWorlds are the ways in which runs may differ, for what history knows.
var offsetWorlds = []world{
	{name: "no offset"},
	{name: "common 2 %", common: 0.02},
	{name: "common 5 %", common: 0.05},
	{name: "own 2 %", own: 0.02},
	{name: "own 5 %", own: 0.05},
	{name: "own as the noise", own: 1, spread: proportional},
	{name: "own 2 % varied", own: 0.02, spread: varied},
	{name: "own 5 % varied", own: 0.05, spread: varied},
	{name: "common 5 %, own 2 % varied", common: 0.05, own: 0.02, spread: varied},
}

// metric is what stays the same of a metric from run to run.
type metric struct {
	shape            shape
	cv, own, process float64
	change           float64 // logarithm of what the pull request does to it
}

// meet draws a metric of the world.
func (w *world) meet(r *rand.Rand) metric {
	m := metric{shape: w.shape, cv: w.cv}
	if m.shape == anyShape {
		m.shape = independent[r.IntN(len(independent))]
	}
	if m.cv == 0 {
		m.cv = noises[r.IntN(len(noises))]
	}
	m.own, m.process = w.spread.of(r, w.own, m.cv), w.spread.of(r, w.process, m.cv)
	return m
}

// job is one machine for as long as a run, or base and head together, stay on it.
type job struct {
	common, drift float64
	own           []float64 // by metric
}

// start draws the job that comes next, into the memory of the last.
func (w *world) start(r *rand.Rand, j *job, metrics []metric) {
	j.common, j.drift = w.common*r.NormFloat64(), w.drift*r.NormFloat64()
	j.own = j.own[:0]
	for i := range metrics {
		j.own = append(j.own, metrics[i].own*r.NormFloat64())
	}
}

// sample draws the values of one metric, one for each place in the job, from 0
// at its start to 1 at its end; change is the logarithm of what was done to it.
func (j *job) sample(r *rand.Rand, i int, m *metric, places []float64, change float64, out []float64) {
	m.shape.fill(r, m.cv, out)
	for k := range out {
		offset := j.common + j.own[i] + j.drift*(places[k]-0.5) + m.process*r.NormFloat64()
		out[k] = math.Exp(out[k] + offset + change)
	}
}
