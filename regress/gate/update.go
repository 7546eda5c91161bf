package gate

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/org/regress-gate/regress"
)

// Renewal says how a run is folded into a baseline.
type Renewal struct {
	Judgement
	Baseline string // a file, or a folder with one for each machine; created where absent
	Run      Input
	Time     string // when the commit was made, as RFC 3339, where the run does not say when it was measured; it orders the runs
	Pin      bool   // whether drift is counted anew from here

	// Accept lists what is taken in though it regressed: names of metrics or
	// benchmarks with * for anything. A missing metric is removed where it is named
	// in full. Regressions takes in whatever regressed. By and Reason go into the record.
	Accept      []string
	Regressions bool
	By, Reason  string
}

// Renewed is what an update did.
type Renewed struct {
	Path   string
	Report *regress.Report // how the run was judged, with what was accepted
	Drift  regress.Drift   // of the new baseline
	Older  error           // why nothing was taken in, nil where the run was
}

// Update folds a run into a baseline and reports what was taken in. Updates of one
// baseline at the same time wait for each other. A run that is older than what the
// baseline holds, by its time or by the commits, changes nothing.
func Update(r Renewal) (*Renewed, error) {
	p, err := r.policy()
	if err != nil {
		return nil, err
	}
	accept, err := r.patterns()
	if err != nil {
		return nil, err
	}
	head, err := r.read()
	if err != nil {
		return nil, err
	}
	done := &Renewed{}
	if done.Path, err = fileFor(r.Baseline, head.Env); err != nil {
		return nil, err
	}
	err = regress.ModifyBaseline(done.Path, func(old *regress.Baseline) (*regress.Baseline, error) {
		if old == nil {
			old = &regress.Baseline{Env: head.Env}
		}
		old.AlignNames(head)
		old.AlignShares(head)
		if done.Report, err = regress.Compare(old, head, p); err != nil {
			return nil, err
		}
		if precedes(head.Commit, old.Commit) {
			return nil, fmt.Errorf("%w: %s comes before %s", regress.ErrOlderRun, head.Commit, old.Commit)
		}
		if err := r.accept(done.Report, accept); err != nil {
			return nil, err
		}
		next, err := old.Update(head, done.Report)
		if err != nil {
			return nil, err
		}
		if r.Pin {
			next = next.Pin()
		}
		done.Drift, err = next.Drift(p)
		return next, err
	})
	if errors.Is(err, regress.ErrOlderRun) {
		done.Older, err = err, nil
	}
	if err != nil {
		return nil, fmt.Errorf("updating %s: %w", done.Path, err)
	}
	return done, nil
}

// read reads the run and gives it a time where it has none: that of its commit, or
// now.
func (r *Renewal) read() (*regress.Run, error) {
	head, err := ReadRun(r.Run)
	if err != nil {
		return nil, err
	}
	now := r.Now().UTC().Truncate(time.Second)
	if r.Time != "" {
		if now, err = time.Parse(time.RFC3339, r.Time); err != nil {
			return nil, Usagef("time %.40q is not one like 2026-11-23T10:00:00Z", r.Time)
		}
	}
	if head.Time.IsZero() || r.Time != "" {
		head.Time = now.UTC()
	}
	return head, nil
}

// patterns reads Accept.
func (r *Renewal) patterns() ([]regress.Pattern, error) {
	switch {
	case (len(r.Accept) > 0 || r.Regressions) && r.Reason == "":
		return nil, Usagef("an acceptance needs a reason: why may this be slower from now on?")
	case len(r.Accept) == 0 && !r.Regressions && r.Reason != "":
		return nil, Usagef("a reason without anything to accept")
	}
	var list []regress.Pattern
	for _, text := range r.Accept {
		p, err := regress.NewPattern(text)
		if err != nil {
			return nil, Usagef("accept: %w", err)
		}
		list = append(list, p)
	}
	return list, nil
}

// accept applies the patterns; one that names no metric is an error, since whoever
// gave it expects something of it.
func (r *Renewal) accept(report *regress.Report, patterns []regress.Pattern) error {
	a := regress.Acceptance{By: r.By, Reason: r.Reason, Time: r.Now().UTC().Truncate(time.Second)}
	report.Accept(a, func(c *regress.Comparison) bool { return r.Regressions && c.Verdict == regress.Regressed })
	for _, p := range patterns {
		if !slices.ContainsFunc(report.Comparisons, func(c regress.Comparison) bool { return p.MatchKey(c.Key) }) {
			return Usagef("accept: no metric is called %q", p)
		}
		report.Accept(a, func(c *regress.Comparison) bool {
			named := p.MatchKey(c.Key)
			if c.Verdict == regress.Missing { // a run of some benchmarks must not remove the others
				named = named && !strings.Contains(p.String(), "*")
			}
			return named
		})
	}
	return nil
}
