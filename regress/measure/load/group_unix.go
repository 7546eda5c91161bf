//go:build unix

package load

import (
	"errors"
	"os/exec"
	"syscall"
)

// ownGroup puts the command, and what it will start, into a process group, so
// that all of it can be ended, and a Ctrl-C at the terminal is not also its own.
func ownGroup(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// terminate asks the group to end, and tells whether anybody was there to ask.
func terminate(c *exec.Cmd) bool { return syscall.Kill(-c.Process.Pid, syscall.SIGTERM) == nil }

// running tells whether anything of the group is left.
func running(c *exec.Cmd) bool { return syscall.Kill(-c.Process.Pid, 0) == nil }

// kill ends what is left of the group.
func kill(c *exec.Cmd) error {
	if err := syscall.Kill(-c.Process.Pid, syscall.SIGKILL); !errors.Is(err, syscall.ESRCH) {
		return err
	}
	return nil
}
