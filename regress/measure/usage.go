package measure

import (
	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/unit"
)

// Usage is what the process took, as one sample of each metric: wall_time and
// cpu_time in seconds, and max_rss in bytes where the system counts it.
func (s Sample) Usage() []regress.Series {
	one := func(metric, u string, v float64) regress.Series {
		return regress.Series{Key: regress.Key{Metric: metric}, Unit: u, Direction: unit.Lower, Samples: []float64{v}}
	}
	list := []regress.Series{
		one("wall_time", "s", s.Wall.Seconds()),
		one("cpu_time", "s", (s.State.UserTime() + s.State.SystemTime()).Seconds()),
	}
	if bytes, known := maxRSS(s.State); known {
		list = append(list, one("max_rss", "B", bytes))
	}
	return list
}
