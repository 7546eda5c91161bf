package regresstest

import (
	"slices"
	"time"
)

// Lap is the work done once, cut into segments by marks. It belongs to one
// goroutine. Stopwatch.Start begins one.
type Lap struct {
	watch       *Stopwatch
	begin, last time.Time // of the lap, and of the segment that is running
	segments    []segment // in the order of their first marks
	total       time.Duration
	ended       bool
}

type segment struct {
	name string
	took time.Duration
}

// Mark ends the segment that is running, since the last mark or the start, and
// names it. The times of segments with one name add up.
func (l *Lap) Mark(name string) {
	now := l.watch.now()
	if l.ended {
		l.watch.wrong("mark %q behind the end of its lap", name)
		return
	}
	l.add(name, now.Sub(l.last))
	l.last = now
}

// End ends the lap. The time since the last mark counts towards the total only.
func (l *Lap) End() {
	now := l.watch.now()
	if l.ended {
		l.watch.wrong("a lap was ended twice")
		return
	}
	l.ended, l.total = true, now.Sub(l.begin)
	l.watch.mu.Lock()
	defer l.watch.mu.Unlock()
	l.watch.open--
	l.watch.laps = append(l.watch.laps, l)
}

// add gives the named segment more time.
func (l *Lap) add(name string, took time.Duration) {
	i := l.index(name)
	if i < 0 {
		i = len(l.segments)
		l.segments = append(l.segments, segment{name: name})
	}
	l.segments[i].took += took
}

// of returns how long the named segment took, 0 where the lap has none.
func (l *Lap) of(name string) time.Duration {
	if i := l.index(name); i >= 0 {
		return l.segments[i].took
	}
	return 0
}

func (l *Lap) index(name string) int {
	return slices.IndexFunc(l.segments, func(s segment) bool { return s.name == name })
}

// names returns the sorted names of the segments.
func (l *Lap) names() []string {
	names := make([]string, len(l.segments))
	for i, s := range l.segments {
		names[i] = s.name
	}
	slices.Sort(names)
	return names
}
