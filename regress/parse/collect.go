package parse

import (
	"fmt"
	"math"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/unit"
)

// collector gathers the series of a run, in the order of the file.
type collector struct {
	warnings
	run regress.Run
}

func newCollector(file string) *collector { return &collector{warnings: warnings{file: file}} }

// metric is what a parser knows of a metric before it has a value.
type metric struct {
	name, unit string
	better     unit.Direction
}

// add appends a series with these samples, none of which makes no series.
func (c *collector) add(benchmark string, m metric, samples ...float64) {
	if len(samples) == 0 {
		return
	}
	s := regress.Series{Key: regress.Key{Benchmark: benchmark, Metric: m.name}, Unit: m.unit, Direction: m.better}
	extendSeries(&s, samples)
	c.run.Series = append(c.run.Series, s)
}

// extendSeries appends samples to a series. One that is not finite makes it incomparable,
// and stays outside of its samples.
func extendSeries(s *regress.Series, samples []float64) {
	for _, v := range samples {
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			s.Samples = append(s.Samples, v)
		} else if s.Broken == "" {
			s.Broken = fmt.Sprintf("sample %d is %v", len(s.Samples)+1, v)
		}
	}
}

// finish returns the run. Where nothing was measured, the error says what remedy
// there is, and what the file says went wrong.
func (c *collector) finish(remedy string) (*regress.Run, error) {
	if len(c.run.Series) == 0 {
		return nil, c.nothing(remedy)
	}
	c.run.Warnings = c.list()
	return &c.run, nil
}

// nothing is the error of a file without a result.
func (w *warnings) nothing(remedy string) error {
	var causes strings.Builder
	for _, cause := range w.list()[:min(len(w.list()), 5)] {
		causes.WriteString("\n" + cause.String())
	}
	return fmt.Errorf("%s: %s%s", w.file, remedy, &causes)
}
