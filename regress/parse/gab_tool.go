package parse

import (
	"strings"

	"golang.org/x/perf/benchunit"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/internal/lazy"
	"github.com/org/regress-gate/regress/internal/strict"
	"github.com/org/regress-gate/regress/unit"
)

// gabSeries is the series of a stored result, with the factor that brings its
// value to the unit of the series.
type gabSeries struct {
	regress.Series
	factor float64
}

// gabTools is what the action's tools store. Each result gets the name that our
// own reader of that tool's output gives it, so that the next run is judged
// against the history that was brought over.
var gabTools = map[string]func(gabBench) gabSeries{
	"go":                    gabGo,
	"cargo":                 func(b gabBench) gabSeries { return gabAs(b, libtestMetric(b.unit), b.name) },
	"benchmarkjs":           func(b gabBench) gabSeries { return gabAs(b, callRate, b.name) },
	"pytest":                func(b gabBench) gabSeries { return gabAs(b, operationRate, b.name) },
	"googlecpp":             func(b gabBench) gabSeries { return gabTime(b, "real_time") },
	"catch2":                func(b gabBench) gabSeries { return gabTime(b, "mean") },
	"julia":                 func(b gabBench) gabSeries { return gabAs(b, metric{"time", b.unit, unit.Lower}, b.name) },
	"benchmarkluau":         func(b gabBench) gabSeries { return gabAs(b, metric{"time", b.unit, unit.Lower}, b.name) },
	"benchmarkdotnet":       func(b gabBench) gabSeries { return gabAs(b, metric{"time", b.unit, unit.Lower}, b.name) },
	"jmh":                   gabJMH,
	"customSmallerIsBetter": gabCustom(unit.Lower),
	"customBiggerIsBetter":  gabCustom(unit.Higher),
}

func gabAs(b gabBench, m metric, benchmark string) gabSeries {
	return gabSeries{regress.Series{
		Key: regress.Key{Benchmark: benchmark, Metric: m.name}, Unit: m.unit, Direction: m.better,
	}, 1}
}

// gabCustom is a metric of the run as a whole: the file has one name for it.
func gabCustom(better unit.Direction) func(gabBench) gabSeries {
	return func(b gabBench) gabSeries { return gabAs(b, metric{b.name, b.unit, better}, "") }
}

// gabTime is a time per iteration, in seconds as our readers store it.
func gabTime(b gabBench, name string) gabSeries {
	s := gabAs(b, metric{name, b.unit, unit.Lower}, b.name)
	if factor, ok := unit.Factor(strings.TrimSuffix(b.unit, "/iter"), "s"); ok {
		s.Unit, s.factor = "s", factor
	}
	return s
}

// gabJMH takes the parameters from the name, which the action writes behind it as
// JSON. The mode is not stored, but the unit of a throughput is one of a rate;
// time per operation is taken for the average.
func gabJMH(b gabBench) gabSeries {
	name, rest, _ := strings.Cut(b.name, " ( ")
	if params, ok := strings.CutSuffix(rest, " )"); ok {
		name += jmhParams(params)
	}
	if unit.Parse(b.unit).Class == unit.Rate {
		return gabAs(b, metric{"thrpt", b.unit, unit.Higher}, name)
	}
	return gabAs(b, metric{"avgt", b.unit, unit.Lower}, name)
}

var (
	gabProcs   = lazy.Regexp(`(?m)^(\d+) procs$`)
	gabPackage = lazy.Regexp(`^(.*) \(([^() ]+)\)$`)
)

// gabGo undoes what the action does to "BenchmarkName-8  N  1.5 ns/op  2 B/op": the
// processors go to a remark, the unit to the name, and where there are several
// packages, theirs stands behind the name.
func gabGo(b gabBench) gabSeries {
	name := strings.TrimSuffix(b.name, " - "+b.unit)
	pkg := ""
	if m := gabPackage().FindStringSubmatch(name); m != nil {
		name, pkg = m[1], m[2]
	}
	name = strings.TrimPrefix(name, benchmarkWord)
	if m := gabProcs().FindStringSubmatch(b.extra); m != nil {
		name += "-" + m[1]
	}
	factor, tidy := benchunit.Tidy(1, b.unit)
	s := gabAs(b, metric{name: tidy, unit: tidy}, name)
	s.Package, s.factor = pkg, factor
	return s
}

// gabAggregate are the ends of the names that Google Benchmark gives to summaries
// of the repetitions, and to the fit of a complexity.
var gabAggregate = lazy.Regexp(`_(mean|median|stddev|cv|BigO|RMS)$`)

// gabPlain returns the results without those that only repeat others: the line
// that the action kept whole beside its parts, and summaries. A line that it kept
// whole and nothing else, as its first versions did, is split.
func gabPlain(tool string, benches []gabBench) (list []gabBench) {
	names := map[string]bool{}
	for _, b := range benches {
		names[b.name] = true
	}
	for _, b := range benches {
		whole := strings.Fields(b.unit)
		switch {
		case tool == "googlecpp" && gabAggregate().MatchString(b.name) && names[gabAggregate().ReplaceAllString(b.name, "")]:
		case tool == "googlecpp" && !b.known && gabAggregate().MatchString(b.name):
		case tool != "go" || len(whole) < 2:
			list = append(list, b)
		case names[b.name+" - "+whole[0]]:
		default:
			part := b
			part.unit = whole[0]
			list = append(list, part)
			for i := 1; i+1 < len(whole); i += 2 {
				part.value, part.known = parseNumber([]byte(whole[i]), 0)
				part.unit = whole[i+1]
				list = append(list, part)
			}
		}
	}
	return list
}

// jmhParams writes the parameters of a benchmark, a JSON object of strings, as our
// reader of JMH does.
func jmhParams(object string) string {
	var list []string
	j := strict.NewJSON(strings.NewReader(object), "")
	j.Object("params", func(name string) { list = append(list, name+"="+j.Text(name)) })
	if j.Done() != nil {
		return " ( " + object + " )"
	}
	return parameters(list)
}
