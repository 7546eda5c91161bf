package main

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/org/regress-gate/regress"
)

// finding is what one rule says of one pull request. All but reruns and taken are in percent.
type finding [findings]float64

// The parts of a finding.
const (
	failed       = iota // whether the pull request fails
	unproven            // whether nothing can be said of it: the whole suite moved
	found               // share of the truly changed metrics that are called a regression
	unchanged           // … that are called unchanged
	tooFew              // share of all metrics of which is said that so few samples cannot be significant
	inconclusive        // share of the clean metrics that are inconclusive
	reruns              // number of metrics to be measured again
	taken               // mean number of samples of a metric, on a side
	findings
)

// shipped is the judge that users get: regress.Compare under the default policy.
func shipped(p *pull, r *rand.Rand) finding {
	report, samples := p.judge()
	var f finding
	f[failed], f[unproven] = percent(report.Gate() == regress.Shut), percent(report.Gate() == regress.Unproven)
	for i := range report.Comparisons {
		c := &report.Comparisons[i]
		if i < p.changed {
			f[found] += percent(c.Verdict == regress.Regressed) / float64(p.changed)
			f[unchanged] += percent(c.Verdict == regress.Unchanged) / float64(p.changed)
		} else {
			f[inconclusive] += percent(c.Verdict == regress.Inconclusive) / float64(p.metrics-p.changed)
		}
		f[tooFew] += percent(c.Cause == regress.CauseTooFew) / float64(p.metrics)
	}
	if p.design == confirmed {
		f[failed], f[found] = p.confirm(r, report.Suite.Rerun)
		f[unproven] = 0 // what is measured again settles it
	}
	f[reruns], f[taken] = float64(len(report.Suite.Rerun)), samples
	return f
}

// judge judges the pull request once, or looks at it again and again. samples is the
// mean number that a metric took, on a side.
func (p *pull) judge() (report *regress.Report, samples float64) {
	if p.design != looked {
		return compare(p.baseline, p.head), float64(p.n)
	}
	looks := regress.Looks()
	base, head := *p.baseline, *p.head
	base.Entries, head.Series = slices.Clone(base.Entries), slices.Clone(head.Series)
	for look, n := range looks {
		for i := range base.Entries {
			if report == nil || report.Comparisons[i].Undecided() {
				base.Entries[i].Samples, head.Series[i].Samples = p.baseline.Entries[i].Samples[:n], p.head.Series[i].Samples[:n]
			}
		}
		report = compareUnder(regress.Policy{}.PerLook(len(looks)), &base, &head)
		if look == len(looks)-1 || !slices.ContainsFunc(report.Comparisons, func(c regress.Comparison) bool { return c.Undecided() }) {
			break
		}
	}
	for i := range head.Series {
		samples += float64(len(head.Series[i].Samples)) / float64(p.metrics)
	}
	return report, samples
}

// confirm measures the listed metrics again, base and head interleaved in a job
// of their own, and decides on these data alone (STATISTICS 2.8).
func (p *pull) confirm(r *rand.Rand, list []regress.Key) (failed, found float64) {
	const processes = 10
	if len(list) == 0 {
		return 0, 0
	}
	again := newPull(scenario{world: p.world, design: interleaved, n: processes, metrics: len(list)})
	for at, key := range list {
		i := slices.Index(keys[:], key)
		again.suite[at] = p.suite[i]
		again.baseline.Entries[at].Key, again.head.Series[at].Key = key, key
	}
	again.measure(r)
	report := compare(again.baseline, again.head)
	for i := range report.Comparisons {
		c := &report.Comparisons[i]
		if slices.Contains(keys[:p.changed], c.Key) {
			found += percent(c.Verdict == regress.Regressed) / float64(p.changed)
		}
	}
	return percent(report.Gate() == regress.Shut), found
}

// compare judges drawn data under the default policy.
func compare(base *regress.Baseline, head *regress.Run) *regress.Report {
	return compareUnder(regress.Policy{}, base, head)
}

// compareUnder judges drawn data, which are valid: an error is a mistake of this bench.
func compareUnder(policy regress.Policy, base *regress.Baseline, head *regress.Run) *regress.Report {
	report, err := regress.Compare(base, head, policy)
	if err != nil {
		panic(fmt.Sprintf("judging a drawn pull request: %v", err))
	}
	return report
}

func percent(yes bool) float64 {
	if yes {
		return 100
	}
	return 0
}
