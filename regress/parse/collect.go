package parse

import (
	"fmt"
	"math"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/unit"
)

// collector is a report of benchmarks: a tool says which machine measured them,
// and several samples of each.
type collector struct {
	*report
	about regress.Run // what is known beside series and warnings
}

func newCollector(file string) *collector { return &collector{report: newReport(file)} }

// metric is what a parser knows of a metric before it has a value.
type metric struct {
	name, unit string
	better     unit.Direction
}

// take adds samples to the series of a metric, none of which make none.
func (r *report) take(benchmark string, m metric, samples ...float64) {
	if len(samples) == 0 {
		return
	}
	key := regress.Key{Benchmark: benchmark, Metric: m.name}
	i, known := r.index[key]
	if !known {
		i = len(r.series)
		r.index[key] = i
		r.series = append(r.series, regress.Series{Key: key, Unit: m.unit, Direction: m.better})
	}
	extendSeries(&r.series[i], samples)
}

// extendSeries appends samples to a series. One that is not finite makes it
// Broken, and stays outside of its samples.
func extendSeries(s *regress.Series, samples []float64) {
	for _, v := range samples {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			s.Broken = fmt.Sprintf("a value is %v", v)
			continue
		}
		s.Samples = append(s.Samples, v)
	}
}

// finish returns the run. Where nothing was measured, the error says what remedy
// there is, and what the file says went wrong.
func (c *collector) finish(remedy string) (*regress.Run, error) {
	if len(c.series) == 0 {
		return nil, c.nothing(remedy)
	}
	c.about.Series, c.about.Warnings = c.series, c.list()
	return &c.about, nil
}

// nothing is the error of a file without a result.
func (w *warnings) nothing(remedy string) error {
	var causes strings.Builder
	for _, cause := range w.list()[:min(len(w.list()), 5)] {
		causes.WriteString("\n" + cause.String())
	}
	return fmt.Errorf("%s: %s%s", w.file, remedy, &causes)
}
