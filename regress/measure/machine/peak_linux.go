package machine

import (
	"os"
	"syscall"

	"github.com/org/regress-gate/regress"
)

// peakOf returns the most memory that the largest of the process and those it
// waited for had, in B. A child begins its life in the memory of its parent, and
// the kernel counts that as its own: what is not more than our own peak tells
// nothing of the child.
func peakOf(state *os.ProcessState) regress.Figure {
	const kib = 1024
	theirs, ok := state.SysUsage().(*syscall.Rusage)
	var ours syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &ours); err != nil || !ok || theirs.Maxrss <= ours.Maxrss {
		return regress.Figure{}
	}
	return regress.NewFigure(float64(theirs.Maxrss) * kib)
}
