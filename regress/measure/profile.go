package measure

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// Profiles are the files of what one process was seen doing.
type Profiles struct{ CPU, Memory string }

// Profile runs each side of a pair of Go benchmarks once more, for a second a
// benchmark, and has CPU and memory profiled into files in the folder. Their times
// are worth nothing: profiling takes time itself.
func (p Pair) Profile(ctx context.Context, folder string) (base, head Profiles, err error) {
	for _, side := range [...]struct {
		name string
		task *Task
		to   *Profiles
	}{{"base", p.Base, &base}, {"head", p.Head, &head}} {
		if side.task == nil {
			return base, head, fmt.Errorf("profiling %s: its %s has no such benchmark", p.Name, side.name)
		}
		*side.to = Profiles{CPU: filepath.Join(folder, side.name+".cpu"), Memory: filepath.Join(folder, side.name+".memory")}
		if _, err := side.task.profiled(*side.to).run(ctx); err != nil {
			return base, head, fmt.Errorf("profiling %s, %s: %w", p.Name, side.name, err)
		}
	}
	return base, head, nil
}

func (t *Task) profiled(to Profiles) *Task {
	other := *t
	other.Args = slices.DeleteFunc(slices.Clone(t.Args), func(arg string) bool { return strings.HasPrefix(arg, "-test.benchtime=") })
	other.Args = append(other.Args, "-test.benchtime=1s", "-test.cpuprofile="+to.CPU, "-test.memprofile="+to.Memory)
	return &other
}
