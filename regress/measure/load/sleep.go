package load

import (
	"context"
	"time"
)

// coarse is how far a timer of the runtime can be late on an idle machine.
const coarse = 2 * time.Millisecond

// sleepUntil returns true at that moment, or false as soon as ctx ends. The last
// bit is slept by the system's own clock: what a timer is late would be counted as
// latency of the service.
func sleepUntil(ctx context.Context, moment time.Time) bool {
	if d := time.Until(moment) - coarse; d > 0 {
		timer := time.NewTimer(d)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
			return false
		}
	}
	for d := time.Until(moment); d > 0; d = time.Until(moment) {
		nap(d)
	}
	return ctx.Err() == nil
}
