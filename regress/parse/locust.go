package parse

import (
	"fmt"
	"io"
	"math"

	"github.com/org/regress-gate/regress"
)

var locustFormat = Format{
	Name:    "locust",
	Doc:     "results of Locust (--csv: _stats.csv, _stats_history.csv or _failures.csv; --json; the text)",
	Example: "locust --headless -u 10 -t 60s -H http://127.0.0.1:8080 --csv locust && cat locust_stats.csv",
	Metrics: "of the whole run and of each endpoint latency.mean, .min, .max, .p50, .p66, .p75, .p80, .p90, .p95, .p98, .p99, .p99.9, .p99.99, throughput, requests, errors, error_rate (the history: no percentiles; the failures: errors)",
	Sniff:   locustLayouts.sniff,
	Parse: func(r io.Reader, o Options) (*regress.Run, error) {
		return locustLayouts.parse(r, o, "Locust")
	},
}

var locustLayouts = layouts{
	{sniffLocustStats, parseLocustStats},
	{sniffLocustHistory, parseLocustHistory},
	{sniffLocustFailures, parseLocustFailures},
	{sniffLocustJSON, parseLocustJSON},
	{sniffLocustText, parseLocustText},
}

// locustName returns what a benchmark is called: method and name, and nothing for
// the row that is the sum of all others.
func locustName(method, name string) string {
	if method == "None" {
		method = ""
	}
	switch {
	case method == "" && (name == "Aggregated" || name == "Total"):
		return ""
	case method == "":
		return name
	}
	return method + " " + name
}

// locustEntry is what Locust says of an endpoint, or of the whole run.
type locustEntry struct {
	figures
	requests, failures float64
}

// stat sets a statistic that is a time in milliseconds, from text. Locust writes
// N/A where there is none.
func (e *locustEntry) stat(metric, text string) error {
	if text == "N/A" || text == "" {
		return nil
	}
	return e.scaled(metric, "s", text, scales{"": {1, -3}})
}

// percentile sets the statistic of a column such as 99.9%. The whole of all
// requests is the slowest of them, which Locust knows better.
func (e *locustEntry) percentile(column, text string) error {
	if column == "100%" {
		return nil
	}
	metric := "latency.p" + column[:len(column)-1]
	if e.has(metric) {
		return nil // the median, which has a column of its own
	}
	return e.stat(metric, text)
}

// into hands the entry over. Of no request nothing can be said.
func (e *locustEntry) into(r *report) error {
	switch {
	case e.requests == 0 && e.benchmark == "":
		return lineError(r.file, e.line, "not one request was made")
	case e.failures > e.requests:
		return lineError(r.file, e.line, "%v failures of %v requests: the file is damaged", e.failures, e.requests)
	case e.requests == 0:
		r.failure(e.line, "not one request was made to %.200q", e.benchmark)
		for i := range e.list {
			e.list[i].value = math.NaN()
		}
	}
	e.list = append(e.list, figure{"requests", "count", e.requests}, figure{"errors", "count", e.failures})
	if e.benchmark == "" {
		e.errorRate(e.failures, e.requests, r)
	} else {
		e.list = append(e.list, figure{"error_rate", "ratio", e.failures / e.requests})
	}
	e.figures.into(r)
	return nil
}

// locustRun makes the run of all entries.
func locustRun(r *report, entries []*locustEntry) (*regress.Run, error) {
	if err := locustInto(r, entries); err != nil {
		return nil, err
	}
	return r.run(), nil
}

// locustInto hands the entries of one run over, the whole of it first. A file
// without the whole is cut off: its row is the last one.
func locustInto(r *report, entries []*locustEntry) error {
	seen := map[string]bool{}
	for _, e := range entries {
		if seen[e.benchmark] {
			return lineError(r.file, e.line, "a second row of %.200q", e.benchmark)
		}
		seen[e.benchmark] = true
	}
	if !seen[""] {
		return fmt.Errorf("%s: there is no row of the whole run (Aggregated), which is the last one: the file is cut off", r.file)
	}
	for _, whole := range []bool{true, false} {
		for _, e := range entries {
			if (e.benchmark == "") != whole {
				continue
			}
			if err := e.into(r); err != nil {
				return err
			}
		}
	}
	return nil
}
