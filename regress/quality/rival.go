package main

import (
	"math"

	"github.com/org/regress-gate/regress/infer"
)

// rival is a rule that others use. It sees what the shipped judge sees.
type rival struct {
	name  string
	flags func(sight) bool
}

// sight is what the rivals look at of one metric.
type sight struct {
	means, medians float64 // ratio of head to base
	p, q           float64 // exact two-sided U test, and adjusted for the size of the suite
}

// level is the significance level of all rivals.
const level = 0.05

var rivals = []rival{
	{"specification: means differ by > 5 %, either way", func(s sight) bool { return math.Abs(s.means-1) > threshold }},
	{pointRule, ratioOver(1 + threshold)},
	{"mean ratio > 110 %", ratioOver(1.1)},
	{"mean ratio > 150 %", ratioOver(1.5)},
	{"mean ratio > 200 % (github-action-benchmark)", ratioOver(2)},
	{benchstat, func(s sight) bool { return s.p < level && s.medians > 1 }},
	{"U test p < 0.05 and > 5 %", func(s sight) bool { return s.p < level && s.medians > 1+threshold }},
	{"U test p < 0.05 and > 5 %, Benjamini–Hochberg", func(s sight) bool { return s.q < level && s.medians > 1+threshold }},
}

// Two of them are the measure of whether the data are hard enough.
const (
	pointRule = "mean ratio > 105 %"
	benchstat = "benchstat: U test p < 0.05, any size"
)

func ratioOver(limit float64) func(sight) bool {
	return func(s sight) bool { return s.means > limit }
}

// look prepares what the rivals see of the pull request.
func (p *pull) look() []sight {
	seen := make([]sight, p.metrics)
	ps := make([]float64, p.metrics)
	for i := range seen {
		base, head := p.baseline.Entries[i].Samples, p.head.Series[i].Samples
		_, ps[i] = infer.UTest(base, head)
		seen[i] = sight{means: mean(head) / mean(base), medians: infer.Median(head) / infer.Median(base), p: ps[i]}
	}
	for i, q := range infer.BenjaminiHochberg(ps) {
		seen[i].q = q
	}
	return seen
}

// judge applies the rule: a pull request fails with the first metric it flags.
func (v *rival) judge(p *pull, seen []sight) finding {
	var f finding
	for i := range seen {
		if !v.flags(seen[i]) {
			continue
		}
		f[failed] = percent(true)
		if i < p.changed {
			f[found] += percent(true) / float64(p.changed)
		}
	}
	return f
}

func mean(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}
