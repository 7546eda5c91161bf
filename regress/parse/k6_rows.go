package parse

import (
	"math"
	"time"

	"github.com/org/regress-gate/regress"
)

// k6Rows reduces the points of a run to what the summary of k6 has, one value a
// metric, in bounded memory.
type k6Rows struct {
	*k6Run
	known  map[string]*k6Series
	order  []*k6Series
	points int64

	first, last time.Time
	resolution  time.Duration // of the times, as far as they show it
}

// k6Series is one metric or sub-metric in the making.
type k6Series struct {
	k6Metric
	tags []k6Tag // of a sub-metric: its points have them all
	subs []*k6Series

	tally               tally // of a trend
	count, sum          float64
	least, most, latest float64
	lost                int64
}

// k6Most is how many metrics and sub-metrics there may be: a trend takes a third
// of a megabyte.
const k6Most = 256

func newK6Rows(file string) *k6Rows {
	return &k6Rows{k6Run: newK6Run(file), known: map[string]*k6Series{}, resolution: time.Second}
}

// declare begins a metric.
func (r *k6Rows) declare(name string, t k6Type, line int) (*k6Series, error) {
	if len(r.order) == k6Most {
		return nil, lineError(r.file, line, "more than %d metrics and sub-metrics: keep what differs from request to request out of their names", k6Most)
	}
	m := &k6Series{k6Metric: k6Metric{name: name, k6Type: t, line: line}}
	// Milliseconds to the nanosecond, and bytes to the thousandth.
	m.tally.resolution = 1e-6
	r.known[name] = m
	r.order = append(r.order, m)
	return m, nil
}

// sub begins a sub-metric of m, whose points are those of m with these tags.
func (r *k6Rows) sub(m *k6Series, name string, tags []k6Tag) error {
	if r.known[name] != nil {
		return nil
	}
	s, err := r.declare(name, m.k6Type, m.line)
	if err != nil {
		return err
	}
	s.tags = tags
	m.subs = append(m.subs, s)
	return nil
}

// at notes when a point was taken. What took time began before.
func (r *k6Rows) at(t time.Time, m *k6Series, value float64) {
	begin := t
	if m.name == "http_req_duration" || m.name == "iteration_duration" {
		begin = t.Add(-time.Duration(value * float64(time.Millisecond)))
	}
	if r.points == 0 || begin.Before(r.first) {
		r.first = begin
	}
	if t.After(r.last) {
		r.last = t
	}
	r.points++
	if n := t.Nanosecond(); r.resolution > time.Nanosecond && n != 0 {
		for n%int(r.resolution) != 0 {
			r.resolution /= 1000
		}
	}
}

func (m *k6Series) add(value float64) {
	switch {
	case m.kind == k6Trend:
		if !m.tally.add(value) {
			m.lost++
		}
	case math.IsNaN(value) || math.IsInf(value, 0):
		m.lost++
	case m.kind == k6Rate && value != 0:
		m.sum++
	case m.kind != k6Rate:
		m.sum += value
	}
	if m.count == 0 {
		m.least, m.most = value, value
	}
	m.least, m.most, m.latest = min(m.least, value), max(m.most, value), value
	m.count++
}

// enough is how many times the resolution of its times a run must be long for a
// rate that is right to one percent.
const enough = 100

// finish makes the run. A rate needs to know how long the run was: from the
// beginning of the first request or iteration to the last point.
func (r *k6Rows) finish() (*regress.Run, error) {
	if r.points == 0 {
		return nil, lineError(r.file, 1, "not one point: the test did not run, or its output was not written")
	}
	if length := r.last.Sub(r.first); length >= enough*r.resolution {
		r.duration = length.Seconds()
	}
	for _, m := range r.order {
		r.metrics = append(r.metrics, &m.k6Metric)
		m.samples = m.count
		switch {
		case m.lost > 0:
			r.failure(m.line, "%d values of %.200s are negative, too large or no numbers", m.lost, m.name)
			m.set("max", math.NaN())
		case m.kind == k6Trend && m.count > 0:
			m.set("avg", m.tally.mean)
			m.set("min", m.tally.min)
			m.set("med", m.tally.quantile(0.5))
			m.set("max", m.tally.max)
			m.set("p90", m.tally.quantile(0.9))
			m.set("p95", m.tally.quantile(0.95))
			m.set("p99", m.tally.quantile(0.99))
		case m.kind == k6Counter:
			m.set("count", m.sum)
		case m.kind == k6Rate && m.count > 0:
			m.set("rate", m.sum/m.count)
		case m.kind == k6Gauge:
			m.set("value", m.latest)
			m.set("min", m.least)
			m.set("max", m.most)
		}
	}
	run := r.k6Run.finish()
	run.Time = r.first
	return run, nil
}
