package machine

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/org/regress-gate/regress/unit"
)

// busy names the processes that used the processors in the time between two
// looks at them. This process is not one of them.
func busy(before, after []process, took time.Duration) string {
	const (
		least = 0.1 // of a core: two ticks of the kernel's clock in a glance
		most  = 3   // processes that are named
	)
	used := make(map[identity]float64, len(before))
	for _, p := range before {
		used[p.identity] = p.cpu
	}
	var active []process
	for _, p := range after {
		earlier, known := used[p.identity]
		if p.cpu = (p.cpu - earlier) / took.Seconds(); known && p.cpu >= least && p.pid != os.Getpid() {
			active = append(active, p)
		}
	}
	if len(active) == 0 {
		return ""
	}
	slices.SortFunc(active, func(a, b process) int { return cmp.Or(cmp.Compare(b.cpu, a.cpu), cmp.Compare(a.pid, b.pid)) })
	names := make([]string, min(len(active), most))
	for i := range names {
		names[i] = fmt.Sprintf("%s (pid %d) %s of a core", active[i].name, active[i].pid, unit.FormatShare(active[i].cpu))
	}
	if rest := len(active) - len(names); rest > 0 {
		names = append(names, fmt.Sprintf("and %d more", rest))
	}
	return "other processes are at work: " + strings.Join(names, ", ") + ": they take time and cache from what is measured; stop them, or wait until they are done"
}
