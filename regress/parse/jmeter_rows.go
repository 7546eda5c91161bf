package parse

import (
	"strings"
	"time"
	"unicode"

	"github.com/org/regress-gate/regress"
)

// jmeterLabels is how many labels are kept apart: a third of a megabyte each
// bounds the memory. A plan with more of them has something in its labels that
// differs from request to request.
const jmeterLabels = 128

// jmeterSample is one row of the results.
type jmeterSample struct {
	label          []byte
	elapsed        float64 // in seconds
	begin          time.Time
	failed         bool
	bytes          float64
	timed, checked bool // begin, failed and bytes are known
	sized          bool
}

// jmeterRows reduces the samples of one run, as a whole and by label.
type jmeterRows struct {
	*report
	begun  int // the line in which the run begins
	total  jmeterGroup
	labels map[string]*jmeterGroup
	order  []*jmeterGroup
	many   bool // there are more labels than are kept
}

type jmeterGroup struct {
	label                 string
	latency               tally
	failed, bytes         float64
	timed, checked, sized float64 // how many samples tell
	first, last           time.Time
	fine                  bool // a time is no whole second
}

func newJMeterRows(r *report, line int) *jmeterRows {
	return &jmeterRows{report: r, begun: line, labels: map[string]*jmeterGroup{}}
}

// add takes a sample, and tells whether its time is one that can be.
func (r *jmeterRows) add(s *jmeterSample) bool {
	if !r.total.add(s) {
		return false
	}
	if len(s.label) == 0 || r.many {
		return true
	}
	g := r.labels[string(s.label)]
	if g == nil {
		g = r.group(string(s.label))
	}
	return g == nil || g.add(s)
}

// group begins a label. Characters that no output carries become blanks.
func (r *jmeterRows) group(label string) *jmeterGroup {
	if len(r.labels) == jmeterLabels {
		r.many, r.labels, r.order = true, nil, nil
		return nil
	}
	clean := strings.Map(func(c rune) rune {
		if unicode.IsControl(c) {
			return ' '
		}
		return c
	}, strings.ToValidUTF8(label, "\ufffd"))
	if len(clean) > 1000 {
		clean = strings.ToValidUTF8(clean[:1000], "") + "…"
	}
	g := r.labels[clean]
	if g == nil {
		g = &jmeterGroup{label: clean}
		r.labels[clean] = g
		r.order = append(r.order, g)
	}
	r.labels[label] = g
	return g
}

func (g *jmeterGroup) add(s *jmeterSample) bool {
	if !g.latency.add(s.elapsed) {
		return false
	}
	if s.timed {
		end := s.begin.Add(time.Duration(s.elapsed * float64(time.Second)))
		if g.timed == 0 || s.begin.Before(g.first) {
			g.first = s.begin
		}
		if end.After(g.last) {
			g.last = end
		}
		g.fine = g.fine || s.begin.Nanosecond() != 0
		g.timed++
	}
	if s.checked {
		if g.checked++; s.failed {
			g.failed++
		}
	}
	if s.sized {
		g.sized++
		g.bytes += s.bytes
	}
	return true
}

// finish hands the run over.
func (r *jmeterRows) finish() error {
	if r.total.latency.count == 0 {
		return lineError(r.file, r.begun, "not one sample: no request was made")
	}
	if r.many {
		r.failure(r.begun, "more than %d labels, so that only the whole run is read: keep what differs from request to request out of the names of samplers", jmeterLabels)
	}
	if r.total.checked == 0 {
		r.remark(r.begun, "there is no column success or responseCode: a request that failed looks like any other")
	}
	for _, g := range append([]*jmeterGroup{&r.total}, r.order...) {
		f := figures{benchmark: g.label, line: r.begun}
		f.latencies(&g.latency)
		count := float64(g.latency.count)
		f.list = append(f.list, figure{"requests", "count", count})
		// All samples must tell: what some lack would look like none.
		if g.checked == count {
			f.list = append(f.list, figure{"errors", "count", g.failed})
			if g == &r.total {
				f.errorRate(g.failed, count, r.report)
			} else {
				f.list = append(f.list, figure{"error_rate", "ratio", g.failed / count})
			}
		}
		if span := g.last.Sub(g.first).Seconds(); g.timed == count && span > 0 && (g.fine || span >= enough) {
			f.list = append(f.list, figure{"throughput", "req/s", count / span})
			if g.sized == count {
				f.list = append(f.list, figure{"transfer_rate", "B/s", g.bytes / span})
			}
		}
		f.into(r.report)
	}
	return nil
}

// jmeterRun makes the run of all that was read. First is when it began.
func jmeterRun(r *report, first time.Time) *regress.Run {
	run := r.run()
	run.Time = first.UTC()
	return run
}
