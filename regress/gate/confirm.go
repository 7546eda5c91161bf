package gate

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/measure"
)

// LeastToConfirm is the number of samples a side below which nothing is confirmed.
const LeastToConfirm = 4

// Confirm measures again what the report of a check lists as suspect, base and
// head in turns, and returns the report of both stages: what was measured again is
// decided by that alone. Without suspects nothing is measured. Where none can be
// measured, or it is stopped before they were, the first report stands, and says so.
func Confirm(ctx context.Context, j Judgement, e Experiment, first *regress.Report) (*regress.Report, error) {
	first = withWarnings(first, weakSuspects(first)...)
	if len(first.Suite.Rerun) == 0 {
		return first, nil
	}
	p, err := j.policy()
	if err != nil {
		return nil, err
	}
	l, err := e.prepare(ctx)
	if err == nil {
		defer l.close()
		l.suspects(first)
		_, err = l.measure(ctx, l.count(), l.count())
	}
	switch {
	case ctx.Err() != nil && (l == nil || l.done == 0):
		return unconfirmed(first, "it was stopped before they were measured once"), nil
	case errors.Is(err, measure.ErrNoBenchmarks), err == nil && l.done == 0:
		return unconfirmed(first, "none is a Go benchmark that both the base and the working tree have (--package names where they are)"), nil
	case err != nil:
		return nil, fmt.Errorf("measuring the suspects again: %w", err)
	}
	base, head, err := l.sides()
	if err != nil {
		return nil, err
	}
	names, twice := suspectNames(first, base, head)
	base, head = base.Select(names), head.Select(names)
	again, err := regress.Compare(first.Again(base), head, p)
	if err != nil {
		return nil, fmt.Errorf("judging what was measured again: %w", err)
	}
	both := first.Confirm(again)
	both.Warnings = append(both.Warnings, twice...)
	if l.done < l.count() {
		both.Warnings = append(both.Warnings, regress.Warning{Message: fmt.Sprintf("partial: the suspects were measured in %d of %d rounds before it was stopped", l.done, l.count())})
	}
	return both, nil
}

// unconfirmed is the report of a check of which nothing was measured again.
func unconfirmed(first *regress.Report, why string) *regress.Report {
	return withWarnings(first, regress.Warning{Message: "the suspects were not measured again, and stay as they were found first: " + why})
}

// withWarnings is the report with more warnings; the report itself is not changed.
func withWarnings(r *regress.Report, more ...regress.Warning) *regress.Report {
	same := *r
	same.Warnings = append(slices.Clip(r.Warnings), more...)
	return &same
}

// weakSuspects is a remark on the suspects that the report does not want measured
// again, since their own rank test says too little (STATISTICS 2.8).
func weakSuspects(r *regress.Report) []regress.Warning {
	var names []string
	for i := range r.Comparisons {
		if c := &r.Comparisons[i]; c.Cause == regress.CauseSuspect && !slices.Contains(r.Suite.Rerun, c.Key) {
			names = append(names, c.Key.String())
		}
	}
	if len(names) == 0 {
		return nil
	}
	const most = 5
	list := strings.Join(names[:min(len(names), most)], ", ")
	if more := len(names) - most; more > 0 {
		list += fmt.Sprintf(" and %d more", more)
	}
	return []regress.Warning{{Message: "too weak a suspicion to be measured again (a rank test alone says p > 0.05): " + list}}
}

// suspects leaves in the experiment what the report wants measured again and both
// sides have.
func (l *lab) suspects(r *regress.Report) {
	var pairs []measure.Pair
	for _, pair := range l.pairs {
		if pair.Base == nil || pair.Head == nil {
			continue
		}
		var names []string
		for _, k := range r.Suite.Rerun {
			if name := within(pair.Name, k.Benchmark); name != "" {
				names = append(names, name)
			}
		}
		if len(names) > 0 {
			pairs = append(pairs, pair.Only(names))
		}
	}
	l.pairs = pairs
}

// suspectNames returns what selects the series that the report wants measured again,
// under the names that they have there: with the package, or without. Where two
// packages have a benchmark of a name without one, neither is taken for it: a remark
// tells.
func suspectNames(r *regress.Report, runs ...*regress.Run) (names func(*regress.Series) (regress.Key, bool), twice []regress.Warning) {
	of := map[regress.Key][]string{} // the packages that have it
	for _, k := range r.Suite.Rerun {
		of[k] = nil
	}
	names = func(s *regress.Series) (regress.Key, bool) {
		bare := within(s.Package, s.Benchmark)
		for _, name := range [...]string{s.Package + "." + bare, bare} {
			key := regress.Key{Benchmark: name, Metric: s.Metric}
			if packages, wanted := of[key]; wanted && len(packages) < 2 {
				return key, true
			}
		}
		return regress.Key{}, false
	}
	for _, run := range runs {
		for i := range run.Series {
			s := &run.Series[i]
			if key, ok := names(s); ok && !slices.Contains(of[key], s.Package) {
				of[key] = append(of[key], s.Package)
			}
		}
	}
	for _, k := range r.Suite.Rerun {
		if p := of[k]; len(p) > 1 {
			twice = append(twice, regress.Warning{Message: fmt.Sprintf("%s is in two packages, %s and %s: name the one that was measured with --package", k, p[0], p[1])})
		}
	}
	return names, twice
}

// within is the name of a benchmark in its package.
func within(pkg, benchmark string) string {
	if pkg != "" && len(benchmark) > len(pkg) && benchmark[:len(pkg)] == pkg && benchmark[len(pkg)] == '.' {
		return benchmark[len(pkg)+1:]
	}
	return benchmark
}
