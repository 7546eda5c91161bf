package machine

import (
	"os"
	"time"

	"github.com/org/regress-gate/regress"
)

// With completes the usage by what the system tells of a process that ended, and
// of those it waited for: exact where Watch has samples, and known of a process
// too short to be sampled, so that Usage{}.With is useful on its own. wall is the
// time from its start to its end. The state may be nil, of a process that is not
// known to have ended: then the usage stays as it is.
func (u Usage) With(state *os.ProcessState, wall time.Duration) Usage {
	if state == nil {
		return u
	}
	cpu := (state.UserTime() + state.SystemTime()).Seconds()
	u.WallTime, u.CPUTime = regress.NewFigure(wall.Seconds()), regress.NewFigure(cpu)
	if wall > 0 {
		u.CPUShareMean = regress.NewFigure(cpu / wall.Seconds())
	}
	u.RSSPeak = larger(u.RSSPeak, peakOf(state))
	return u
}
