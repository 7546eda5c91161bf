package machine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sys/unix"
)

// Pin chooses n processors for measured processes that want so many, the idlest
// of those that this process may use, but not the first of the machine, which
// serves most interrupts. Where there are no more than n or than two of them it
// chooses none: crowding is worse than wandering. It takes 200 ms where there is
// something to choose.
func Pin(ctx context.Context, n int) Pinning {
	var set unix.CPUSet
	if err := unix.SchedGetaffinity(0, &set); err != nil {
		return Pinning{said: fmt.Sprintf("not pinned: asking for the allowed processors: %v", err)}
	}
	var allowed []int
	for cpu := 0; len(allowed) < set.Count(); cpu++ {
		if set.IsSet(cpu) {
			allowed = append(allowed, cpu)
		}
	}
	if n < 1 {
		return Pinning{said: "not pinned: no number of processors is wanted"}
	}
	if len(allowed) <= max(n, 2) {
		return Pinning{said: fmt.Sprintf("not pinned: %d processors are allowed, too few to set %d aside", len(allowed), n)}
	}
	v := here()
	before := v.ticks()
	pause(ctx)
	cpus := choose(allowed, before, v.ticks(), n)
	if err := onProcessors(cpus, func() error { return nil }); err != nil {
		return Pinning{said: fmt.Sprintf("not pinned: %v", err)}
	}
	words := strings.Trim(fmt.Sprint(cpus), "[]")
	return Pinning{cpus, fmt.Sprintf("pinned to %d of %d processors: %s", n, len(allowed), words)}
}

// choose returns the n idlest of more than n processors, in their order.
func choose(allowed []int, before, after map[string]ticks, n int) []int {
	idle := func(cpu int) float64 {
		name := fmt.Sprintf("cpu%d", cpu)
		lately := after[name].since(before[name])
		return lately.share(lately.idle)
	}
	cpus := slices.DeleteFunc(slices.Clone(allowed), func(cpu int) bool { return cpu == 0 })
	slices.SortStableFunc(cpus, func(a, b int) int { return cmp.Compare(idle(b), idle(a)) })
	cpus = cpus[:n]
	slices.Sort(cpus)
	return cpus
}

// startOn starts the command on the processors, or anywhere where they can no
// longer be had: a run goes on without its pins.
func startOn(cpus []int, cmd *exec.Cmd) error {
	err := onProcessors(cpus, cmd.Start)
	if errors.Is(err, errAffinity) {
		return cmd.Start()
	}
	return err
}

var errAffinity = errors.New("choosing the processors of a thread")

// onProcessors calls f on a thread of the processors, from which a child inherits
// them without a moment in which it runs elsewhere.
func onProcessors(cpus []int, f func() error) error {
	var chosen, all unix.CPUSet
	for _, cpu := range cpus {
		chosen.Set(cpu)
	}
	result := make(chan error)
	go func() {
		runtime.LockOSThread()
		err := unix.SchedGetaffinity(0, &all)
		if err == nil {
			err = unix.SchedSetaffinity(0, &chosen)
		}
		if err != nil {
			runtime.UnlockOSThread()
			result <- fmt.Errorf("%w: %w", errAffinity, err)
			return
		}
		err = f()
		if unix.SchedSetaffinity(0, &all) == nil {
			runtime.UnlockOSThread()
		} // else the thread ends with this goroutine, and nothing else runs on it
		result <- err
	}()
	return <-result
}
