package render

import (
	"bufio"
	"io"
	"slices"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/unit"
)

// loadColumns are the metrics of a load measurement that the table shows.
var loadColumns = [...]struct{ head, metric string }{
	{"requests", "requests"}, {"rate", "throughput"}, {"errors", "error_rate"},
	{"mean", "latency.mean"}, {"p50", "latency.p50"}, {"p95", "latency.p95"},
	{"p99", "latency.p99"}, {"max", "latency.max"},
}

// WriteLoad writes what a load measurement brought as a table: a line for each
// phase and under it one for each of its requests, with the medians of the
// repetitions. The warnings of the run follow.
func WriteLoad(w io.Writer, run *regress.Run) error {
	all := table{columns: []column{{"phase, request", false}}}
	for _, c := range loadColumns {
		all.columns = append(all.columns, column{c.head, true})
	}
	phase := ""
	for i, s := range run.Series {
		if i == 0 || s.Benchmark != run.Series[i-1].Benchmark {
			request, within := strings.CutPrefix(s.Benchmark, phase+"/")
			if phase == "" || !within {
				phase, request = s.Benchmark, s.Benchmark
			} else {
				request = "  " + request
			}
			all.rows = append(all.rows, []string{unarmed(name(request)), none, none, none, none, none, none, none, none})
		}
		for j, c := range loadColumns {
			if c.metric == s.Metric && s.Broken == "" {
				all.rows[len(all.rows)-1][j+1] = unit.Format(s.Center(), s.Unit)
			}
		}
	}
	all.rows = slices.DeleteFunc(all.rows, func(row []string) bool { // the service, of which nothing was asked
		return !slices.ContainsFunc(row[1:], func(cell string) bool { return cell != none })
	})
	last := len(loadColumns)
	all.columns[last].head = pad(all.columns[last].head, all.widths()[last], true)
	for _, row := range all.rows {
		row[last] = pad(row[last], all.widths()[last], true)
	}
	t := text{bufio.NewWriter(w), painter(false)}
	t.table(all, make([]string, len(all.rows)))
	for _, warning := range run.Warnings {
		t.line("warning: " + sentence(warning.String()))
	}
	return t.w.Flush()
}
