package machine

import (
	"os"
	"syscall"

	"github.com/org/regress-gate/regress"
)

// peakOf returns the most memory that the largest of the process and those it
// waited for had, in B, which is what darwin counts in.
func peakOf(state *os.ProcessState) regress.Figure {
	rusage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return regress.Figure{}
	}
	return regress.NewFigure(float64(rusage.Maxrss))
}
