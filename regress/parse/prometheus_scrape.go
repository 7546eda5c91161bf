package parse

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
)

// maxPromSamples bounds a scrape; a large target has some ten thousand.
const maxPromSamples = 200_000

// scrape is what one target told at one moment.
type scrape struct {
	families []*promFamily
	byName   map[string]*promFamily
	time     float64 // the latest time stamp, in seconds; 0 where there is none
}

type promFamily struct {
	name, kind string
	series     []*promSeries
	byLabels   map[string]*promSeries
}

// promSeries is one metric with one set of labels: a value, or the count, sum and
// points of a histogram or summary.
type promSeries struct {
	labels   string // as Prometheus writes them, sorted, without le and quantile
	code     string // the HTTP status that a label tells
	line     int
	value    float64
	count    float64
	sum      float64
	created  float64
	points   []promPoint // cumulative buckets by bound, or quantiles
	buckets  bool        // points are buckets
	hasValue bool
	hasCount bool
	hasSum   bool
}

type promPoint struct{ at, value float64 }

// promKinds are the types of families, the last four of OpenMetrics.
var promKinds = map[string]bool{
	"counter": true, "gauge": true, "histogram": true, "summary": true, "untyped": true,
	"unknown": true, "info": true, "stateset": true, "gaugehistogram": true,
}

func (s *scrape) find(name, labels string) *promSeries {
	if s == nil || s.byName[name] == nil {
		return nil
	}
	return s.byName[name].byLabels[labels]
}

// readScrape reads a scrape to its end. What is no sample is an error: a target
// writes nothing else.
func readScrape(r io.Reader, file string) (*scrape, error) {
	s := &scrape{byName: map[string]*promFamily{}}
	open, ended, samples := false, false, 0
	lines := newLines(r)
	for lines.next() {
		text := strings.TrimSpace(string(lines.text))
		switch {
		case lines.long:
			return nil, lineError(file, lines.number, "a line of more than %d bytes", maxLine)
		case ended && text != "":
			return nil, lineError(file, lines.number, "text follows # EOF")
		case lines.cut && text != "# EOF":
			return nil, lineError(file, lines.number, "the last line has no end: the file is cut off")
		case text == "# EOF":
			ended = true
		case text == "":
		case text[0] == '#':
			f := strings.Fields(text)
			if len(f) == 4 && f[1] == "TYPE" {
				if !promKinds[f[3]] {
					return nil, lineError(file, lines.number, "unknown type %.40q", f[3])
				}
				open = open || f[3] == "unknown" || f[3] == "info" || f[3] == "stateset" || f[3] == "gaugehistogram"
				s.family(unquoteName(f[2]), f[3])
			}
			open = open || len(f) > 2 && f[1] == "UNIT"
		default:
			if samples++; samples > maxPromSamples {
				return nil, lineError(file, lines.number, "more than %d samples", maxPromSamples)
			}
			one, err := parsePromSample(text)
			if err == nil {
				open = open || one.exemplar || s.byName[one.name] == nil && strings.HasSuffix(one.name, "_total") && s.byName[strings.TrimSuffix(one.name, "_total")] != nil
				err = s.take(one, lines.number)
			}
			if err != nil {
				return nil, lineError(file, lines.number, "%w", err)
			}
		}
	}
	if err := lines.failed(); err != nil {
		return nil, lineError(file, lines.number, "%w", err)
	}
	if open && !ended {
		return nil, lineError(file, lines.number, "this is OpenMetrics without # EOF at its end: the file is cut off")
	}
	return s, s.check(file)
}

func unquoteName(s string) string { return strings.Trim(s, `"`) }

func (s *scrape) family(name, kind string) *promFamily {
	f := s.byName[name]
	if f == nil {
		f = &promFamily{name: name, kind: kind, byLabels: map[string]*promSeries{}}
		s.byName[name] = f
		s.families = append(s.families, f)
	}
	return f
}

// of returns the family of a sample, and which part of it the sample is.
func (s *scrape) of(name string) (f *promFamily, part string) {
	if f = s.byName[name]; f != nil {
		return f, ""
	}
	for _, part := range []string{"_bucket", "_sum", "_count", "_gsum", "_gcount", "_created", "_total", "_info"} {
		base, ok := strings.CutSuffix(name, part)
		f := s.byName[base]
		if !ok || f == nil {
			continue
		}
		switch f.kind {
		case "histogram", "summary", "gaugehistogram":
			if part == "_total" || part == "_info" {
				continue
			}
			return f, part
		case "counter":
			if part == "_total" { // OpenMetrics names the family without it
				f.name, s.byName[name] = name, f
				return f, ""
			}
			if part == "_created" {
				return f, part
			}
		case "info":
			return f, ""
		}
	}
	return s.family(name, "untyped"), ""
}

// take puts a sample where it belongs.
func (s *scrape) take(one promSample, line int) error {
	f, part := s.of(one.name)
	labels := one.text()
	p := f.byLabels[labels]
	if p == nil {
		p = &promSeries{labels: labels, code: one.code(), line: line}
		f.byLabels[labels] = p
		f.series = append(f.series, p)
	}
	s.time = max(s.time, one.time)
	twice := func(had *bool) error {
		if *had {
			return fmt.Errorf("%.200s%.200s stands in the file twice", one.name, labels)
		}
		*had = true
		return nil
	}
	switch {
	case part == "_bucket":
		p.buckets = true
		return p.point(one, one.le)
	case part == "_sum" || part == "_gsum":
		p.sum = one.value
		return twice(&p.hasSum)
	case part == "_count" || part == "_gcount":
		p.count = one.value
		return twice(&p.hasCount)
	case part == "_created":
		p.created = one.value
	case f.kind == "summary" && one.quantile != "":
		return p.point(one, one.quantile)
	default:
		p.value = one.value
		return twice(&p.hasValue)
	}
	return nil
}

func (p *promSeries) point(one promSample, at string) error {
	v, ok := parseNumber([]byte(at), 0)
	if !ok || v != v {
		return fmt.Errorf("%.200s: %.40q is no bound", one.name, at)
	}
	p.points = append(p.points, promPoint{v, one.value})
	return nil
}

// check sorts the points and holds that each histogram is whole: a file that is
// cut lacks the bucket of everything, which comes last.
func (s *scrape) check(file string) error {
	for _, f := range s.families {
		for _, p := range f.series {
			slices.SortFunc(p.points, func(a, b promPoint) int { return cmp.Compare(a.at, b.at) })
			for i := 1; i < len(p.points); i++ {
				if p.points[i].at == p.points[i-1].at {
					return lineError(file, p.line, "%.200s%.200s: a bucket stands in the file twice", f.name, p.labels)
				}
				if p.buckets && p.points[i].value < p.points[i-1].value {
					return lineError(file, p.line, "%.200s%.200s: the buckets are not cumulative: the file is damaged", f.name, p.labels)
				}
			}
			if f.kind != "histogram" && f.kind != "gaugehistogram" {
				continue
			}
			if n := len(p.points); n == 0 || !math.IsInf(p.points[n-1].at, 1) || !p.hasCount && f.kind == "histogram" && p.hasSum {
				return lineError(file, p.line, `%.200s%.200s has no bucket le="+Inf" or no count: the file is cut off`, f.name, p.labels)
			} else if !p.hasCount {
				p.count, p.hasCount = p.points[n-1].value, true
			}
		}
	}
	return nil
}
