package parse

import (
	"math"
	"time"

	"golang.org/x/perf/benchunit"

	"github.com/org/regress-gate/regress"
)

// goRun collects the results of all packages of one run of go test.
type goRun struct {
	warnings
	time     time.Time
	env      regress.Env
	envLine  map[string]int // where each field of env was read
	packages map[string]*goPackage
	order    []*goPackage
	units    map[string]goUnit
	declared map[string]goUnitDeclaration
	results  int
}

// goPackage holds the results of one package. The path is empty where the log
// does not name it.
type goPackage struct {
	path       string
	benchmarks map[string]*goBenchmark
	order      []*goBenchmark
}

// goBenchmark holds all results of one name.
type goBenchmark struct {
	word    string // as the log has it, without the word Benchmark
	name    string
	metrics []goMetric
	room    []float64 // for the samples of metrics to come
	single  bool      // a result of one iteration was remarked on
}

// goMetric is one series in the making.
type goMetric struct {
	goUnit
	samples []float64
	lost    int    // values that are not finite
	broken  string // the first of them
}

// goUnit is a unit as printed and in its base form, as benchunit tidies it: a
// value in the one times 10^shift is one in the other.
type goUnit struct {
	printed, tidy string
	shift         int
}

func newGoRun(file string) *goRun {
	return &goRun{
		warnings: warnings{file: file},
		envLine:  map[string]int{},
		packages: map[string]*goPackage{},
		units:    map[string]goUnit{},
		declared: map[string]goUnitDeclaration{},
	}
}

func (r *goRun) pkg(path string) *goPackage {
	p := r.packages[path]
	if p == nil {
		p = &goPackage{path: path, benchmarks: map[string]*goBenchmark{}}
		r.packages[path] = p
		r.order = append(r.order, p)
	}
	return p
}

// metric returns the metric of a tidied unit: what is printed in ns/op and in
// sec/op is one metric.
func (b *goBenchmark) metric(tidy string) *goMetric {
	for i := range b.metrics {
		if b.metrics[i].tidy == tidy {
			return &b.metrics[i]
		}
	}
	return nil
}

// unit tidies a unit. Every factor of benchunit is a power of ten, and a shift
// of the exponent loses no precision where a multiplication would.
func (r *goRun) unit(printed []byte) goUnit {
	if u, known := r.units[string(printed)]; known {
		return u
	}
	u := goUnit{printed: string(printed), tidy: string(printed)}
	if factor, tidy := benchunit.Tidy(1, u.printed); factor != 0 && !math.IsInf(factor, 0) {
		u.tidy, u.shift = tidy, int(math.Round(math.Log10(factor)))
	}
	r.units[u.printed] = u
	return u
}

// header notes one field of the environment. A run has one environment: of two,
// no one could say which results belong to which.
func (r *goRun) header(field, value string, line int) error {
	env := r.env
	if err := env.Set(field, value); err != nil {
		return lineError(r.file, line, "%w", err)
	}
	if err := (&regress.Run{Env: env}).Validate(); err != nil {
		return lineError(r.file, line, "%w", err)
	}
	if first, known := r.envLine[field]; known && env != r.env {
		return lineError(r.file, line, "%s is %q here and another one in line %d: give the runs of two machines as two files", field, value, first)
	} else if !known {
		r.envLine[field] = line
	}
	r.env = env
	return nil
}

// finish makes the run of what was collected.
func (r *goRun) finish() (*regress.Run, error) {
	if r.results == 0 {
		return nil, r.nothing("no benchmark result (run go test with -bench, and check that its pattern matches)")
	}
	run := &regress.Run{Time: r.time, Env: r.env, Warnings: r.list()}
	series := 0
	for _, p := range r.order {
		for _, b := range p.order {
			series += len(b.metrics)
		}
	}
	run.Series = make([]regress.Series, 0, series)
	for _, p := range r.order {
		for _, b := range p.order {
			name := b.name
			if p.path != "" && r.isShared(p, b) {
				name = p.path + "." + name
			}
			for i := range b.metrics {
				run.Series = append(run.Series, r.series(p.path, name, &b.metrics[i]))
			}
		}
	}
	return run, nil
}

func (r *goRun) series(pkg, name string, m *goMetric) regress.Series {
	s := regress.Series{Key: regress.Key{Benchmark: name, Metric: m.tidy}, Package: pkg, Unit: m.tidy, Samples: m.samples, Broken: m.broken}
	d := r.declared[m.tidy]
	s.Direction, s.Exact = d.direction, d.exact
	return s
}

// isShared tells that another package has a benchmark of the same name.
func (r *goRun) isShared(p *goPackage, b *goBenchmark) bool {
	for _, other := range r.order {
		if other != p && other.benchmarks[b.word] != nil {
			return true
		}
	}
	return false
}
