package parse

import (
	"fmt"
	"io"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/internal/strict"
	"github.com/org/regress-gate/regress/unit"
)

var jmhFormat = Format{
	Name:    "jmh",
	Doc:     "JMH: -rf json (with all iterations), -rf csv, and the table of its text",
	Example: "java -jar benchmarks.jar -rf json -rff jmh.json",
	Metrics: "thrpt (higher is better), avgt, sample, ss (lower), with percentiles of sample; those of profilers (-prof gc: gc.alloc.rate.norm …)",
	Sniff:   jmhLayouts.sniff,
	Parse:   func(r io.Reader, o Options) (*regress.Run, error) { return jmhLayouts.parse(r, o, "JMH") },
}

var jmhLayouts = layouts{
	{func(head []byte) bool { return hasPaths(head, "[].benchmark", "[].mode", "[].primaryMetric") }, parseJMH},
	{sniffJMHText, parseJMHText},
	{sniffJMHCSV, parseJMHCSV},
}

// jmhResult is one benchmark in one mode with one set of parameters.
type jmhResult struct {
	name, mode string
	threads    float64
	primary    jmhMetric
	secondary  []jmhMetric // of profilers
}

type jmhMetric struct {
	name, unit  string
	score       float64
	known       bool
	iterations  []float64 // of all forks, one after the other
	percentiles []jmhPercentile
}

type jmhPercentile struct {
	name  string // "99.9"
	value float64
}

// jmhDirection is that of a mode: a throughput, or a time.
func jmhDirection(mode string) unit.Direction {
	if mode == "thrpt" {
		return unit.Higher
	}
	return unit.Lower
}

// jmhProfile is a metric of a profiler. Some of the garbage collector's follow how
// much was done.
func jmhProfile(name, printed string) metric {
	m := metric{name: name, unit: printed}
	if name == "gc.alloc.rate" || name == "gc.count" || strings.HasPrefix(name, "gc.churn") {
		m.better = unit.Info
	}
	return m
}

func parseJMH(r io.Reader, o Options) (*regress.Run, error) {
	j := strict.NewJSON(plainNumbers(r), o.File)
	var list []jmhResult
	j.Array("the document", func() { list = append(list, readJMH(j)) })
	if err := j.Done(); err != nil {
		return nil, err
	}
	modes := map[string][]*jmhResult{}
	for i := range list {
		modes[list[i].mode] = append(modes[list[i].mode], &list[i])
	}
	for _, same := range modes {
		if err := distinct(same, func(r **jmhResult) (*string, string) {
			return &(*r).name, fmt.Sprintf(" (threads=%v)", (*r).threads)
		}); err != nil {
			return nil, fmt.Errorf("%s: %w", o.File, err)
		}
	}
	c := newCollector(o.File)
	measured := map[string]string{} // benchmark → its first mode
	for i := range list {
		r := &list[i]
		if _, again := measured[r.name]; !again {
			measured[r.name] = r.mode
		}
		c.jmh(r, measured[r.name])
	}
	return c.finish("the list holds no result")
}

// jmh takes one result. The profilers' metrics of a further mode of the same
// benchmark get the mode before their names.
func (c *collector) jmh(r *jmhResult, firstMode string) {
	p := &r.primary
	c.take(r.name, metric{r.mode, p.unit, jmhDirection(r.mode)}, p.samples()...)
	if r.mode == "sample" {
		for _, q := range p.percentiles {
			if q.name != "0.0" && q.name != "100.0" {
				c.take(r.name, metric{"sample.p" + strings.TrimSuffix(q.name, ".0"), p.unit, unit.Lower}, q.value)
			}
		}
	}
	for i := range r.secondary {
		s := &r.secondary[i]
		m := jmhProfile(strings.TrimPrefix(s.name, "\u00b7"), s.unit)
		if r.mode != firstMode {
			m.name = r.mode + "." + m.name
		}
		c.take(r.name, m, s.samples()...)
	}
}

// samples are the iterations, or the score where they are absent.
func (m *jmhMetric) samples() []float64 {
	if len(m.iterations) == 0 && m.known {
		return []float64{m.score}
	}
	return m.iterations
}
