//go:build unix

package measure

import (
	"os"
	"runtime"
	"syscall"
)

// maxRSS is the largest resident memory of the process, in bytes.
func maxRSS(state *os.ProcessState) (bytes float64, known bool) {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0, false
	}
	if runtime.GOOS == "darwin" || runtime.GOOS == "ios" {
		return float64(usage.Maxrss), true
	}
	return float64(usage.Maxrss) * 1024, true
}
