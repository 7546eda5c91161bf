package machine

import (
	"context"
	"sync"
	"time"
)

const (
	// interval lies between two samples. It is as long as ten ticks of the kernel's
	// clock, so that a share of a core is right within a tenth.
	interval = 100 * time.Millisecond
	// restraint bounds what sampling takes from the measurement: it rests so many
	// times as long as a sample takes. That is what the cheapest one took, since on a
	// busy machine the others were waiting for their turn.
	restraint = 20
)

// Watcher samples a process and all that it starts, until Stop. Watch makes one.
type Watcher struct{ stop func() Usage }

// Watch samples what the process and its descendants use, now and every 100 ms. A
// process that does not exist uses nothing that is known.
func Watch(pid int) *Watcher { return watch(here(), pid) }

func watch(v view, pid int) *Watcher {
	ctx, cancel := context.WithCancel(context.Background())
	t := newTree(ctx, v, pid)
	cost, rest := t.sample(ctx, time.Now()), interval
	var sampling sync.WaitGroup
	sampling.Go(func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-time.After(rest):
				cost = min(cost, t.sample(ctx, time.Now()))
				rest = max(interval, restraint*cost)
			}
		}
	})
	return &Watcher{sync.OnceValue(func() Usage {
		cancel()
		sampling.Wait()
		t.sample(context.Background(), time.Now()) // of a service that goes on, the counters as they are now
		return t.usage()
	})}
}

// Stop ends the sampling and returns what was used since Watch. Stopping again
// returns the same.
func (w *Watcher) Stop() Usage { return w.stop() }
