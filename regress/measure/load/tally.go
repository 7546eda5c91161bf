package load

import (
	"sync"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
)

// Latencies are kept in µs, up to 10 minutes, to three digits.
const (
	shortest = 1
	longest  = int64(10 * time.Minute / time.Microsecond)
	digits   = 3
)

// whole is the row of all requests together.
const whole = ""

// tally counts what one repetition of a phase brought. It may be used by many
// goroutines until its phase has ended; then its fields may be read.
type tally struct {
	mu       sync.Mutex
	rows     map[string]*row // by the request's name
	arrivals int64
	late     int64 // arrivals that were sent later than they were meant to be
	duration time.Duration
	partial  bool // the phase was interrupted
}

// row counts the requests of one name.
type row struct {
	latency  *hdrhistogram.Histogram
	requests int64 // all that were due, whatever became of them
	answered int64
	errors   map[kind]int64
}

func newTally(names []string) *tally {
	t := &tally{rows: map[string]*row{}}
	for _, name := range append([]string{whole}, names...) {
		t.rows[name] = &row{latency: hdrhistogram.New(shortest, longest, digits), errors: map[kind]int64{}}
	}
	return t
}

// record counts one request.
func (t *tally) record(name string, o outcome, latency time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, r := range [...]*row{t.rows[whole], t.rows[name]} {
		r.requests++
		if o.answered {
			r.answered++
		}
		if o.kind != "" {
			r.errors[o.kind]++
		}
		if o.timed() {
			// Inside of the bounds it cannot fail.
			_ = r.latency.RecordValue(min(max(latency.Microseconds(), shortest), longest))
		}
	}
}

// tardy is how late an arrival may be sent before it says something of the machine
// that sends; tardyShare is how many such arrivals are worth a warning.
const (
	tardy      = 10 * time.Millisecond
	tardyShare = 0.01
)

// arrive counts one arrival that was sent so much after its moment.
func (t *tally) arrive(late time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.arrivals++
	if late > tardy {
		t.late++
	}
}

// failed returns the number of requests with an error of any kind.
func (r *row) failed() (n int64) {
	for _, count := range r.errors {
		n += count
	}
	return n
}

// quantile returns the latency that the share q of the requests stay within; 0
// where none was timed.
func (r *row) quantile(q float64) time.Duration {
	return time.Duration(r.latency.ValueAtQuantile(q*100)) * time.Microsecond
}
