package parse

import (
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/unit"
)

// A report collects what a tool says of a run as a whole, one value of each
// metric. Where a file holds several runs, one after the other (wrk … >>
// runs.txt), their values are the samples of one series, in that order.
type report struct {
	warnings
	series []regress.Series
	index  map[regress.Key]int
}

func newReport(file string) *report {
	return &report{warnings: warnings{file: file}, index: map[regress.Key]int{}}
}

// add takes the value of one metric in one run. Its direction is what name and
// unit tell. A value that is not finite makes the series Broken.
func (r *report) add(benchmark, name, unitName string, value float64) {
	r.take(benchmark, metric{name, unitName, unit.DirectionOf(name, unitName)}, value)
}

// breakLatencies says why no latency in the report can be compared. The values
// stay, to be looked at.
func (r *report) breakLatencies(why string) {
	for i := range r.series {
		if s := &r.series[i]; s.Broken == "" && strings.HasPrefix(s.Metric, "latency.") {
			s.Broken = why
		}
	}
}

// run makes the run of what was collected.
func (r *report) run() *regress.Run {
	return &regress.Run{Series: r.series, Warnings: r.list()}
}

// urlPath returns the path of a URL or of a request line, without the query: what
// a benchmark is called where a tool names its target. Host and port are those
// of a test machine, and a query may differ from run to run.
func urlPath(target string) string {
	if i := strings.IndexAny(target, "?#"); i >= 0 {
		target = target[:i]
	}
	if _, rest, absolute := strings.Cut(target, "://"); absolute {
		_, path, _ := strings.Cut(rest, "/")
		return "/" + path
	}
	return target
}

// directed adds a value whose direction no word tells.
func (r *report) directed(benchmark, metric, unitName string, d unit.Direction, value float64) *regress.Series {
	r.add(benchmark, metric, unitName, value)
	s := &r.series[r.index[regress.Key{Benchmark: benchmark, Metric: metric}]]
	s.Direction = d
	return s
}
