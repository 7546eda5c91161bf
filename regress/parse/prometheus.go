package parse

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/internal/lazy"
	"github.com/org/regress-gate/regress/unit"
)

var prometheusFormat = Format{
	Name:    "prometheus",
	Doc:     "a scrape in Prometheus' text format or OpenMetrics, or two of them (--since)",
	Example: "curl -s http://127.0.0.1:8080/metrics > after.prom",
	Metrics: "gauges by their names; of a histogram NAME.p50, .p90, .p95, .p99, .mean, .count; of a counter NAME.increase and .rate (with --since), .error_rate; each for its labels and over all",
	Sniff:   sniffPrometheus,
	Parse: func(r io.Reader, o Options) (*regress.Run, error) {
		after, err := readScrape(r, o.File)
		if err != nil {
			return nil, err
		}
		return after.run(nil, 0, o.File), nil
	},
}

// ReadSince reads two scrapes of one target, in Prometheus' text format or
// OpenMetrics, and returns what happened between them. Elapsed is the time
// between them; where it is 0 it is taken from the time stamps of the samples,
// and without these counters have an increase and no rate.
func ReadSince(before, after io.Reader, beforeFile, afterFile string, elapsed time.Duration) (*regress.Run, error) {
	scrapes := [2]*scrape{}
	for i, r := range []io.Reader{before, after} {
		file := []string{beforeFile, afterFile}[i]
		text, f, err := open(r, file, "")
		if err != nil {
			return nil, err
		}
		if f.Name != prometheusFormat.Name {
			return nil, fmt.Errorf("%s: a file of %s, and no scrape of Prometheus' format: nothing lies between two of them", file, f.Name)
		}
		if scrapes[i], err = readScrape(text, file); err != nil {
			return nil, err
		}
	}
	if elapsed == 0 && scrapes[0].time > 0 && scrapes[1].time > scrapes[0].time {
		elapsed = time.Duration((scrapes[1].time - scrapes[0].time) * float64(time.Second))
	}
	wrap := Format{Parse: func(io.Reader, Options) (*regress.Run, error) {
		return scrapes[1].run(scrapes[0], elapsed, afterFile), nil
	}}
	return wrap.read(nil, afterFile)
}

// The quantiles that a histogram is summarised by.
var promQuantiles = []struct {
	name string
	q    float64
}{{"p50", 0.5}, {"p90", 0.9}, {"p95", 0.95}, {"p99", 0.99}}

// run reports what a scrape says, and where there is one before it, what
// happened between the two.
func (s *scrape) run(before *scrape, elapsed time.Duration, file string) *regress.Run {
	p := promReport{report: newReport(file), before: before, elapsed: elapsed.Seconds()}
	if before != nil {
		if why := s.restarted(before); why != "" {
			p.failure(0, "the process restarted between the two scrapes (%s): what it counted before that is not in the figures, and there are no rates", why)
			p.before, p.elapsed = &scrape{}, math.NaN()
		}
	}
	for _, f := range s.families {
		slices.SortFunc(f.series, func(a, b *promSeries) int { return cmp.Compare(a.labels, b.labels) })
		switch f.kind {
		case "counter":
			p.counters(f)
		case "histogram", "gaugehistogram":
			p.histograms(f)
		default:
			p.gauges(f)
		}
	}
	if p.unrated {
		p.remark(0, "counters without a rate: nothing says how long it was between the two scrapes (say so with --elapsed)")
	}
	if p.totals {
		p.remark(0, "counters and histograms count since the process began: give an earlier scrape with --since")
	}
	return p.run()
}

type promReport struct {
	*report
	before  *scrape
	elapsed float64 // in seconds, 0 where unknown
	unrated bool
	totals  bool
}

// promUnit returns the unit that the name of a metric tells, by the conventions
// of Prometheus, and the factor to it.
func promUnit(name string) (base string, factor float64) {
	name = strings.TrimSuffix(name, "_total")
	name = name[strings.LastIndexAny(name, "_:.")+1:]
	switch name {
	case "seconds", "milliseconds", "microseconds", "nanoseconds", "bytes", "ratio", "percent":
		u := unit.Parse(name)
		return u.Base, u.Factor
	case "kilobytes", "megabytes":
		u := unit.Parse(map[string]string{"kilobytes": "kB", "megabytes": "MB"}[name])
		return u.Base, u.Factor
	}
	return "", 1
}

// gauges takes values as they are, and the quantiles of summaries. A quantile
// that is NaN had no observation.
func (p *promReport) gauges(f *promFamily) {
	base, factor := promUnit(f.name)
	for _, s := range f.series {
		if s.hasValue {
			direction := unit.DirectionOf(f.name, base)
			if f.kind == "info" || f.kind == "stateset" || promFacts().MatchString(f.name) {
				direction = unit.Info
			}
			p.directed(s.labels, f.name, base, direction, s.value*factor)
		}
		for _, q := range s.points {
			if v := q.value * factor; v-v == 0 {
				p.add(s.labels, f.name+"."+percentile(q.at), base, v)
			}
		}
		if s.hasCount {
			d := p.since(f, s)
			p.tell(s.labels, f.name, base, factor, d)
		}
	}
}

// promFacts are gauges that tell what something is and since when.
var promFacts = lazy.Regexp(`_(info|created|timestamp_seconds|start_time_seconds)$`)

