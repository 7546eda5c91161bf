//go:build !linux

package machine

import (
	"context"
	"os/exec"
)

// Pin chooses no processors: only Linux lets them be chosen.
func Pin(context.Context, int) Pinning {
	return Pinning{said: "not pinned: this system does not let a process choose its processors"}
}

// startOn is never asked for any.
func startOn(_ []int, cmd *exec.Cmd) error { return cmd.Start() }
