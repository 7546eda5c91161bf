package parse

import (
	"cmp"
	"io"
	"strings"
	"time"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/internal/strict"
)

func parseGbench(r io.Reader, o Options) (*regress.Run, error) {
	j := strict.NewJSON(plainNumbers(r), o.File)
	c := newCollector(o.File)
	var rows []gbenchRow
	names := map[string]bool{}
	j.Object("the document", func(key string) {
		switch key {
		case "context":
			c.gbenchContext(j)
		case "benchmarks":
			j.Array(key, func() {
				row := readGbenchRow(j)
				names[row.name] = true
				rows = append(rows, row)
			})
		default:
			j.Skip()
		}
	})
	if err := j.Done(); err != nil {
		return nil, err
	}
	return gbenchRun(c, gbenchAggregates(rows, names))
}

// gbenchAggregates finds the aggregates of versions that did not mark them, by
// their names.
func gbenchAggregates(rows []gbenchRow, names map[string]bool) []gbenchRow {
	for i := range rows {
		r := &rows[i]
		m := gabAggregate().FindStringSubmatch(r.name)
		if r.aggregate == "" && m != nil && names[strings.TrimSuffix(r.name, m[0])] {
			r.name, r.aggregate = strings.TrimSuffix(r.name, m[0]), m[1]
		}
	}
	return rows
}

func (c *collector) gbenchContext(j *strict.JSON) {
	j.Object("context", func(key string) {
		switch key {
		case "num_cpus":
			c.about.Env.Cores = j.Count(key)
		case "date":
			c.about.Time, _ = time.Parse(time.RFC3339, text(j, key)) // the zero time where a program has put another text
		case "library_build_type":
			if text(j, key) == "debug" {
				c.remark(0, "the library Google Benchmark was built for debugging: that affects all times")
			}
		case "cpu_scaling_enabled":
			if j.Bool(key) {
				c.remark(0, "the processor changed its frequency while it was measured")
			}
		default:
			j.Skip()
		}
	})
}

// gbenchFacts are the numbers of a row that say how it was measured.
var gbenchFacts = map[string]bool{
	"family_index": true, "per_family_instance_index": true, "repetitions": true, "repetition_index": true,
	"threads": true, "iterations": true,
}

func readGbenchRow(j *strict.JSON) (r gbenchRow) {
	var runName, aggregateUnit, message string
	failed := false
	j.Object("a benchmark", func(key string) {
		switch key {
		case "name":
			r.name = j.Text(key)
		case "run_name":
			runName = j.Text(key)
		case "aggregate_name":
			r.aggregate = j.Text(key)
		case "aggregate_unit":
			aggregateUnit = j.Text(key)
		case "time_unit":
			r.timeUnit = j.Text(key)
		case "big_o":
			r.bigO = j.Text(key)
		case "error_occurred", "skipped":
			failed = j.Bool(key) || failed
		case "error_message", "skip_message":
			message = text(j, key)
		default:
			switch kind := j.Kind(); {
			case gbenchFacts[key] || kind != '0' && kind != '"':
				j.Skip()
			case kind == '0':
				v, _ := number(j, key)
				r.values = append(r.values, gbenchValue{key, v})
			default:
				if v, found := nonFinite([]byte(j.Text(key))); found && key != "label" {
					r.values = append(r.values, gbenchValue{key, v})
				}
			}
		}
	})
	if r.aggregate != "" && runName != "" {
		r.name = runName
	}
	r.share = aggregateUnit == "percentage" || r.aggregate == "cv"
	if failed {
		r.err = cmp.Or(message, "it was skipped")
	}
	return r
}
