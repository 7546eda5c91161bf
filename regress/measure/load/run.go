package load

import (
	"cmp"
	"context"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"
)

// driver sends phases, one after the other.
type driver struct {
	sender
	names  []string // of all requests
	random *rand.Rand
	slots  chan struct{} // holds one for each flow in flight
	report func(Progress)
}

const defaultMaxInFlight = 10_000

func newDriver(c *Config, client *http.Client, o Options) *driver {
	d := &driver{
		sender: sender{c, client},
		names:  c.names(),
		random: rand.New(rand.NewPCG(c.seed, 0)),
		slots:  make(chan struct{}, cmp.Or(o.MaxInFlight, defaultMaxInFlight)),
		report: func(Progress) {},
	}
	if o.Progress != nil {
		d.report = o.Progress
	}
	return d
}

// grace is how long requests in flight may still take once the user wants to stop.
const grace = 3 * time.Second

// interval is how often progress is told.
const interval = 500 * time.Millisecond

// phase sends one phase and counts it. It ends when its last flow has, or, where
// ctx is cancelled, when what is in flight is back or given up.
func (d *driver) phase(ctx context.Context, p phase) *tally {
	t := newTally(d.names)
	sending, giveUp := context.WithCancel(context.WithoutCancel(ctx))
	defer giveUp()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(grace, giveUp) })()

	start := time.Now()
	quiet := d.tell(t, p, start)
	var flows sync.WaitGroup
	for at := range p.arrivals() {
		moment := start.Add(at)
		if !sleepUntil(ctx, moment) {
			break
		}
		t.arrive(time.Since(moment))
		steps := d.pick()
		u := &user{rand.New(rand.NewPCG(d.random.Uint64(), d.random.Uint64())), map[string]string{}}
		select {
		case d.slots <- struct{}{}:
			flows.Go(func() {
				d.flow(ctx, sending, steps, u, moment, t)
				<-d.slots
			})
		default:
			t.record(first(steps), outcome{kind: overload}, 0)
		}
	}
	sleepUntil(ctx, start.Add(p.duration))
	flows.Wait()
	t.partial = ctx.Err() != nil
	t.duration = time.Since(start)
	quiet()
	return t
}

// pick returns the steps of a random scenario, by weight.
func (d *driver) pick() []step {
	total := 0.0
	for _, s := range d.config.scenarios {
		total += s.weight
	}
	at := d.random.Float64() * total
	last := len(d.config.scenarios) - 1
	for _, s := range d.config.scenarios[:last] {
		if at -= s.weight; at < 0 {
			return s.steps
		}
	}
	return d.config.scenarios[last].steps
}

// first returns the name of the first request of a flow.
func first(steps []step) string {
	for _, s := range steps {
		if s.request != nil {
			return s.request.name
		}
	}
	return whole // a scenario without a request is not read
}

// tell reports progress until it is called off, which tells the end.
func (d *driver) tell(t *tally, p phase, start time.Time) (off func()) {
	ticker := time.NewTicker(interval)
	ended, told := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(told)
		for {
			select {
			case <-ticker.C:
				d.report(t.progress(p, time.Since(start)))
			case <-ended:
				return
			}
		}
	}()
	return func() {
		ticker.Stop()
		close(ended)
		<-told
		last := t.progress(p, t.duration)
		last.Done = true
		d.report(last)
	}
}