// percentile returns the name of a quantile: p99.9 of 0.999.
func percentile(q float64) string { return fmt.Sprintf("p%.12g", 100*q) }

// since returns the series less what it was before. A series that was not there
// began at 0.
func (p *promReport) since(f *promFamily, s *promSeries) promSeries {
	d := *s
	if f.kind == "gaugehistogram" {
		return d
	}
	old := p.before.find(f.name, s.labels)
	if p.totals = p.totals || p.before == nil; old == nil {
		return d
	}
	d.value, d.sum, d.count = d.value-old.value, d.sum-old.sum, d.count-old.count
	if f.kind == "histogram" {
		d.points = slices.Clone(d.points)
		for i := range d.points {
			d.points[i].value -= old.points[i].value
		}
	}
	return d
}

// counters reports the increase of each series and of all, the rate, and the
// share of HTTP status codes 5xx.
func (p *promReport) counters(f *promFamily) {
	_, factor := promUnit(f.name)
	all, failed, coded := 0.0, 0.0, false
	for _, s := range f.series {
		d := p.since(f, s)
		p.increase(s.labels, f.name, d.value*factor)
		all += d.value
		if s.code != "" {
			coded = true
			if len(s.code) == 3 && s.code[0] == '5' {
				failed += d.value
			}
		}
	}
	if f.summable() {
		p.increase("", f.name, all*factor)
	}
	if coded && all > 0 {
		p.directed("", f.name+".error_rate", "ratio", unit.Lower, failed/all)
	}
}

func (p *promReport) increase(labels, name string, v float64) {
	base, _ := promUnit(name)
	p.directed(labels, name+".increase", cmp.Or(base, "count"), unit.Info, v)
	switch {
	case p.before == nil, p.elapsed != p.elapsed:
	case p.elapsed <= 0:
		p.unrated = true
	default:
		rate := cmp.Or(base, "1") + "/s"
		if strings.Contains(name, "requests") {
			rate = "req/s"
		}
		p.add(labels, name+".rate", unit.Parse(rate).Base, v/p.elapsed)
	}
}

// histograms reports each series, and the sum of all where their buckets are the
// same.
func (p *promReport) histograms(f *promFamily) {
	base, factor := promUnit(f.name)
	var all promSeries
	same := f.summable()
	for i, s := range f.series {
		d := p.since(f, s)
		p.tell(s.labels, f.name, base, factor, d)
		if i == 0 {
			all = d
			all.points = slices.Clone(d.points)
			continue
		}
		if same = same && slices.EqualFunc(all.points, d.points, func(a, b promPoint) bool { return a.at == b.at }); !same {
			continue
		}
		all.sum, all.count = all.sum+d.sum, all.count+d.count
		for j := range d.points {
			all.points[j].value += d.points[j].value
		}
	}
	if same {
		p.tell("", f.name, base, factor, all)
	}
}

// summable tells whether the sum of all series says more than one of them.
func (f *promFamily) summable() bool { return len(f.series) > 1 && f.byLabels[""] == nil }

// tell reports the mean and, of a histogram, the quantiles. Without an observation
// there are none, and the count says so.
func (p *promReport) tell(labels, name, base string, factor float64, d promSeries) {
	p.directed(labels, name+".count", "count", unit.Info, d.count)
	if !(d.count > 0) {
		return
	}
	if d.hasSum {
		p.add(labels, name+".mean", base, d.sum/d.count*factor)
	}
	if !d.buckets {
		return
	}
	for _, q := range promQuantiles {
		v, bounded, ok := bucketQuantile(q.q, d.points)
		if !ok {
			continue
		}
		p.add(labels, name+"."+q.name, base, v*factor)
		if !bounded {
			p.remark(d.line, "%.200s%.200s: %s lies above the last bucket, %v: it is that at least", name, labels, q.name, v)
		}
	}
}

// bucketQuantile interpolates as Prometheus' histogram_quantile: linearly within
// the bucket, the first of which begins at 0. Beyond the last finite bound it is
// that bound, which is no upper one.
func bucketQuantile(q float64, cumulative []promPoint) (v float64, bounded, ok bool) {
	last := len(cumulative) - 1
	if last < 1 || !(cumulative[last].value > 0) {
		return 0, false, false
	}
	rank := q * cumulative[last].value
	i, _ := slices.BinarySearchFunc(cumulative[:last], rank, func(b promPoint, rank float64) int { return cmp.Compare(b.value, rank) })
	if i == last {
		return cumulative[last-1].at, false, true
	}
	end, count, start := cumulative[i].at, cumulative[i].value, 0.0
	switch {
	case i > 0:
		start = cumulative[i-1].at
		count, rank = count-cumulative[i-1].value, rank-cumulative[i-1].value
	case end <= 0:
		return end, true, true
	}
	return start + (end-start)*rank/count, true, true
}

// sniffPrometheus accepts lines that are all comments or samples, of which one
// tells a type.
func sniffPrometheus(head []byte) bool {
	typed := false
	for line := range bytes.Lines(head) {
		text := bytes.TrimSpace(line)
		switch {
		case line[len(line)-1] != '\n', len(text) == 0: // the file, or the head, ends within this line
		case text[0] == '#':
			f := strings.Fields(string(text))
			typed = typed || len(f) == 4 && f[1] == "TYPE" && promKinds[f[3]]
		default:
			if _, err := parsePromSample(string(text)); err != nil {
				return false
			}
		}
	}
	return typed
}
