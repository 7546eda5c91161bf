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
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(int(status))
}

// world is what the program may touch beside files.
type world struct {
	stdin          io.Reader
	stdout, stderr io.Writer
}
