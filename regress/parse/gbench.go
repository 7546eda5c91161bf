package parse

import (
	"bytes"
	"fmt"
	"io"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/unit"
)

var gbenchFormat = Format{
	Name:    "gbench",
	Doc:     "Google Benchmark: JSON, and the console's table",
	Example: "./bench --benchmark_repetitions=10 --benchmark_out=gbench.json --benchmark_out_format=json",
	Metrics: "real_time, cpu_time (each repetition a sample), items_per_second, bytes_per_second, other counters; .mean, .median, .stddev, .cv where only aggregates are reported; real_coefficient, cpu_coefficient, rms of a complexity",
	Sniff:   gbenchLayouts.sniff,
	Parse: func(r io.Reader, o Options) (*regress.Run, error) {
		return gbenchLayouts.parse(r, o, "Google Benchmark")
	},
}

var gbenchLayouts = layouts{
	{func(head []byte) bool { return hasPaths(head, "context.num_cpus", "benchmarks") }, parseGbench},
	{sniffGbenchConsole, parseGbenchConsole},
	{func(head []byte) bool { return bytes.HasPrefix(head, []byte("name,iterations,real_time,cpu_time,")) }, refuseGbenchCSV},
}

// refuseGbenchCSV is for a table that nothing tells to be whole: where counters
// differ, the tool aborts in the middle of it.
func refuseGbenchCSV(_ io.Reader, o Options) (*regress.Run, error) {
	return nil, fmt.Errorf("%s: nothing tells whether this CSV is whole, since Google Benchmark aborts in it where user counters differ: use --benchmark_out_format=json", o.File)
}

// gbenchRow is one result: that of a repetition, or an aggregate of several.
type gbenchRow struct {
	line      int
	name      string
	aggregate string // mean, median, stddev, cv, BigO, RMS, a statistic of the user's; "" for a repetition
	share     bool   // the aggregate is a ratio, whatever it is of
	timeUnit  string
	bigO      string
	err       string // why it was not measured
	values    []gbenchValue
}

type gbenchValue struct {
	name  string
	value float64
}

// gbenchCounters are the counters that Google Benchmark itself knows.
var gbenchCounters = map[string]metric{
	"bytes_per_second":      {"bytes_per_second", "B/s", unit.Higher},
	"items_per_second":      {"items_per_second", "items/s", unit.Higher},
	"allocs_per_iter":       {"allocs_per_iter", "allocs/iter", unit.Lower},
	"max_bytes_used":        {"max_bytes_used", "B", unit.Lower},
	"total_allocated_bytes": {"total_allocated_bytes", "B", unit.Lower},
	"net_heap_growth":       {"net_heap_growth", "B", unit.Lower},
}

// gbenchRun makes the run of all rows. Repetitions are samples. Aggregates are
// taken where there are none to take them of.
func gbenchRun(c *collector, rows []gbenchRow) (*regress.Run, error) {
	repeated, failed := map[string]bool{}, map[string]bool{}
	for i := range rows {
		repeated[rows[i].name] = repeated[rows[i].name] || rows[i].aggregate == ""
	}
	for i := range rows {
		switch r := &rows[i]; {
		case r.err != "":
			if !failed[r.name] { // each repetition says so
				c.failure(r.line, "%.200q was not measured: %.500q", r.name, r.err)
			}
			failed[r.name] = true
		case r.aggregate == "BigO":
			c.complexity(r)
		case r.aggregate == "RMS":
			for _, v := range r.values {
				c.take(r.name+"_RMS", metric{v.name, "ratio", unit.Info}, v.value)
			}
		case r.aggregate == "" || !repeated[r.name]:
			if err := c.gbench(r); err != nil {
				return nil, err
			}
		}
	}
	return c.finish("no benchmark was measured (check --benchmark_filter)")
}

func (c *collector) gbench(r *gbenchRow) error {
	for _, v := range r.values {
		m, known := gbenchCounters[v.name]
		switch {
		case v.name == "real_time" || v.name == "cpu_time":
			m = metric{v.name, "s", unit.Lower}
			if !r.share {
				s, ok := seconds(v.value, r.timeUnit)
				if !ok {
					return lineError(c.file, r.line, "%.200q has an unknown unit of time: %.40q", r.name, r.timeUnit)
				}
				v.value = s
			}
		case !known:
			m = metric{name: v.name}
		}
		if r.aggregate != "" {
			m.name += "." + r.aggregate
			if r.aggregate == "stddev" || r.share {
				m.better = unit.Lower
			}
			if r.share {
				m.unit = "ratio"
			}
		}
		c.take(r.name, m, v.value)
	}
	return nil
}

// complexity takes the coefficients of a fit, in seconds per N, N^2, lgN …: a fit
// of another class gives them another unit, which cannot be compared.
func (c *collector) complexity(r *gbenchRow) {
	for _, v := range r.values {
		if s, ok := seconds(v.value, r.timeUnit); ok {
			c.take(r.name+"_BigO", metric{v.name, "s/" + r.bigO, unit.Lower}, s)
		}
	}
}
