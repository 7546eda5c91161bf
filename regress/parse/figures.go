package parse

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// figures are the metrics of one run in the text of a tool, in the order in
// which they stand there.
type figures struct {
	benchmark string
	line      int // where the run begins
	list      []figure
}

type figure struct {
	metric, unit string
	value        float64
}

// A scaling is what a unit's spelling multiplies a number by: factor·10^shift.
// Powers of ten shift the decimal exponent, which loses no precision.
type scaling struct {
	factor float64
	shift  int
}

type scales map[string]scaling

// plain is for numbers without a unit.
var plain = scales{"": {1, 0}}

// parse returns the value of a number with its unit directly behind it.
func (s scales) parse(text string) (float64, error) {
	end := len(text)
	for end > 0 && (text[end-1]|0x20 >= 'a' && text[end-1]|0x20 <= 'z' || text[end-1] >= 0x80) {
		end--
	}
	by, known := s[text[end:]]
	value, ok := parseNumber([]byte(text[:end]), by.shift)
	if !known || !ok {
		return 0, fmt.Errorf("not a number in a known unit: %.40q", text)
	}
	return value * by.factor, nil
}

func (f *figures) find(metric string) int {
	for i := range f.list {
		if f.list[i].metric == metric {
			return i
		}
	}
	return -1
}

func (f *figures) has(metric string) bool { return f.find(metric) >= 0 }

// value returns the value of the metric, NaN where there is none.
func (f *figures) value(metric string) float64 {
	if i := f.find(metric); i >= 0 {
		return f.list[i].value
	}
	return math.NaN()
}

// set takes the value of a metric. Two values of one metric are an error: no one
// could say which is the run's.
func (f *figures) set(metric, unit string, value float64) error {
	if f.has(metric) {
		return fmt.Errorf("%s a second time in the run that begins in line %d: the file is damaged", metric, f.line)
	}
	f.list = append(f.list, figure{metric, unit, value})
	return nil
}

// atLeast sets a metric that tools leave out where it is value.
func (f *figures) atLeast(metric, unit string, value float64) {
	if !f.has(metric) {
		f.list = append(f.list, figure{metric, unit, value})
	}
}

// known sets a metric of a JSON report, which is value·10^shift in the base unit:
// the float64 nearest to that of what was printed. None is set where the report
// lacks it or has null.
func (f *figures) known(metric, unit string, value *float64, shift int) {
	if value == nil {
		return
	}
	shifted, _ := parseNumber(strconv.AppendFloat(nil, *value, 'g', -1, 64), shift)
	f.atLeast(metric, unit, shifted)
}

// scaled sets a metric from text in one of several units.
func (f *figures) scaled(metric, unit, text string, by scales) error {
	value, err := by.parse(text)
	if err != nil {
		return fmt.Errorf("%s: %w", metric, err)
	}
	return f.set(metric, unit, value)
}

// row sets the metrics of the columns of a table.
func (f *figures) row(metrics []string, unit string, cells []string, by scales) error {
	for i, metric := range metrics {
		if err := f.scaled(metric, unit, cells[i], by); err != nil {
			return err
		}
	}
	return nil
}

// count sets a metric that is a number of things.
func (f *figures) count(metric, text string) error {
	n, err := wholeNumber(text)
	if err != nil {
		return fmt.Errorf("%s: %w", metric, err)
	}
	return f.set(metric, "count", float64(n))
}

// wholeNumber reads decimal digits and nothing else.
func wholeNumber(text string) (uint64, error) {
	n, end := readDigits([]byte(text), 0, 0)
	if end == 0 || end < len(text) || end > maxDigits {
		return 0, fmt.Errorf("not a count: %.40q", text)
	}
	return n, nil
}

// drop takes a metric out again.
func (f *figures) drop(metric string) {
	if i := f.find(metric); i >= 0 {
		f.list = slices.Delete(f.list, i, i+1)
	}
}

// errorRate sets the share of requests that failed, and says so where all did:
// errors are often answered faster than anything else.
func (f *figures) errorRate(failed, requests float64, r *report) {
	f.list = append(f.list, figure{"error_rate", "ratio", failed / requests})
	if failed >= requests {
		r.failure(f.line, "each of the %v requests failed: latency and throughput are those of failures", requests)
	}
}

// dropAll takes the metrics out again whose names begin so.
func (f *figures) dropAll(prefix string) {
	f.list = slices.DeleteFunc(f.list, func(m figure) bool { return strings.HasPrefix(m.metric, prefix) })
}

// into hands the run over.
func (f *figures) into(r *report) {
	for _, m := range f.list {
		r.add(f.benchmark, m.metric, m.unit, m.value)
	}
}

// targets are what the runs of one file measured, by the benchmark's name.
type targets map[string]string

// name returns the benchmark's name of a target, its path. Two targets of one
// name differ in the query, and their runs are no repetitions of each other.
func (t targets) name(target string) (string, error) {
	path := urlPath(target)
	_, query, _ := strings.Cut(target, "?")
	if other, known := t[path]; known && other != query {
		return "", fmt.Errorf("runs of %.100q and of %.100q in one file: give each its own file", path+"?"+other, path+"?"+query)
	}
	t[path] = query
	return path, nil
}

// latencies sets what raw rows, in seconds, tell of the latency.
func (f *figures) latencies(t *tally) {
	f.list = append(f.list, []figure{
		{"latency.mean", "s", t.mean}, {"latency.stdev", "s", t.stdev()}, {"latency.min", "s", t.min}, {"latency.max", "s", t.max},
		{"latency.p50", "s", t.quantile(0.5)}, {"latency.p75", "s", t.quantile(0.75)}, {"latency.p90", "s", t.quantile(0.9)},
		{"latency.p95", "s", t.quantile(0.95)}, {"latency.p99", "s", t.quantile(0.99)},
	}...)
}
