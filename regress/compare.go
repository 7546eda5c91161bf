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
	m := match(base, head, &p)
	r.Comparisons = make([]Comparison, len(m.sides))
	trials := make([]*trial, len(m.sides))
	if err := parallel(len(m.sides), func(i int) error {
		pr, err := m.pair(i)
		if err != nil {
			return err
		}
		r.Comparisons[i] = pr.summarise()
		trials[i] = pr.test(&r.Comparisons[i])
		return nil
	}); err != nil {
		return nil, err
	}
	trials = slices.DeleteFunc(trials, func(t *trial) bool { return t == nil })
	(&suite{Report: r, trials: trials}).judge()
	for i := range r.Comparisons {
		r.Comparisons[i].doubt()
	}
	r.Warnings = append(r.Warnings, waive(&p, r.Comparisons)...)
	r.Alerts = raise(p.Alerts, base, head)
	var err error
	if r.Drift, err = base.Drift(p); err != nil {
		return nil, err
	}
	return r, nil
}

// parallel calls f for 0 … n−1 on all processors, and returns the first error in
// that order. Every result has its own place, so that the outcome does not depend on
// the number of processors.
func parallel(n int, f func(i int) error) error {
	workers := min(runtime.GOMAXPROCS(0), (n+63)/64) // a goroutine is not worth fewer than 64 pairs
	failed := make([]error, workers)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := n * w / workers; i < n*(w+1)/workers && failed[w] == nil; i++ {
				failed[w] = f(i)
			}
		})
	}
	wg.Wait()
	return cmp.Or(failed...)
}
