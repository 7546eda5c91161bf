package machine

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/org/regress-gate/regress/unit"
)

// load tells of a machine that was not idle in the last minute.
func (v view) load(ctx context.Context) string {
	const idle = 0.25 // of each core
	average, cores := v.loadAverage(ctx), v.cores()
	if cores < 1 || average <= idle*float64(cores) {
		return ""
	}
	return fmt.Sprintf("the load average is %.2f on %d cores: what runs beside the measurement takes time from it; "+
		"stop it, or wait until the load is below %.2f", average, cores, idle*float64(cores))
}

// ticks is how a processor spent its time since boot, in hundredths of a second.
type ticks struct{ all, idle, stolen float64 }

func (t ticks) since(before ticks) ticks {
	return ticks{t.all - before.all, t.idle - before.idle, t.stolen - before.stolen}
}

// share returns what part of all time it is, 0 where no time has passed.
func (t ticks) share(part float64) float64 {
	if t.all <= 0 {
		return 0
	}
	return part / t.all
}

// ticks returns the times of each processor by its name, "cpu3", and those of
// all of them as "cpu".
func (v view) ticks() map[string]ticks {
	const idle, iowait, steal, columns = 3, 4, 7, 8 // what follows is contained in user and nice
	list := map[string]ticks{}
	for line := range strings.Lines(v.text("proc/stat")) {
		words := strings.Fields(line)
		if !strings.HasPrefix(line, "cpu") || len(words) <= columns {
			continue
		}
		var t ticks
		for i, word := range words[1 : 1+columns] {
			n, _ := strconv.ParseFloat(word, 64) // the kernel writes numbers
			t.all += n
			switch i {
			case idle, iowait:
				t.idle += n
			case steal:
				t.stolen += n
			}
		}
		list[words[0]] = t
	}
	return list
}

// stolen tells of a virtual machine whose host ran others in its place.
func stolen(before, after ticks) string {
	const now, ever = 0.05, 0.01 // a tick is 5 % of a glance at one core
	lately := after.since(before)
	if lately.share(lately.stolen) < now && after.share(after.stolen) < ever {
		return ""
	}
	return fmt.Sprintf("the host of this virtual machine runs others in its place (steal: %s of the time now, %s since boot): "+
		"timings get longer and uneven; compare base and head in turns, or use a machine of your own",
		unit.FormatShare(lately.share(lately.stolen)), unit.FormatShare(after.share(after.stolen)))
}
