package gate

import (
	"context"
	"fmt"
	"os"
	"slices"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/measure"
)

// maxProfiled is how many benchmarks are profiled, the worst ones.
const maxProfiled = 3

// explain profiles the benchmarks that regressed, base and head, and adds to the
// report what that says of the cause. What goes wrong is a warning: the verdicts
// stand without it.
func (l *lab) explain(ctx context.Context, r *regress.Report) {
	var benchmarks []string
	losses := r.WorstFirst(regress.Regressed)
	for _, c := range losses {
		if !slices.Contains(benchmarks, c.Benchmark) && len(benchmarks) < maxProfiled {
			benchmarks = append(benchmarks, c.Benchmark)
		}
	}
	for _, benchmark := range benchmarks {
		if err := l.explainOne(ctx, r, benchmark, losses); err != nil {
			r.Warnings = append(r.Warnings, regress.Warning{Message: visible("the cause of the loss in " + benchmark + " is not known: " + err.Error())})
		}
	}
}

func (l *lab) explainOne(ctx context.Context, r *regress.Report, benchmark string, losses []*regress.Comparison) error {
	base, head, err := l.profiles(ctx, benchmark)
	if err != nil {
		return err
	}
	for _, c := range losses {
		if c.Benchmark != benchmark {
			continue
		}
		kind, files := "cpu", [2]string{base.CPU, head.CPU}
		switch c.Unit {
		case "sec/op":
		case "B/op":
			kind, files = "alloc_space", [2]string{base.Memory, head.Memory}
		case "allocs/op":
			kind, files = "alloc_objects", [2]string{base.Memory, head.Memory}
		default:
			continue
		}
		before, err := readProfile(files[0])
		if err != nil {
			return err
		}
		after, err := readProfile(files[1])
		if err != nil {
			return err
		}
		d, err := diagnose(func(string) *regress.Comparison { return c }, before, after, kind)
		if err != nil {
			return err
		}
		r.Diagnoses = append(r.Diagnoses, *d)
	}
	return nil
}

// profiles takes the profiles of one benchmark.
func (l *lab) profiles(ctx context.Context, benchmark string) (base, head measure.Profiles, err error) {
	for _, p := range l.all {
		if name := l.nameIn(p.Name, benchmark); name != "" {
			folder, err := os.MkdirTemp(l.folder, "profile")
			if err != nil {
				return base, head, err
			}
			return p.Only([]string{name}).Profile(ctx, folder)
		}
	}
	return base, head, fmt.Errorf("it is no Go benchmark of a measured package")
}
