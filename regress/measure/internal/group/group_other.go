//go:build !unix

package group

import (
	"errors"
	"os"
	"os/exec"
)

// Own does nothing: process groups are Unix's.
func Own(*exec.Cmd) {}

// Terminate cannot ask here, and says that nobody was there to ask.
func Terminate(*exec.Cmd) bool { return false }

// Running is not asked where terminate asks nobody.
func Running(*exec.Cmd) bool { return false }

// Kill ends the command itself; what it started lives on.
func Kill(c *exec.Cmd) error {
	if err := c.Process.Kill(); !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	return nil
}
