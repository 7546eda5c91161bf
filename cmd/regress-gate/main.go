// Command regress-gate says whether a run got slower, and is right when it does.
//
// It is a thin shell over package gate: flags become gate's options, and what
// gate finds becomes standard output and an exit status.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/spf13/cobra"
)

func main() {
	os.Exit(int(run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr)))
}

// interruptible is for a command that has something to say after Ctrl-C or SIGTERM:
// its context ends then. All others die of it, also while they wait for their input
// or for another update.
func interruptible(cmd *cobra.Command) (context.Context, context.CancelFunc) {
	return signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
}

// spareMemory collects garbage four times as often as is usual: a suite of 100,000
// benchmarks takes a sixth less memory, and a tenth more time. It is not for commands
// that measure something meanwhile. GOGC in the environment has its say.
func spareMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(25)
	}
}

// world is what the program may touch beside files.
type world struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	unhelped       error // why no help could be printed
}
