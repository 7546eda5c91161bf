package regresstest

import (
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/unit"
	"github.com/stretchr/testify/require"
)

// handClock is a stopwatch whose time passes only where the test says so.
type handClock struct {
	*Stopwatch
	time time.Time
}

func newHandClock(name string) *handClock {
	c := &handClock{Stopwatch: NewStopwatch(name), time: time.Unix(0, 0)}
	c.now = func() time.Time { return c.time }
	return c
}

func (c *handClock) pass(d time.Duration) { c.time = c.time.Add(d) }

// checkout does ten laps of which the middle segment takes as long as it is told.
func checkout(store time.Duration) *handClock {
	c := newHandClock("Checkout")
	for i := range 10 {
		noise := time.Duration(i%5) * 7 * time.Microsecond
		lap := c.Start()
		c.pass(time.Millisecond + noise)
		lap.Mark("parse")
		c.pass(store - noise)
		lap.Mark("store")
		c.pass(time.Millisecond + 2*noise)
		lap.Mark("answer")
		lap.End()
	}
	return c
}

func TestStopwatchNamesTheSegmentThatGotSlower(t *testing.T) {
	path := filepath.Join(t.TempDir(), "checkout.json")
	t.Setenv(UpdateVariable, "1")
	Gate(t, path, checkout(2*time.Millisecond).Run(t))

	t.Setenv(UpdateVariable, "")
	Gate(t, path, checkout(2*time.Millisecond).Run(t))

	tb := &recorder{}
	var report *regress.Report
	tb.during(func(tb testing.TB) { report = Gate(tb, path, checkout(6*time.Millisecond).Run(tb)) })
	require.Contains(t, tb.errors, "segment.store")
	verdicts := map[string]regress.Verdict{}
	for _, c := range report.Comparisons {
		verdicts[c.Metric] = c.Verdict
	}
	require.Equal(t, regress.Regressed, verdicts["segment.store"])
	require.Equal(t, regress.Regressed, verdicts["total"])
	require.NotEqual(t, regress.Regressed, verdicts["segment.parse"])
	require.NotEqual(t, regress.Regressed, verdicts["segment.store.share"], "a share is shown and not judged")
}

func TestStopwatchRun(t *testing.T) {
	c := newHandClock("Checkout")
	for _, order := range [][]string{{"parse", "store", "parse"}, {"store", "parse", "parse"}} {
		lap := c.Start()
		for _, name := range order {
			c.pass(time.Second)
			lap.Mark(name)
		}
		c.pass(time.Second)
		lap.End()
	}
	series := map[string]regress.Series{}
	for _, s := range c.Run(t).Series {
		require.Equal(t, "Checkout", s.Benchmark)
		series[s.Metric] = s
	}
	require.Len(t, series, 5)
	require.Equal(t, []float64{4, 4}, series["total"].Samples)
	require.Equal(t, []float64{2, 2}, series["segment.parse"].Samples, "marks of one name add up")
	require.Equal(t, []float64{1, 1}, series["segment.store"].Samples, "in any order")
	require.Equal(t, []float64{0.5, 0.5}, series["segment.parse.share"].Samples)
	require.Equal(t, unit.Info, series["segment.parse.share"].Direction)

	name, part := c.Slowest()
	require.Equal(t, "parse", name)
	require.Equal(t, 0.5, part)
	require.Equal(t, `Checkout: 4.00 s a lap, 2 laps
  parse      2.00 s   50.0 %
  store      1.00 s   25.0 %
  no segment 1.00 s   25.0 %`, c.String())
}

func TestStopwatchRefusesMisuse(t *testing.T) {
	lap := func(s *Stopwatch, names ...string) *Lap {
		l := s.Start()
		for _, name := range names {
			l.Mark(name)
		}
		l.End()
		return l
	}
	for want, use := range map[string]func(*Stopwatch){
		"no laps":                                    func(*Stopwatch) {},
		"1 laps were started and not ended":          func(s *Stopwatch) { lap(s, "a"); s.Start() },
		"lap 2 has the segments a, and lap 1 a, b":   func(s *Stopwatch) { lap(s, "a", "b"); lap(s, "a") },
		"lap 2 has no segment":                       func(s *Stopwatch) { lap(s, "a"); lap(s) },
		`mark "b" behind the end`:                    func(s *Stopwatch) { lap(s, "a").Mark("b") },
		"ended twice":                                func(s *Stopwatch) { lap(s, "a").End() },
		"segment.a.share: two series with this name": func(s *Stopwatch) { lap(s, "a", "a.share") },
		"control character":                          func(s *Stopwatch) { lap(s, "a\n") },
	} {
		s := NewStopwatch("Checkout")
		use(s)
		tb := &recorder{}
		tb.during(func(tb testing.TB) { s.Run(tb) })
		require.Contains(t, tb.errors, want)
	}
	name, _ := NewStopwatch("Checkout").Slowest()
	require.Empty(t, name)
	require.Equal(t, "Checkout: no laps", NewStopwatch("Checkout").String())
}

func TestStopwatchTimesLapsSideBySide(t *testing.T) {
	s := NewStopwatch("Checkout")
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			lap := s.Start()
			time.Sleep(2 * time.Millisecond)
			lap.Mark("sleep")
			lap.End()
		})
	}
	group.Wait()
	for _, series := range s.Run(t).Series {
		require.Len(t, series.Samples, 8)
	}
	name, part := s.Slowest()
	require.Equal(t, "sleep", name)
	require.Greater(t, part, 0.5)
}
