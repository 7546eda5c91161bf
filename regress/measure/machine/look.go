package machine

import (
	"context"
	"time"
)

// glance is how long Look and Pin watch what goes on.
const glance = 200 * time.Millisecond

// Look says what makes timings on this machine uneven or incomparable, a
// sentence each: what it is, what it does to timings, and what to do about it.
// A quiet machine gives none. It takes 200 ms, and where ctx ends before that
// the sentences on what goes on just now are left out.
//
// The sentences hold names of processes and files as they are: make them inert
// before they are printed.
func Look(ctx context.Context) []string { return look(ctx, here(), pause) }

// moment is what look compares between two points in time.
type moment struct {
	ticks     ticks
	throttled float64
	processes []process
}

func (v view) moment(ctx context.Context) moment {
	return moment{v.ticks()["cpu"], v.throttled(), v.processes(ctx)}
}

// look watches for as long as wait does, which tells how long that was and
// whether it was long enough.
func look(ctx context.Context, v view, wait func(context.Context) (time.Duration, bool)) (said []string) {
	say := func(sentences ...string) {
		for _, s := range sentences {
			if s != "" {
				said = append(said, s)
			}
		}
	}
	before := v.moment(ctx)
	took, enough := wait(ctx)
	say(v.turbo(), v.governor(), v.siblings(), v.quota(), v.battery(), v.heat(), v.load(ctx))
	if enough {
		after := v.moment(ctx)
		say(throttling(before.throttled, after.throttled), stolen(before.ticks, after.ticks), busy(before.processes, after.processes, took))
	}
	return said
}

// pause waits for a glance, or until ctx ends.
func pause(ctx context.Context) (time.Duration, bool) {
	begin := time.Now()
	timer := time.NewTimer(glance)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
	took := time.Since(begin)
	return took, took >= glance
}
