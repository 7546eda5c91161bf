package parse

import (
	"bytes"
	"fmt"
	"math"

	"github.com/org/regress-gate/regress"
)

const (
	// maxMetrics bounds the metrics of one line: the work grows with their square.
	maxMetrics = 1000
	// maxRoom bounds the samples that space is made for ahead of time.
	maxRoom = 256
)

// result reads any line of the form
//
//	BenchmarkName-N  iterations  value unit  value unit …
//
// It returns what is wrong with another line, and then takes nothing from it.
// The error is for a result that no run can hold.
func (t *goText) result(line []byte, number int) (fault string, err error) {
	f := t.fields(line[len(benchmarkWord):])
	if len(f) < 2 || !isCount(f[1]) {
		return "no number of iterations", nil
	}
	if len(bytes.Trim(f[1], "0")) == 0 {
		return "it ran no iteration", nil
	}
	if fault := t.measure(f[2:]); fault != "" {
		return fault, nil
	}
	b := t.pkg.benchmarks[string(f[0])]
	if b == nil {
		b = t.newBenchmark(string(f[0]))
		if err := validName(b.name, "sec/op"); err != nil {
			return "", lineError(t.run.file, number, "%w", err)
		}
	}
	for i, m := range t.measured {
		metric := b.metric(m.unit.tidy)
		if metric == nil {
			if err := validName("", m.unit.tidy); err != nil {
				return "", lineError(t.run.file, number, "%w", err)
			}
			metric = b.newMetric(m.unit)
		}
		metric.add(m.value, f[2+2*i])
	}
	if string(f[1]) == "1" && !b.single {
		b.single = true
		t.run.remark(number, "%s ran a single iteration: its time is not a steady state (use a longer -benchtime)", b.name)
	}
	t.last = b
	t.run.results++
	return "", nil
}

// measurement is one pair of a result line.
type measurement struct {
	value float64
	unit  goUnit
}

// measure reads the pairs of value and unit into t.measured.
func (t *goText) measure(f [][]byte) (fault string) {
	t.measured = t.measured[:0]
	if len(f) == 0 {
		return "no measurement"
	}
	if len(f)/2 > maxMetrics {
		return fmt.Sprintf("more than %d metrics", maxMetrics)
	}
	for i := 0; i < len(f); i += 2 {
		if i+1 == len(f) {
			return fmt.Sprintf("%.40q has no unit", f[i])
		}
		unit := t.run.unit(f[i+1])
		value, ok := parseNumber(f[i], unit.shift)
		if !ok {
			return fmt.Sprintf("%.40q is not a number", f[i])
		}
		if _, number := parseNumber(f[i+1], 0); number {
			return fmt.Sprintf("%.40q is not a unit", f[i+1])
		}
		for _, m := range t.measured {
			if m.unit.tidy == unit.tidy {
				return fmt.Sprintf("the unit %.40q stands there twice", f[i+1])
			}
		}
		t.measured = append(t.measured, measurement{value, unit})
	}
	return ""
}

// newBenchmark adds a benchmark, with room for the metrics of this line and for
// as many samples as the last one had: with -count, there will be no more.
func (t *goText) newBenchmark(word string) *goBenchmark {
	metrics, samples := len(t.measured), 1
	if t.last != nil && len(t.last.metrics) > 0 {
		samples = min(len(t.last.metrics[0].samples), maxRoom/metrics)
	}
	b := &goBenchmark{word: word, name: word, metrics: make([]goMetric, 0, metrics), room: make([]float64, metrics*samples)}
	if word == "" || word[0] == '-' { // func Benchmark(b *testing.B)
		b.name = benchmarkWord + word
	}
	t.pkg.benchmarks[word] = b
	t.pkg.order = append(t.pkg.order, b)
	return b
}

// newMetric adds a metric to a benchmark.
func (b *goBenchmark) newMetric(unit goUnit) *goMetric {
	m := goMetric{goUnit: unit}
	if left := cap(b.metrics) - len(b.metrics); left > 0 {
		n := len(b.room) / left
		m.samples, b.room = b.room[:0:n], b.room[n:]
	}
	b.metrics = append(b.metrics, m)
	return &b.metrics[len(b.metrics)-1]
}

// validName checks names where their line is known. That they are unique, Read
// checks.
func validName(benchmark, metric string) error {
	probe := regress.Series{Key: regress.Key{Benchmark: benchmark, Metric: metric}, Unit: metric, Broken: "probe"}
	return probe.Validate()
}

// add appends a sample. One that is not finite makes the metric incomparable,
// and stays outside of the samples.
func (m *goMetric) add(value float64, text []byte) {
	if !math.IsNaN(value) && !math.IsInf(value, 0) {
		m.samples = append(m.samples, value)
		return
	}
	if m.broken == "" {
		why := string(text)
		if _, word := nonFinite(text); !word {
			why = fmt.Sprintf("%.40s, out of range", text)
		}
		m.broken = fmt.Sprintf("sample %d is %s", len(m.samples)+m.lost+1, why)
	}
	m.lost++
}

// fields splits a line at white space. Unlike those of bytes.Fields, the first
// field may be empty, func Benchmark, and the slice is used again.
func (t *goText) fields(line []byte) [][]byte {
	t.words = t.words[:0]
	for i := 0; i < len(line) || i == 0; {
		begin := i
		for i < len(line) && !isSpace(line[i]) {
			i++
		}
		t.words = append(t.words, line[begin:i])
		for i < len(line) && isSpace(line[i]) {
			i++
		}
		if i == 0 {
			break
		}
	}
	return t.words
}

func isSpace(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

func isCount(text []byte) bool {
	for _, c := range text {
		if c-'0' > 9 {
			return false
		}
	}
	return len(text) > 0
}
