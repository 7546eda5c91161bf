//go:build !linux

package load

import "time"

// nap sleeps for d, to what the runtime's timers can.
func nap(d time.Duration) { time.Sleep(d) }
