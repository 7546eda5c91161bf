package load

import "time"

// Progress is how far a phase is.
type Progress struct {
	Phase    string
	Warmup   bool          // the phase is sent, and not counted
	Done     bool          // the phase has ended: told once, last
	Elapsed  time.Duration // since the phase began
	Left     time.Duration // until its last arrival; 0 where only answers are awaited
	Requests int64         // so far, whatever became of them
	Failed   int64         // of them, with an error of any kind
	Rate     float64       // arrivals per second that are due at this moment
	P99      time.Duration // so far; 0 where nothing was answered yet
}

func (t *tally) progress(p phase, elapsed time.Duration) Progress {
	t.mu.Lock()
	defer t.mu.Unlock()
	all := t.rows[whole]
	return Progress{
		Phase: p.name, Warmup: p.warmup,
		Elapsed: elapsed, Left: max(0, p.duration-elapsed),
		Requests: all.requests, Failed: all.failed(),
		Rate: p.pacer().Rate(min(elapsed, p.duration)), P99: all.quantile(0.99),
	}
}
