package load

import (
	"iter"
	"math"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"
)

// phase is a stretch of time with its own rate of arrivals.
type phase struct {
	name     string
	duration time.Duration // > 0
	rate     float64       // arrivals per second at the beginning
	rampTo   float64       // and at the end; it changes evenly between them
	warmup   bool          // sent, but not counted
}

// pacer returns the rhythm of the phase. vegeta's LinearPacer is not used: where
// the rate begins low it waits for the first interval and then sends in bursts,
// and it takes a rate of 0 at the beginning for an unlimited one.
func (p phase) pacer() vegeta.Pacer {
	if p.rampTo != p.rate {
		return ramp{p.rate, (p.rampTo - p.rate) / p.duration.Seconds()}
	}
	interval := min(1/p.rate, 2*maxTime.Seconds()) // what is rarer does not come at all
	return vegeta.ConstantPacer{Freq: 1, Per: time.Duration(interval * float64(time.Second))}
}

// arrivals yields the moments at which users arrive, counted from the beginning
// of the phase. It asks the pacer about the moments that are meant and not about
// the clock, so that nothing that is late moves what comes after it.
func (p phase) arrivals() iter.Seq[time.Duration] {
	return func(yield func(time.Duration) bool) {
		pacer, at := p.pacer(), time.Duration(0)
		for sent := uint64(0); ; sent++ {
			wait, stop := pacer.Pace(at, sent)
			if at += wait; stop || at > p.duration || !yield(at) {
				return
			}
		}
	}
}

// empty tells whether nobody arrives in the phase.
func (p phase) empty() bool {
	for range p.arrivals() {
		return false
	}
	return true
}

// ramp is a pacer whose rate changes evenly.
type ramp struct {
	from  float64 // arrivals per second
	slope float64 // change of it in each second
}

// Rate returns the arrivals per second at that moment.
func (r ramp) Rate(elapsed time.Duration) float64 { return r.from + r.slope*elapsed.Seconds() }

// Pace returns how long it is until arrival sent+1: after t seconds there have been
// from·t + slope·t²/2 arrivals, which is solved for t.
func (r ramp) Pace(elapsed time.Duration, sent uint64) (wait time.Duration, stop bool) {
	n := float64(sent + 1)
	under := r.from*r.from + 2*r.slope*n
	if under < 0 { // the rate falls to 0 before
		return 0, true
	}
	t := 2 * n / (r.from + math.Sqrt(under))
	if !(t < maxTime.Seconds()) {
		return 0, true
	}
	return time.Duration(t*float64(time.Second)) - elapsed, false
}
