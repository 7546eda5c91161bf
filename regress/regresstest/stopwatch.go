package regresstest

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/internal/host"
	"github.com/org/regress-gate/regress/unit"
)

// Stopwatch times the segments of a piece of work, so that a report says which
// of them got slower. Laps may run at the same time, each in its own goroutine.
// NewStopwatch makes one.
type Stopwatch struct {
	name string
	now  func() time.Time

	mu     sync.Mutex // guards what follows
	open   int        // laps that have started and not ended
	laps   []*Lap     // those that ended, in that order
	misuse []string
}

// NewStopwatch returns a stopwatch without laps for the named benchmark.
func NewStopwatch(benchmark string) *Stopwatch {
	return &Stopwatch{name: benchmark, now: time.Now}
}

// Start begins a lap: the work is done once. Ten laps are a good count; fewer
// than four can prove nothing.
func (s *Stopwatch) Start() *Lap {
	s.mu.Lock()
	s.open++
	s.mu.Unlock()
	now := s.now() // after the lock: waiting for it is no part of the work
	return &Lap{watch: s, begin: now, last: now}
}

// Run returns what the laps measured, one sample a lap: "total" and, for each
// segment, "segment.NAME", all in s, and "segment.NAME.share" of the total,
// which is shown and not judged. What was not measured as it should be ends the
// test: no laps, laps that are still open or without segments, segments that
// are not in every lap, and marks behind the end.
func (s *Stopwatch) Run(tb testing.TB) *regress.Run {
	tb.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.check(); err != nil {
		tb.Fatalf("regresstest: stopwatch %s: %v", s.name, err)
	}
	run := &regress.Run{Env: host.Env()}
	add := func(metric, in string, better unit.Direction, sample func(*Lap) float64) {
		samples := make([]float64, len(s.laps))
		for i, l := range s.laps {
			samples[i] = sample(l)
		}
		key := regress.Key{Benchmark: s.name, Metric: metric}
		run.Series = append(run.Series, regress.Series{Key: key, Unit: in, Direction: better, Samples: samples})
	}
	add("total", "s", unit.Lower, func(l *Lap) float64 { return l.total.Seconds() })
	for _, segment := range s.laps[0].segments {
		metric := "segment." + segment.name
		add(metric, "s", unit.Lower, func(l *Lap) float64 { return l.of(segment.name).Seconds() })
		add(metric+".share", "ratio", unit.Info, func(l *Lap) float64 { return share(l.of(segment.name), l.total) })
	}
	if err := run.Validate(); err != nil {
		tb.Fatalf("regresstest: stopwatch %s: %v", s.name, err)
	}
	return run
}

// check returns the first reason why the laps are no measurement.
func (s *Stopwatch) check() error {
	switch {
	case len(s.misuse) > 0:
		return fmt.Errorf("%s", s.misuse[0])
	case s.open > 0:
		return fmt.Errorf("%d laps were started and not ended", s.open)
	case len(s.laps) == 0:
		return fmt.Errorf("no laps: call Start, Mark and End around the work")
	}
	first := s.laps[0].names()
	for i, l := range s.laps {
		switch names := l.names(); {
		case len(names) == 0:
			return fmt.Errorf("lap %d has no segment: call Mark at the end of each", i+1)
		case !slices.Equal(names, first):
			return fmt.Errorf("lap %d has the segments %s, and lap 1 %s: each lap must have the same",
				i+1, strings.Join(names, ", "), strings.Join(first, ", "))
		}
	}
	return nil
}

// wrong records a misuse, for Run to fail on.
func (s *Stopwatch) wrong(format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.misuse = append(s.misuse, fmt.Sprintf(format, args...))
}
