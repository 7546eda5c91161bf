package machine

import "os/exec"

// Pinning is where measured processes run: on processors that were chosen for
// them, or anywhere. The zero Pinning is anywhere. Pin makes one.
type Pinning struct {
	cpus []int // none: anywhere
	said string
}

// String is one sentence on what was pinned, or why nothing was; empty for the
// zero Pinning.
func (p Pinning) String() string { return p.said }

// Start starts the command on the chosen processors, where it stays with all that
// it starts itself; this process and its other children are left where they are.
// Where the processors can no longer be had, it starts anywhere. Go programs take
// the number of their processors for GOMAXPROCS, and so into the names of their
// benchmarks.
func (p Pinning) Start(cmd *exec.Cmd) error {
	if len(p.cpus) == 0 {
		return cmd.Start()
	}
	return startOn(p.cpus, cmd)
}
