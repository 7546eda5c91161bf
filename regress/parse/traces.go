package parse

import (
	"fmt"
	"maps"
	"slices"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/unit"
)

// maxOperations bounds the operations of a file, each with a tally of its own:
// more come from names with an identifier in them, of which none comes again.
const maxOperations = 2000

// traces summarises spans by their service and operation.
type traces struct {
	report     *report
	operations map[string]*operation
	odd        int // spans without a duration
}

type operation struct {
	latency tally
	spans   int64
	failed  int64
}

func newTraces(file string) *traces {
	return &traces{report: newReport(file), operations: map[string]*operation{}}
}

// span takes one span. What has no end yet, or ends before it begins because two
// clocks differ, is counted and has no latency.
func (t *traces) span(service, name string, seconds float64, failed bool) error {
	key := service + " | " + name
	op := t.operations[key]
	if op == nil {
		if len(t.operations) == maxOperations {
			return fmt.Errorf("more than %d operations: are there identifiers in the names of the spans, such as %.100q?", maxOperations, name)
		}
		op = &operation{}
		t.operations[key] = op
	}
	op.spans++
	if failed {
		op.failed++
	}
	if !op.latency.add(seconds) {
		t.odd++
	}
	return nil
}

// run reports each operation: one value of each metric, since the spans of one
// run are not independent of each other.
func (t *traces) run(file string) (*regress.Run, error) {
	if len(t.operations) == 0 {
		return nil, fmt.Errorf("%s: no span in the file: that is no data (does the query name the right service and time?)", file)
	}
	for _, key := range slices.Sorted(maps.Keys(t.operations)) {
		op := t.operations[key]
		t.report.directed(key, "spans", "count", unit.Info, float64(op.spans))
		t.report.add(key, "error_rate", "ratio", float64(op.failed)/float64(op.spans))
		if op.latency.count > 0 {
			f := figures{benchmark: key}
			f.latencies(&op.latency)
			f.into(t.report)
		}
		if op.failed == op.spans {
			t.report.failure(0, "each of the %d spans of %.200q failed: their latency is that of failures", op.spans, key)
		}
	}
	if t.odd > 0 {
		t.report.remark(0, "%d spans have no end, or one before their beginning: they are counted, and have no latency", t.odd)
	}
	return t.report.run(), nil
}
