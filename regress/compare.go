package regress

import (
	"cmp"
	"fmt"
	"runtime"
	"slices"
	"sync"
)

// Compare judges the run head against base under the policy, in the steps
// match → summarise → test → correct → classify → waive. It changes neither, and
// the report shares their samples.
//
// A regression is a verdict and not an error: an error means that these inputs
// cannot be judged at all, and that there is no report.
func Compare(base *Baseline, head *Run, p Policy) (*Report, error) {
	if err := base.Validate(); err != nil {
		return nil, fmt.Errorf("baseline: %w", err)
	}
	if err := head.Validate(); err != nil {
		return nil, fmt.Errorf("run: %w", err)
	}
	if err := p.Validate(); err != nil {
		return nil, fmt.Errorf("policy: %w", err)
	}
	if len(p.Waivers) > 0 && p.Now.IsZero() {
		return nil, fmt.Errorf("policy: its waivers expire, and Now does not say which day it is")
	}
	r := &Report{
		Base:     Ref{base.Commit, base.Time, base.Env},
		Head:     Ref{head.Commit, head.Time, head.Env},
		Policy:   p,
		Warnings: slices.Clone(head.Warnings),
	}
	r.Alerts = raise(p.Alerts, base, head)
	var err error
	if r.Drift, err = base.Drift(p); err != nil {
		return nil, err
	}
	open, err := r.summarise(match(base, head, &p))
	if err != nil {
		return nil, err
	}
	// From here on the comparisons hold all that is needed of base and head, whose
	// memory may be free.
	trials := make([]*trial, len(open))
	parallel(len(open), func(i int) { trials[i] = newTrial(open[i]) })
	(&suite{Report: r, trials: trials}).judge()
	parallel(len(r.Comparisons), func(i int) { r.Comparisons[i].doubt() })
	r.Warnings = append(r.Warnings, waive(&p, r.Comparisons)...)
	return r, nil
}

// summarise describes all pairs, judges those that need no statistics, and returns
// what is still open, in the order of the comparisons.
func (r *Report) summarise(m *matching) (open []question, err error) {
	r.Comparisons = make([]Comparison, len(m.sides))
	open, failed := make([]question, len(m.sides)), make([]error, len(m.sides))
	parallel(len(m.sides), func(i int) {
		p, err := m.pair(i)
		if failed[i] = err; err != nil {
			return
		}
		c := &r.Comparisons[i]
		*c = p.summarise()
		if !p.decide(c) {
			open[i] = p.question(c)
		}
	})
	return slices.DeleteFunc(open, func(q question) bool { return q.about == nil }), cmp.Or(failed...)
}

// parallel calls f for 0 … n−1 on all processors. Every result has its own
// place, so that the outcome does not depend on their number.
func parallel(n int, f func(i int)) {
	workers := min(runtime.GOMAXPROCS(0), (n+63)/64) // a goroutine is not worth fewer than 64 pairs
	if workers <= 1 {
		for i := range n {
			f(i)
		}
		return
	}
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := n * w / workers; i < n*(w+1)/workers; i++ {
				f(i)
			}
		})
	}
	wg.Wait()
}
