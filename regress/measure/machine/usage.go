package machine

import (
	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/unit"
)

// Usage is what a process and all that it started used. What is not known is
// absent: all of it in the zero Usage; what is sampled, for a tree that ended
// within three samples.
type Usage struct {
	WallTime regress.Figure // s; from With only
	CPUTime  regress.Figure // s, user and system
	RSSPeak  regress.Figure // B: the most that one process of the tree had, as far as it was seen

	CPUShareMean regress.Figure // of one core: 2 is two cores at work all the time
	CPUShareMax  regress.Figure // the same, in the busiest 100 ms

	// Memory of the whole tree, in B. What processes share is counted for each.
	RSSMean, RSSMax regress.Figure

	// Bytes that went to and came from disks, not the page cache.
	DiskRead, DiskWritten regress.Figure

	// Bytes that went through all network interfaces, loopback included, from
	// Watch to Stop. They are those of the process's network namespace where it has
	// one of its own, as a container does. Otherwise NetShared tells that whatever
	// else runs on the machine is counted too.
	NetSent, NetReceived regress.Figure
	NetShared            bool
}

// Series returns what is known as metrics of the benchmark, one sample each.
// Times and memory are judged. What follows from them (cpu_usage is cpu_time by
// wall_time), and what depends on caches and neighbours, is shown only.
func (u Usage) Series(benchmark string) []regress.Series {
	var list []regress.Series
	for _, m := range [...]struct {
		metric string
		figure regress.Figure
		unit   string
		better unit.Direction
	}{
		{"wall_time", u.WallTime, "s", unit.Lower},
		{"cpu_time", u.CPUTime, "s", unit.Lower},
		{"max_rss", u.RSSPeak, "B", unit.Lower},
		{"memory_usage", u.RSSMean, "B", unit.Lower},
		{"cpu_usage", u.CPUShareMean, "ratio", unit.Info},
		{"cpu_usage.max", u.CPUShareMax, "ratio", unit.Info},
		{"disk_read", u.DiskRead, "B", unit.Info},
		{"disk_written", u.DiskWritten, "B", unit.Info},
		{"net_sent", u.NetSent, "B", unit.Info},
		{"net_received", u.NetReceived, "B", unit.Info},
	} {
		if v, known := m.figure.Get(); known {
			key := regress.Key{Benchmark: benchmark, Metric: m.metric}
			list = append(list, regress.Series{Key: key, Unit: m.unit, Direction: m.better, Samples: []float64{v}})
		}
	}
	return list
}
