package gate

import (
	"context"
	"fmt"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/measure"
)

// Confirm measures again what the report of a check lists as suspect, base and
// head in turns, and returns the report of both stages: what was measured again is
// decided by that alone. Without suspects nothing is measured.
func Confirm(ctx context.Context, j Judgement, e Experiment, first *regress.Report) (*regress.Report, error) {
	if len(first.Suite.Rerun) == 0 {
		return first, nil
	}
	p, err := j.policy()
	if err != nil {
		return nil, err
	}
	l, err := e.prepare(ctx)
	if err != nil {
		return nil, fmt.Errorf("preparing to measure the suspects again: %w", err)
	}
	defer l.close()
	var pairs []measure.Pair
	for _, pair := range l.pairs {
		var names []string
		for _, k := range first.Suite.Rerun {
			names = append(names, within(pair.Name, k.Benchmark))
		}
		pairs = append(pairs, pair.Only(names)...)
	}
	l.pairs = pairs
	whole, err := l.measure(ctx, l.count(), l.count())
	if err != nil {
		return nil, fmt.Errorf("measuring the suspects again: %w", err)
	}
	if l.done == 0 {
		return nil, fmt.Errorf("stopped before the suspects were measured again: %w", ctx.Err())
	}
	base, head, err := l.sides()
	if err != nil {
		return nil, err
	}
	base, head = base.Select(listed(first)), head.Select(listed(first))
	again, err := regress.Compare(first.Again(base), head, p)
	if err != nil {
		return nil, fmt.Errorf("judging what was measured again: %w", err)
	}
	both := first.Confirm(again)
	if !whole {
		both.Warnings = append(both.Warnings, regress.Warning{Message: fmt.Sprintf("partial: the suspects were measured in %d of %d rounds before it was stopped", l.done, l.count())})
	}
	return both, nil
}

// listed keeps what the report wants measured again, under the names that it has
// there: with the package, or without.
func listed(r *regress.Report) func(*regress.Series) (regress.Key, bool) {
	wanted := map[regress.Key]bool{}
	for _, k := range r.Suite.Rerun {
		wanted[k] = true
	}
	return func(s *regress.Series) (regress.Key, bool) {
		bare := within(s.Package, s.Benchmark)
		for _, name := range [...]string{bare, s.Package + "." + bare} {
			if key := (regress.Key{Benchmark: name, Metric: s.Metric}); wanted[key] {
				return key, true
			}
		}
		return regress.Key{}, false
	}
}

// within is the name of a benchmark in its package.
func within(pkg, benchmark string) string {
	if pkg != "" && len(benchmark) > len(pkg) && benchmark[:len(pkg)] == pkg && benchmark[len(pkg)] == '.' {
		return benchmark[len(pkg)+1:]
	}
	return benchmark
}
