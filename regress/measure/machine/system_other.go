//go:build !linux

package machine

import (
	"context"
	"runtime"

	"github.com/org/regress-gate/regress"
	"github.com/shirou/gopsutil/v4/load"
	"github.com/shirou/gopsutil/v4/net"
	processes "github.com/shirou/gopsutil/v4/process"
)

// inherits tells that the counters of a child that ended are added to those of
// the parent that waited for it.
const inherits = false

// processes lists what runs. What ends meanwhile, or may not be looked at, is
// left out.
func (v view) processes(ctx context.Context) (list []process) {
	all, _ := processes.ProcessesWithContext(ctx) // none is no list
	for _, p := range all {
		parent, err := p.PpidWithContext(ctx)
		times, err2 := p.TimesWithContext(ctx)
		start, err3 := p.CreateTimeWithContext(ctx)
		if err != nil || err2 != nil || err3 != nil {
			continue
		}
		name, _ := p.NameWithContext(ctx) // the pid names it too
		found := process{
			identity: identity{int(p.Pid), uint64(start)}, parent: int(parent), name: name, cpu: times.User + times.System,
		}
		if memory, err := p.MemoryInfoWithContext(ctx); err == nil {
			found.rss = float64(memory.RSS)
		}
		list = append(list, found)
	}
	return list
}

// peak is not known: With has it from the process that ended.
func (v view) peak(context.Context, int) regress.Figure { return regress.Figure{} }

// disk returns what the process read and wrote, in B. Windows counts terminals and
// sockets too.
func (v view) disk(ctx context.Context, pid int) (read, written regress.Figure) {
	io, err := (&processes.Process{Pid: int32(pid)}).IOCountersWithContext(ctx)
	if err != nil {
		return read, written
	}
	// One of each pair is 0 where the system does not have it.
	return regress.NewFigure(float64(max(io.ReadBytes, io.DiskReadBytes))), regress.NewFigure(float64(max(io.WriteBytes, io.DiskWriteBytes)))
}

// loadAverage returns that of the last minute, 0 where there is none.
func (v view) loadAverage(ctx context.Context) float64 {
	average, err := load.AvgWithContext(ctx)
	if err != nil {
		return 0
	}
	return average.Load1
}

func (v view) cores() int { return runtime.NumCPU() }

// ownNetwork is false: only Linux has namespaces.
func (v view) ownNetwork(int) bool { return false }

// network sums up the interfaces of the machine.
func (v view) network(ctx context.Context, _ int, _ bool) traffic {
	sum, err := net.IOCountersWithContext(ctx, false)
	if err != nil || len(sum) == 0 {
		return traffic{}
	}
	return traffic{float64(sum[0].BytesSent), float64(sum[0].BytesRecv), true}
}
