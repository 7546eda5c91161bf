package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/org/regress-gate/regress/gate"
	"github.com/org/regress-gate/regress/render"
	"github.com/spf13/cobra"
)

func newLoad(w *world) *cobra.Command {
	l := gate.Load{Now: time.Now}
	var seed uint64
	var output string
	var quiet bool
	cmd := &cobra.Command{
		Use:   "load CONFIG [flags]",
		Short: "Measure an HTTP service under load",
		Long: `Send requests to a service as the configuration says, and write what came back as
run JSON, which check, compare and update read. CONFIG is Artillery's file, or
the part of it that the documentation of package measure/load lists.

Users arrive on a schedule, however slow the answers are, and latency counts from
the moment that was meant: a stall is charged with every request that had to
wait. Requests go to this machine only, unless --allow-remote names their host.
With --repeat each metric has that many samples, of which the noise is learnt.`,
		Example: `  regress-gate load load.yml > run.json
  regress-gate load --scale 0.1 --phase 'Peak*' load.yml > quick.json
  regress-gate load --repeat 10 --output run.json load.yml`,
		Args: exactly(1, "one configuration"),
		RunE: func(cmd *cobra.Command, args []string) error {
			l.Config = args[0]
			if cmd.Flags().Changed("seed") {
				l.Seed = &seed
			}
			if !quiet {
				l.Progress = w.meter()
			}
			ctx, stop := interruptible(cmd)
			defer stop()
			return w.load(ctx, l, output, quiet)
		},
	}
	f := cmd.Flags()
	f.StringArrayVar(&l.Phases, "phase", nil, "only phases whose name matches this `pattern`; * matches any characters (repeatable)")
	f.Float64Var(&l.Scale, "scale", 1, "multiply the durations of the phases, for a quick look")
	f.Float64Var(&l.RateScale, "rate-scale", 1, "multiply the rates of arrival")
	f.Uint64Var(&seed, "seed", 0, "seed of everything random, instead of the configuration's")
	f.IntVar(&l.Repeat, "repeat", 1, "send the phases so many times: a sample each")
	f.StringArrayVar(&l.AllowRemote, "allow-remote", nil, "`host` other than this machine that may be loaded (repeatable)")
	f.StringVar(&output, "output", "", "write the run to this `file` instead of standard output")
	f.BoolVar(&quiet, "quiet", false, "neither progress nor a table on standard error")
	return cmd
}

func (w *world) load(ctx context.Context, l gate.Load, output string, quiet bool) error {
	if err := gate.CanWrite(output); err != nil {
		return err
	}
	run, err := gate.MeasureLoad(ctx, l)
	if err != nil {
		return err
	}
	var untold error
	if !quiet {
		if err := render.WriteLoad(w.stderr, run); err != nil {
			untold = fmt.Errorf("writing table: %w", err)
		}
	}
	return errors.Join(untold, gate.WriteRun(run, output, w.stdout)) // nothing costs the run that was measured
}

// meter shows progress on standard error: on a terminal a line that is written
// anew, elsewhere a line for each phase that has ended.
func (w *world) meter() func(gate.LoadProgress) {
	const clear = "\r\x1b[K"
	terminal := isTerminal(w.stderr)
	return func(p gate.LoadProgress) {
		if terminal {
			fmt.Fprint(w.stderr, clear)
		}
		switch {
		case p.Done && p.Warmup:
			w.say("%s: %d requests in %s, a warm-up that is not counted", p.Phase, p.Requests, round(p.Elapsed))
		case p.Done:
			w.say("%s: %d requests in %s, %d failed, p99 %s", p.Phase, p.Requests, round(p.Elapsed), p.Failed, round(p.P99))
		case terminal:
			fmt.Fprintf(w.stderr, "%s: %s left, %.0f arrivals/s, p99 %s", neutral(p.Phase), p.Left.Round(time.Second), p.Rate, round(p.P99))
		}
	}
}

// round leaves three digits of a duration.
func round(d time.Duration) time.Duration {
	unit := time.Duration(1)
	for d/unit >= 1000 {
		unit *= 10
	}
	return d.Round(unit)
}
