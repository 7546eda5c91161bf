package parse

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/org/regress-gate/regress"
)

// locustColumns are the columns of --csv that are read, as Locust calls them since
// 1.0 and before.
var locustColumns = map[string]string{
	"Request Count": "requests", "# requests": "requests", "Total Request Count": "requests",
	"Failure Count": "failures", "# failures": "failures", "Total Failure Count": "failures",
	"Median Response Time": "latency.p50", "Median response time": "latency.p50", "Total Median Response Time": "latency.p50",
	"Average Response Time": "latency.mean", "Average response time": "latency.mean", "Total Average Response Time": "latency.mean",
	"Min Response Time": "latency.min", "Min response time": "latency.min", "Total Min Response Time": "latency.min",
	"Max Response Time": "latency.max", "Max response time": "latency.max", "Total Max Response Time": "latency.max",
	"Requests/s": "throughput",
}

// locustHeader returns the names in the first row.
func locustHeader(head []byte) []string {
	line := bytes.TrimRight(firstRow(head), "\r")
	return strings.Split(strings.ReplaceAll(string(line), `"`, ""), ",")
}

func sniffLocustStats(head []byte) bool {
	h := locustHeader(head)
	return len(h) > 9 && h[0] == "Type" && h[1] == "Name" && locustColumns[h[2]] == "requests" && locustColumns[h[3]] == "failures"
}

func sniffLocustHistory(head []byte) bool {
	h := locustHeader(head)
	return len(h) > 9 && h[0] == "Timestamp" && h[1] == "User Count" && h[2] == "Type" && h[3] == "Name"
}

func sniffLocustFailures(head []byte) bool {
	return strings.Join(locustHeader(head), ",") == "Method,Name,Error,Occurrences"
}

// locustRows calls row for each row of a CSV of Locust. It closes its lines with
// CR LF, as Python does.
func locustRows(r io.Reader, o Options, row func(header []string, csv *csvRows) error) error {
	csv := newCSVRows(r, o.File, ',')
	if !csv.next() {
		return csv.err
	}
	var header []string
	for _, name := range csv.fields {
		header = append(header, string(name))
	}
	for csv.next() {
		if err := csv.width(len(header)); err != nil {
			return err
		}
		if err := row(header, csv); err != nil {
			return lineError(o.File, csv.number, "%w", err)
		}
	}
	return csv.err
}

// parseLocustStats reads _stats.csv.
func parseLocustStats(r io.Reader, o Options) (*regress.Run, error) {
	report := newReport(o.File)
	var entries []*locustEntry
	err := locustRows(r, o, func(header []string, csv *csvRows) error {
		e := &locustEntry{figures: figures{line: csv.number}}
		e.benchmark = locustName(string(csv.fields[0]), string(csv.fields[1]))
		entries = append(entries, e)
		return e.row(header, csv.fields)
	})
	if err != nil {
		return nil, err
	}
	return locustRun(report, entries)
}

// row reads the columns of a row.
func (e *locustEntry) row(header []string, fields [][]byte) error {
	for i, column := range header {
		text := string(fields[i])
		var err error
		switch metric, known := locustColumns[column]; {
		case metric == "requests" || metric == "failures":
			var counted figures
			if err = counted.count(metric, text); metric == "requests" {
				e.requests = counted.value(metric)
			} else {
				e.failures = counted.value(metric)
			}
		case metric == "throughput":
			err = e.scaled(metric, "req/s", text, plain)
		case known:
			err = e.stat(metric, text)
		case strings.HasSuffix(column, "%"):
			err = e.percentile(column, text)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// locustNames bounds the endpoints of a history, and so its memory.
const locustNames = 10_000

// parseLocustHistory reads _stats_history.csv. Its last rows tell of the run until
// then; the rates and percentiles beside them are those of the latest seconds.
func parseLocustHistory(r io.Reader, o Options) (*regress.Run, error) {
	report := newReport(o.File)
	latest := map[string]*locustEntry{}
	var entries []*locustEntry
	first, last := 0.0, 0.0
	err := locustRows(r, o, func(header []string, csv *csvRows) error {
		var clock figures
		if err := clock.count("Timestamp", string(csv.fields[0])); err != nil {
			return err
		}
		if last = clock.value("Timestamp"); first == 0 {
			first = last
		}
		name := locustName(string(csv.fields[2]), string(csv.fields[3]))
		e := latest[name]
		if e == nil {
			if len(entries) == locustNames {
				return fmt.Errorf("more than %d names: keep what differs from request to request out of them", locustNames)
			}
			e = &locustEntry{}
			latest[name] = e
			entries = append(entries, e)
		}
		*e = locustEntry{figures: figures{line: csv.number, benchmark: name, list: e.list[:0]}}
		totals, cells := []string{}, [][]byte{}
		for i, column := range header {
			if strings.HasPrefix(column, "Total ") {
				totals, cells = append(totals, column), append(cells, csv.fields[i])
			}
		}
		return e.row(totals, cells)
	})
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if span := last - first; span >= enough { // the times are whole seconds
			e.list = append(e.list, figure{"throughput", "req/s", e.requests / span})
		}
	}
	return locustRun(report, entries)
}

// parseLocustFailures reads _failures.csv. Without a row it could be of a run
// without failures, or of none.
func parseLocustFailures(r io.Reader, o Options) (*regress.Run, error) {
	report := newReport(o.File)
	sums := map[string]float64{}
	order := []string{""}
	err := locustRows(r, o, func(_ []string, csv *csvRows) error {
		var counted figures
		if err := counted.count("Occurrences", string(csv.fields[3])); err != nil {
			return err
		}
		name := locustName(string(csv.fields[0]), string(csv.fields[1]))
		if _, known := sums[name]; !known {
			order = append(order, name)
		}
		sums[name] += counted.value("Occurrences")
		sums[""] += counted.value("Occurrences")
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(order) == 1 {
		return nil, lineError(o.File, 1, "no failure is listed, which says nothing of how much was requested (read _stats.csv, which counts failures too)")
	}
	for _, name := range order {
		report.add(name, "errors", "count", sums[name])
	}
	return report.run(), nil
}
