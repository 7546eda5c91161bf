//go:build unix

package group

import (
	"errors"
	"os/exec"
	"syscall"
)

// Own puts the command, before it starts, and what it will start, into a process
// group, so that all of it can be ended, and a Ctrl-C at the terminal is not also
// its own.
func Own(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// Terminate asks the group to end, and tells whether anybody was there to ask.
func Terminate(c *exec.Cmd) bool { return syscall.Kill(-c.Process.Pid, syscall.SIGTERM) == nil }

// Running tells whether anything of the group is left.
func Running(c *exec.Cmd) bool { return syscall.Kill(-c.Process.Pid, 0) == nil }

// Kill ends what is left of the group.
func Kill(c *exec.Cmd) error {
	if err := syscall.Kill(-c.Process.Pid, syscall.SIGKILL); !errors.Is(err, syscall.ESRCH) {
		return err
	}
	return nil
}
