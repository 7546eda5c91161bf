package gate

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/measure"
	"github.com/org/regress-gate/regress/unit"
)

// Run measures base and head in turns and judges them. Where the context ends
// early, what was measured until then is judged, and the report says so.
func Run(ctx context.Context, j Judgement, e Experiment) (*regress.Report, error) {
	p, err := j.policy()
	if err != nil {
		return nil, err
	}
	if e.Base == "" {
		return nil, Usagef("no base: name the commit to compare with")
	}
	l, err := e.prepare(ctx)
	if err != nil {
		return nil, fmt.Errorf("preparing the measurement: %w", err)
	}
	defer l.close()
	report, err := l.look(ctx, p)
	if err == nil && e.Profile {
		l.explain(ctx, report)
	}
	return report, err
}

// look measures and judges until everything is decided, or there are no more looks.
func (l *lab) look(ctx context.Context, p regress.Policy) (*regress.Report, error) {
	looks := []int{l.count()}
	if l.Budget > 0 {
		looks = regress.Looks()
		p = p.PerLook(len(looks))
	}
	most := looks[len(looks)-1]
	for i, n := range looks {
		whole, err := l.measure(ctx, n, most)
		if err != nil {
			return nil, err
		}
		if l.done == 0 {
			return nil, fmt.Errorf("stopped before a single round was measured: %w", ctx.Err())
		}
		if !whole {
			return l.judge(p, fmt.Sprintf("partial: %d of %d rounds were measured before %s", l.done, most, why(ctx)))
		}
		report, err := l.judge(p, "")
		if err != nil || i == len(looks)-1 {
			return report, err
		}
		if l.narrow(report); len(l.pairs) == 0 {
			return report, nil
		}
	}
	return nil, errors.New("no looks")
}

func why(ctx context.Context) string {
	if ctx.Err() != nil {
		return "it was stopped"
	}
	return "the budget was spent"
}

func (l *lab) judge(p regress.Policy, remark string) (*regress.Report, error) {
	base, head, err := l.sides()
	if err != nil {
		return nil, err
	}
	report, err := regress.Compare(regress.NewBaseline(base), head, p)
	if err != nil {
		return nil, err
	}
	if remark != "" {
		report.Warnings = append([]regress.Warning{{Message: remark}}, report.Warnings...)
	}
	return report, nil
}

// narrow leaves in the next rounds only the benchmarks with a metric that is not
// decided.
func (l *lab) narrow(r *regress.Report) {
	if len(l.Command) > 0 {
		if !slices.ContainsFunc(r.Comparisons, func(c regress.Comparison) bool { return c.Undecided() }) {
			l.pairs = nil
		}
		return
	}
	var pairs []measure.Pair
	for _, p := range l.pairs {
		var names []string
		for i := range r.Comparisons {
			if c := &r.Comparisons[i]; c.Undecided() {
				if name := l.nameIn(p.Name, c.Benchmark); name != "" {
					names = append(names, name)
				}
			}
		}
		if len(names) > 0 {
			pairs = append(pairs, p.Only(names))
		}
	}
	l.pairs = pairs
}

// nameIn is the name of a benchmark within a package, "" where it is of another
// one: reports write the package only where two share a name.
func (l *lab) nameIn(pkg, benchmark string) string {
	bare := strings.TrimPrefix(benchmark, pkg+".")
	for _, run := range l.head {
		for i := range run.Series {
			if s := &run.Series[i]; s.Package == pkg && s.Benchmark == bare {
				return bare
			}
		}
	}
	return ""
}

// widest names the metric, of those that are still measured, of which least is known.
func (l *lab) widest() string {
	if l.Notice == nil || l.checkout == nil || l.done < 4 {
		return ""
	}
	report, err := l.judge(regress.Policy{}, "")
	if err != nil {
		return ""
	}
	text, widest := "", 0.0
	for i := range report.Comparisons {
		c := &report.Comparisons[i]
		lo, known := c.Delta.Lo.Get()
		hi, _ := c.Delta.Hi.Get()
		if known && c.Head.N == l.done && hi-lo > widest {
			widest = hi - lo
			text = fmt.Sprintf("%s [%s, %s]", c.Key, unit.FormatChange(lo), unit.FormatChange(hi))
		}
	}
	return text
}

// Record measures the working tree alone.
func Record(ctx context.Context, e Experiment) (*regress.Run, error) {
	if e.Base != "" || e.Budget > 0 {
		return nil, Usagef("a budget needs a base to compare with")
	}
	l, err := e.prepare(ctx)
	if err != nil {
		return nil, fmt.Errorf("preparing the measurement: %w", err)
	}
	defer l.close()
	whole, err := l.measure(ctx, l.count(), l.count())
	if err != nil {
		return nil, err
	}
	if l.done == 0 {
		return nil, fmt.Errorf("stopped before a single round was measured: %w", ctx.Err())
	}
	_, run, err := l.sides()
	if err == nil && !whole {
		run.Warnings = append(run.Warnings, regress.Warning{Message: fmt.Sprintf("partial: %d of %d rounds were measured before it was stopped", l.done, l.count())})
	}
	return run, err
}
