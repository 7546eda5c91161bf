//go:build !unix

package load

import (
	"errors"
	"os"
	"os/exec"
)

// ownGroup does nothing: process groups are Unix's.
func ownGroup(*exec.Cmd) {}

// terminate cannot ask here, and says that nobody was there to ask.
func terminate(*exec.Cmd) bool { return false }

// running is not asked where terminate asks nobody.
func running(*exec.Cmd) bool { return false }

// kill ends the command itself; what it started lives on.
func kill(c *exec.Cmd) error {
	if err := c.Process.Kill(); !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	return nil
}
