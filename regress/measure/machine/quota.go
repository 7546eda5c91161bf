package machine

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/org/regress-gate/regress/unit"
)

// quota tells of a control group that was stopped when it had used up its share
// of a period: the one of this process, or one around it.
func (v view) quota() string {
	for line := range strings.Lines(v.text("proc/self/cgroup")) {
		id, group, _ := strings.Cut(strings.TrimSpace(line), ":")
		controllers, group, _ := strings.Cut(group, ":")
		mount := "sys/fs/cgroup"
		switch {
		case slices.Contains(strings.Split(controllers, ","), "cpu"): // version 1 has a tree for each controller
			mount = path.Join(mount, "cpu")
		case id != "0":
			continue
		}
		for ; ; group = path.Dir(group) {
			file := path.Join(mount, group, "cpu.stat")
			stops, _ := v.field(file, "nr_throttled")
			periods, _ := v.field(file, "nr_periods")
			if stops > 0 && periods > 0 {
				return fmt.Sprintf("the CPU quota of this container stopped its processes in %s of all periods since it was made: "+
					"samples that are stopped are longer by tens of milliseconds; raise the quota, or use fewer processors than it pays for",
					unit.FormatShare(stops/periods))
			}
			if group == "/" || group == "." {
				break
			}
		}
	}
	return ""
}
