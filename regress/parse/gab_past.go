package parse

import (
	"bufio"
	"bytes"
	"math"
	"slices"
	"time"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/internal/strict"
	"github.com/org/regress-gate/regress/unit"
)

// gabRun is one run of a suite.
type gabRun struct {
	commit string
	time   time.Time
	series []regress.Series
}

// gabSuite is one chart page of the action: the runs of one workflow step.
type gabSuite struct {
	name   string
	newest gabRun
	points map[regress.Key][]gabPoint // oldest first
}

type gabPoint struct {
	regress.Point
	unit string
}

// parseGabPast makes a baseline of a stored history: what the newest run of each
// suite found, and the latest regress.DefaultHistory points of each metric. A
// metric that the newest run lacks is left out, since no run to come will have it.
func parseGabPast(b *bufio.Reader, o Options) (*Past, error) {
	head, _ := b.Peek(sniffLen)
	if firstByte(head) == '[' {
		return nil, nil
	}
	if bytes.HasPrefix(bytes.TrimLeft(head, " \t\r\n"), []byte(gabVariable)) {
		if _, err := b.Discard(bytes.IndexByte(head, '=') + 1); err != nil {
			return nil, lineError(o.File, 1, "%w", err)
		}
	}
	g := gabReader{JSON: strict.NewJSON(plainNumbers(b), o.File), warnings: warnings{file: o.File}}
	var suites []*gabSuite
	g.Object("the document", func(key string) {
		if key != "entries" {
			g.Skip()
			return
		}
		g.Object(key, func(name string) {
			s := &gabSuite{name: name, points: map[regress.Key][]gabPoint{}}
			g.Array("the runs of "+name, func() { g.run(s) })
			suites = append(suites, s)
		})
	})
	if err := g.Done(); err != nil {
		return nil, err
	}
	past := &Past{Baseline: &regress.Baseline{}}
	for _, s := range suites {
		g.take(past.Baseline, s, suites)
	}
	if len(past.Entries) == 0 {
		return nil, g.nothing("no run is stored in the file")
	}
	past.Warnings = g.list()
	return past, nil
}

// run reads one run into the suite.
func (g *gabReader) run(s *gabSuite) {
	var run gabRun
	var tool string
	var benches []gabBench
	g.Object("a run", func(key string) {
		switch key {
		case "commit":
			g.Object(key, func(key string) {
				if key == "id" {
					run.commit = text(g.JSON, key)
					return
				}
				g.Skip()
			})
		case "date":
			if ms := g.Number(key); math.Abs(ms) < 1<<53 {
				run.time = time.UnixMilli(int64(ms)).UTC()
			}
		case "tool":
			tool = g.Text(key)
		case "benches":
			benches = g.benches(key)
		default:
			g.Skip()
		}
	})
	if g.Failed() {
		return
	}
	var err error
	if run.series, err = g.series(tool, benches); err != nil {
		g.Problem("%v", err)
	}
	for i := range run.series {
		series := &run.series[i]
		if series.Broken != "" {
			continue
		}
		p := regress.NewPoint(run.commit, run.time, series.Samples)
		if p.N == 1 {
			p.N = 0 // the value may be of many: the action does not tell
		}
		points := append(s.points[series.Key], gabPoint{p, series.Unit})
		if len(points) > 8*regress.DefaultHistory { // the file may be long
			points = slices.Clone(points[len(points)-4*regress.DefaultHistory:])
		}
		s.points[series.Key] = points
	}
	if !run.time.Before(s.newest.time) {
		s.newest = run
	}
}

// take adds the metrics of a suite to the baseline. A name that another suite has
// as well gets the name of its suite before it.
func (g *gabReader) take(b *regress.Baseline, s *gabSuite, all []*gabSuite) {
	for _, series := range s.newest.series {
		e := regress.Entry{Series: series, History: s.history(series.Key, series.Unit)}
		delete(s.points, series.Key)
		for _, other := range all {
			if other != s && slices.ContainsFunc(other.newest.series, func(o regress.Series) bool { return o.Key == series.Key }) {
				e.Benchmark = s.name
				if series.Benchmark != "" {
					e.Benchmark += "/" + series.Benchmark
				}
				g.remark(0, "%.200q is in %.100q too: it is called %.300q", series.Key, other.name, e.Key)
				break
			}
		}
		b.Entries = append(b.Entries, e)
	}
	if n := len(s.points); n > 0 {
		g.remark(0, "the newest run of %.100q lacks %d metrics that earlier ones have: they are left out", s.name, n)
	}
	if !s.newest.time.Before(b.Time) {
		b.Time, b.Commit = s.newest.time, s.newest.commit
	}
}

// history returns the latest points of a metric in its present unit: before a
// change of what was measured there is nothing to learn.
func (s *gabSuite) history(key regress.Key, present string) (list []regress.Point) {
	points := s.points[key]
	slices.SortStableFunc(points, func(a, b gabPoint) int { return a.Time.Compare(b.Time) })
	for i := len(points) - 1; i >= 0 && len(list) < regress.DefaultHistory; i-- {
		factor, ok := unit.Factor(points[i].unit, present)
		if !ok {
			break
		}
		p := points[i].Point
		p.Center *= factor
		if spread, known := p.Spread.Get(); known {
			p.Spread = regress.NewFigure(spread * factor)
		}
		list = append(list, p)
	}
	slices.Reverse(list)
	return list
}
