package parse

import (
	"fmt"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/unit"
)

// A k6Run collects the metrics of one run of k6, whichever layout they stand in.
type k6Run struct {
	*report
	metrics  []*k6Metric
	duration float64 // of the run in seconds, 0 where it is unknown
}

// k6Metric is one metric or sub-metric with its statistics by k6's own names.
type k6Metric struct {
	k6Type
	benchmark string // the group or scenario, "" for the whole run
	name      string // with the tags of a sub-metric in braces
	line      int
	stats     []k6Figure
	samples   float64 // how many there were, -1 where the layout does not say
	broken    string  // why it tells nothing
}

type k6Figure struct {
	stat  string
	value float64
}

func newK6Run(file string) *k6Run { return &k6Run{report: newReport(file)} }

func (m *k6Metric) set(stat string, value float64) { m.stats = append(m.stats, k6Figure{stat, value}) }

func (m *k6Metric) find(stat string) (value float64, found bool) {
	for _, s := range m.stats {
		if s.stat == stat {
			return s.value, true
		}
	}
	return 0, false
}

// infer finds out the type from the names of the statistics, where the file does
// not give it.
func (m *k6Metric) infer() {
	if m.kind == "" {
		_, passes := m.find("passes")
		_, matches := m.find("matches")
		_, value := m.find("value")
		_, rate := m.find("rate")
		switch {
		case passes || matches:
			m.kind, m.unit = k6Rate, "ratio"
		case value:
			m.kind, m.unit = k6Gauge, "1"
		case rate:
			m.kind, m.unit = k6Counter, "count"
		default:
			// A trend of the script's own may be of anything.
			m.kind, m.unit = k6Trend, k6Own[k6Base(m.name)].unit
		}
	}
	m.samples = -1
	switch m.kind {
	case k6Rate:
		passes, _ := m.find("passes")
		fails, found := m.find("fails")
		if total, known := m.find("total"); known {
			m.samples = total
		} else if found {
			m.samples = passes + fails
		}
		if value, known := m.find("value"); known {
			m.set("rate", value)
		}
	case k6Trend:
		if count, known := m.find("count"); known {
			m.samples = count
		}
	}
}

// finish makes the run of the metrics.
func (r *k6Run) finish() *regress.Run {
	sampled := map[string]bool{} // trends of which a value is not zero
	failing := false             // every request failed
	for _, m := range r.metrics {
		for _, s := range m.stats {
			if s.value != 0 {
				sampled[m.benchmark+"\x00"+m.name] = true
			}
		}
		if rate, _ := m.find("rate"); m.name == "http_req_failed" && m.benchmark == "" && rate == 1 {
			failing = true
			r.failure(m.line, "every HTTP request failed: times and rates are those of failures")
		}
	}
	for _, m := range r.metrics {
		switch base := k6Base(m.name); {
		case m.samples == 0:
			m.broken = "there was no sample"
		case m.kind == k6Trend && m.samples < 0 && base != m.name &&
			!sampled[m.benchmark+"\x00"+m.name] && sampled[m.benchmark+"\x00"+base]:
			m.broken = "there was no sample with these tags: all statistics are 0"
		case failing && m.kind != k6Rate && (strings.HasPrefix(base, "http_req") || base == "iteration_duration" || base == "iterations"):
			m.broken = "every HTTP request failed"
		}
		m.into(r)
	}
	return r.run()
}

// into adds the series of the metric.
func (m *k6Metric) into(r *k6Run) {
	switch m.kind {
	case k6Trend:
		done := map[string]bool{"count": true} // med and p(50) are one
		for _, s := range m.stats {
			if stat := k6Stat(s.stat); !done[stat] {
				done[stat] = true
				m.add(r, stat, m.unit, s.value)
			}
		}
	case k6Rate:
		if rate, found := m.find("rate"); found {
			m.add(r, "rate", "ratio", rate)
		}
	case k6Gauge:
		for _, stat := range []string{"value", "min", "max"} {
			if value, found := m.find(stat); found {
				m.add(r, stat, m.unit, value)
			}
		}
	case k6Counter:
		count, found := m.find("count")
		if found {
			m.add(r, "count", m.unit, count)
		}
		rate, known := m.find("rate")
		if !known && found && r.duration > 0 {
			rate, known = count/r.duration, true
		}
		if known && m.unit == "count" {
			m.add(r, "rate", "1/s", rate)
		} else if known {
			m.add(r, "rate", m.unit+"/s", rate)
		}
	}
}

// add adds one series. Where its name tells no direction, more of a trend is
// worse, and what a script counts and its gauges say no more than what it did.
func (m *k6Metric) add(r *k6Run, stat, unitName string, value float64) {
	r.report.add(m.benchmark, m.name+"."+stat, unitName, value)
	s := &r.series[r.index[regress.Key{Benchmark: m.benchmark, Metric: m.name + "." + stat}]]
	_, own := k6Own[k6Base(m.name)]
	switch {
	case m.kind == k6Trend && s.Direction == unit.Undeclared, k6Base(m.name) == "dropped_iterations":
		s.Direction = unit.Lower
	case m.kind == k6Gauge, m.kind == k6Counter && stat == "count":
		s.Direction = unit.Info
	case m.kind != k6Trend && !own:
		s.Direction = unit.Undeclared // the judge's rules tell, or both ways count
	}
	if m.broken != "" && s.Broken == "" && s.Direction != unit.Info {
		s.Broken = m.broken
	}
}

// crossed says that a threshold of the script failed.
func (r *k6Run) crossed(line int, metric, threshold string) {
	r.failure(line, "k6's own threshold was crossed: %.200s %.200s", metric, threshold)
}

// unique refuses a metric that is listed twice.
func (r *k6Run) unique() error {
	seen := map[[2]string]bool{}
	for _, m := range r.metrics {
		key := [2]string{m.benchmark, m.name}
		if seen[key] {
			return fmt.Errorf("%s: the metric %.200q stands there twice", r.file, m.name)
		}
		seen[key] = true
	}
	return nil
}
