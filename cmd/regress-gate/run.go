package main

import (
	"time"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/gate"
	"github.com/spf13/cobra"
)

func newRun(w *world, status *gate.ExitStatus) *cobra.Command {
	var j judging
	var e experiment
	cmd := &cobra.Command{
		Use:   "run [--base REF] [flags] [PACKAGE... | -- COMMAND...]",
		Short: "Measure base and head in turns, and judge them",
		Long: `Measure the Go benchmarks of the packages (./... by default), or a command, at the
commit REF and in the working tree as it is, uncommitted and new files too: in
turns in one job, A B B A, one process a sample. That proves far more than a
stored baseline on a machine that is not always the same. REF... (with the dots)
is the commit at which HEAD forked off REF. The repository is only read.

A command's output is read in any input format; where it is in none, the time
and the memory that the command takes are measured. What only the base has is
missing, and what only the working tree has is new. Without --base the working
tree is measured alone, and the run written as JSON.

With --budget the experiment is judged after 5, 10 and 20 rounds; what is decided
is not measured any further, and the level of the test is shared among the looks.
Ctrl-C judges what was measured until then.`,
		Example: `  regress-gate run --base main...
  regress-gate run --base HEAD~1 --bench 'Encode/large' --count 20 ./encode
  regress-gate run --base v1.2.0 --budget 10m
  regress-gate run --base main --profile --output html=report.html
  regress-gate run --base main -- ./bin/tool --input big.json
  regress-gate run --count 5 -- wrk -d 10s http://localhost:8080/ > run.json`,
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if err := e.targets(cmd, args); err != nil {
				return err
			}
			ctx, stop := interruptible(cmd)
			defer stop()
			done := e.watch(w)
			if e.Base == "" {
				run, err := gate.Record(ctx, e.Experiment)
				done()
				if err != nil {
					return err
				}
				_, err = run.WriteTo(w.stdout)
				return err
			}
			*status, err = j.publish(w, func() (*regress.Report, error) {
				defer done()
				return gate.Run(ctx, j.Judgement, e.Experiment)
			})
			return err
		},
	}
	addFrom(cmd, &e.Format)
	j.register(cmd)
	e.register(cmd)
	cmd.Flags().StringVar(&e.Bench, "bench", "", "benchmarks to measure, a `regexp` as go test -bench takes it (default all)")
	cmd.Flags().BoolVar(&e.Profile, "profile", false, "profile both sides of the benchmarks that regressed, and tell the functions that grew")
	cmd.Flags().DurationVar(&e.Budget, "budget", 0, "look after 5, 10 and 20 rounds, and stop after this `time` of measuring, such as 10m")
	return cmd
}

// experiment holds the flags that run and check --confirm share.
type experiment struct {
	gate.Experiment
	quiet bool
}

func (e *experiment) register(cmd *cobra.Command) {
	e.Now = time.Now
	cmd.Flags().StringVar(&e.Base, "base", "", "git `commit` to compare the working tree with; REF... is where HEAD forked off it")
	cmd.Flags().IntVar(&e.Count, "count", 0, "samples a side, each a process of its own (default 10)")
	cmd.Flags().StringVar(&e.Time, "benchtime", "", "time of a benchmark, as go test takes it, such as 100ms or 1000x")
	cmd.Flags().IntVar(&e.CPUs, "cpus", 0, "processors to set aside for each process, the idlest; Go takes their number for GOMAXPROCS (default: any)")
	cmd.Flags().BoolVar(&e.quiet, "quiet", false, "no progress on standard error")
}

// targets tells packages from a command.
func (e *experiment) targets(cmd *cobra.Command, args []string) error {
	switch dash := cmd.ArgsLenAtDash(); {
	case dash < 0:
		e.Packages = args
	case dash > 0:
		return gate.Usagef("packages and a command: name one of the two")
	case len(args) == 0:
		return gate.Usagef("expected a command behind --")
	default:
		e.Command = args
	}
	for _, judging := range [...]string{"policy", "threshold", "alpha", "fail-on", "format", "output", "profile"} {
		if e.Base == "" && cmd.Flags().Changed(judging) {
			return gate.Usagef("--%s needs --base: without one nothing is judged, and the run is written as JSON", judging)
		}
	}
	switch {
	case cmd.Flags().Changed("count") && e.Count < 1:
		return gate.Usagef("count %d is not a number of samples", e.Count)
	case e.Budget < 0:
		return gate.Usagef("budget %s is not a time", e.Budget)
	case e.Budget > 0 && e.Count > 0:
		return gate.Usagef("--count asks for one look and --budget for several: name one of the two")
	case len(e.Command) > 0 && (e.Bench != "" || e.Time != "" || e.Profile):
		return gate.Usagef("--bench, --benchtime and --profile are for Go benchmarks, not for a command")
	case len(e.Command) == 0 && cmd.Flags().Changed("from"):
		return gate.Usagef("--from is the format of a command's output: name the command behind --")
	}
	return e.check()
}

// check refuses what run and check --confirm do alike.
func (e *experiment) check() error {
	if e.CPUs < 0 {
		return gate.Usagef("cpus %d is not a number of processors", e.CPUs)
	}
	return nil
}
