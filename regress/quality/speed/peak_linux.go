package main

import (
	"os"
	"syscall"
)

// peak is the most memory that the process had, in bytes: this one's own at the
// least, since a child begins its life in the memory of its parent.
func peak(state *os.ProcessState) float64 {
	return float64(state.SysUsage().(*syscall.Rusage).Maxrss) * 1024
}
