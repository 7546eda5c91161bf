package machine

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"github.com/org/regress-gate/regress"
)

// inherits tells that the counters of a child that ended are added to those of
// the parent that waited for it.
const inherits = true

// tick is the unit of time in /proc, in s: USER_HZ, which is 100 wherever Go runs.
const tick = 0.01

// processes lists what runs. What ends meanwhile is left out.
func (v view) processes(context.Context) (list []process) {
	entries, _ := fs.ReadDir(v.root, "proc") // none is no list
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err != nil {
			continue
		}
		if p, ok := parseStat(pid, v.text(fmt.Sprintf("proc/%d/stat", pid))); ok {
			list = append(list, p)
		}
	}
	return list
}

// parseStat reads /proc/PID/stat, whose second word is a name in parentheses that
// may hold spaces and parentheses itself.
func parseStat(pid int, stat string) (p process, ok bool) {
	const parent, user, system, childUser, childSystem, start, rss = 1, 11, 12, 13, 14, 19, 21 // behind the name
	open, shut := strings.IndexByte(stat, '('), strings.LastIndexByte(stat, ')')
	if open < 0 || shut < open {
		return process{}, false
	}
	words := strings.Fields(stat[shut+1:])
	if len(words) <= rss {
		return process{}, false
	}
	number := func(i int) float64 {
		n, _ := strconv.ParseFloat(words[i], 64) // the kernel writes numbers
		return n
	}
	return process{
		identity: identity{pid, uint64(number(start))},
		parent:   int(number(parent)),
		name:     stat[open+1 : shut],
		cpu:      tick * (number(user) + number(system) + number(childUser) + number(childSystem)),
		rss:      number(rss) * float64(os.Getpagesize()),
	}, true
}

// peak returns the most memory that the process ever had, in B.
func (v view) peak(_ context.Context, pid int) regress.Figure {
	kib, known := v.field(fmt.Sprintf("proc/%d/status", pid), "VmHWM")
	return figure(kib*1024, known)
}

// disk returns what the process and the children that it waited for read from and
// wrote to disks, in B: what the page cache holds is not read, and what tmpfs
// holds is neither.
func (v view) disk(_ context.Context, pid int) (read, written regress.Figure) {
	file := fmt.Sprintf("proc/%d/io", pid)
	r, readable := v.field(file, "read_bytes")
	w, writable := v.field(file, "write_bytes")
	return figure(r, readable), figure(w, writable)
}

// loadAverage returns that of the last minute.
func (v view) loadAverage(context.Context) float64 {
	first, _, _ := strings.Cut(v.text("proc/loadavg"), " ")
	load, _ := strconv.ParseFloat(first, 64) // an unknown load is not mentioned
	return load
}

// cores counts the processors that are online, of which the load average tells.
func (v view) cores() int { return len(v.ticks()) - 1 } // without the sum of them
