package main

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/infer"
)

// The ratchet: a metric becomes slower by less than a stored baseline without a
// history can prove, and is merged all the same. Later runs repeat that, until
// they are the history; and still it must be no measure, and be told of.
const (
	merges     = 30 // of the main branch, each followed by an update
	mergedLoss = 0.2
	mergedAt   = 1 // the first merge that has it, from 0: the one after the baseline
)

// lossOnMain is a quiet machine's suite, small so that thousands can be drawn.
var lossOnMain = scenario{world: quiet, design: stored, n: 10, metrics: 20}.change(1, mergedLoss/threshold)

// merged follows a suite over the merges. absorbed says that the loss became the
// stored value, told that the drift from the anchor shows it at the end.
func merged(r *rand.Rand) (absorbed, told bool) {
	p := newPull(lossOnMain)
	for i := range p.suite {
		p.suite[i] = p.world.meet(r)
	}
	base := &regress.Baseline{}
	for merge := range merges {
		if merge == mergedAt {
			p.suite[0].change = math.Log1p(mergedLoss)
		}
		p.head = p.newRun() // the baseline keeps the samples of the last
		p.head.Commit, p.head.Time = commits[merge], point(merge, []float64{1}).Time
		p.world.start(r, &p.job, p.suite)
		p.measureHead(r)
		base = update(base, p.head)
	}
	d, err := base.Drift(regress.Policy{})
	if err != nil {
		panic(err) // the default policy applies to everything
	}
	told = slices.ContainsFunc(d.Findings, func(f regress.DriftFinding) bool { return f.Key == keys[0] })
	return infer.Median(base.Entries[0].Samples) > 1+mergedLoss/2, told
}

func update(base *regress.Baseline, head *regress.Run) *regress.Baseline {
	report, err := regress.Compare(base, head, regress.Policy{})
	if err != nil {
		panic(err)
	}
	next, err := base.Update(head, report)
	if err != nil {
		panic(err)
	}
	return next
}

func lossAbsorbed(l *lab) rate {
	absorbed, _ := l.ratchet()
	return meanOf(absorbed)
}

func lossTold(l *lab) rate {
	_, told := l.ratchet()
	return meanOf(told)
}

// ratchet follows half as many suites as a row has pull requests, once.
func (l *lab) ratchet() (absorbed, told []float64) {
	if l.suites == nil {
		l.announce("merges")
		l.suites = repeat("merges", (l.families+1)/2, func() func(*rand.Rand) [2]bool {
			return func(r *rand.Rand) [2]bool {
				absorbed, told := merged(r)
				return [2]bool{absorbed, told}
			}
		})
	}
	for _, s := range l.suites {
		absorbed, told = append(absorbed, percent(s[0])), append(told, percent(s[1]))
	}
	return absorbed, told
}
