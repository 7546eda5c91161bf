package gate

import (
	"bytes"
	"slices"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/infer"
	"github.com/org/regress-gate/regress/measure"
	"github.com/org/regress-gate/regress/parse"
	"github.com/org/regress-gate/regress/unit"
)

// read returns what one process measured: the results of Go benchmarks, what a
// command's output says where it is in a known format, and else what the process
// itself took. Its samples are one for each metric, the median of what it says: the
// process is what repeats independently. It is nil where Go ran no benchmark.
func (l *lab) read(s measure.Sample, name string) (*regress.Run, error) {
	if len(l.Command) == 0 {
		if !bytes.Contains(s.Output, []byte("\nBenchmark")) {
			return nil, nil
		}
		run, err := parse.Read(bytes.NewReader(s.Output), "the benchmarks of "+name, "gobench")
		return onePerProcess(run), err
	}
	format := l.Format
	if format == "" {
		format = "auto"
	}
	took := &regress.Run{Series: s.Usage.Series("")}
	for _, s := range took.Series {
		l.took[s.Key] = true
	}
	if format == "auto" && l.silent {
		return took, nil
	}
	run, err := parse.Read(bytes.NewReader(s.Output), "the output of "+name, format)
	switch {
	case err == nil:
		return withUsage(onePerProcess(run), took), nil
	case format == "auto" && len(l.head)+len(l.base) == 0: // not once was it in a format
		l.silent = true
		return took, nil
	}
	return nil, err
}

// onePerProcess reduces every series to its median.
func onePerProcess(run *regress.Run) *regress.Run {
	if run == nil {
		return nil
	}
	for i := range run.Series {
		if s := &run.Series[i]; len(s.Samples) > 1 {
			s.Samples = []float64{infer.Median(s.Samples)}
		}
	}
	return run
}

// withUsage adds what the process took, to be seen and not judged: what a command
// says of itself is what it is measured for. A metric of its own goes before one of
// that name.
func withUsage(run, took *regress.Run) *regress.Run {
	for _, s := range took.Series {
		if !slices.ContainsFunc(run.Series, func(own regress.Series) bool { return own.Key == s.Key }) {
			s.Direction = unit.Info
			run.Series = append(run.Series, s)
		}
	}
	return run
}

// dropSeldom removes from the runs what is known of some of the processes only: one
// that ends soon is not sampled, and those that are would stand for all. A head that
// became too fast for it would lack a metric.
func (l *lab) dropSeldom(runs ...*regress.Run) {
	often := map[regress.Key]int{}
	for _, r := range runs {
		for _, s := range r.Series {
			often[s.Key] += len(s.Samples)
		}
	}
	var seldom []string
	for key := range l.took {
		if often[key] < len(l.base)+len(l.head) {
			seldom = append(seldom, key.Metric)
		}
	}
	if slices.Sort(seldom); len(seldom) == 0 {
		return
	}
	for _, r := range runs {
		r.Series = slices.DeleteFunc(r.Series, func(s regress.Series) bool {
			return l.took[s.Key] && slices.Contains(seldom, s.Metric)
		})
	}
	head := runs[len(runs)-1]
	head.Warnings = append(head.Warnings, regress.Warning{Message: "left out, since some of the processes ended before it could be sampled: " + strings.Join(seldom, ", ")})
}
