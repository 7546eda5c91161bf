package load

import (
	"syscall"
	"time"
)

// nap sleeps for at most d, to some 50 µs; a signal can end it early.
func nap(d time.Duration) {
	wait := syscall.NsecToTimespec(d.Nanoseconds())
	_ = syscall.Nanosleep(&wait, nil) // an interruption: the caller looks at the clock
}
