package main

import (
	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/gate"
	"github.com/spf13/cobra"
)

func newCheck(w *world, status *gate.ExitStatus) *cobra.Command {
	var j judging
	var e experiment
	var baseline string
	var confirm bool
	cmd := &cobra.Command{
		Use:   "check --baseline PATH [flags] RUN...",
		Short: "Judge a run against a stored baseline",
		Long: `Judge a run against a stored baseline. RUN is a file, a glob, or - for standard
input; several are merged. The baseline was measured at another time. Where it
holds eight earlier runs of a metric (update keeps them), these tell the noise
between runs; else only gross losses can be proven, and smaller ones are listed
as suspects. In a folder of baselines that of the run's machine is taken.

With --confirm the suspects, Go benchmarks, are measured again: the commit --base
and the working tree in turns, as --benchtime, --count, --cpus and --package say.
These new data alone decide on them. What cannot be measured again stays as it was
found first.`,
		Example: `  regress-gate check --baseline baselines/baseline.json bench.txt
  go test -run '^$' -bench . -count 10 ./... | regress-gate check --baseline baselines/baseline.json -
  regress-gate check --baseline baselines/baseline.json --confirm --base origin/main bench.txt`,
		Args: filesOf(&j.run),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			switch {
			case baseline == "":
				return gate.Usagef("--baseline is missing: name the baseline file")
			case confirm && e.Base == "":
				return gate.Usagef("--confirm needs --base: the commit that the suspects are measured against")
			case cmd.Flags().Changed("count") && e.Count < gate.LeastToConfirm:
				return gate.Usagef("count %d: fewer than %d samples confirm nothing", e.Count, gate.LeastToConfirm)
			}
			for _, name := range [...]string{"base", "benchtime", "count", "cpus", "package", "quiet"} {
				if !confirm && cmd.Flags().Changed(name) {
					return gate.Usagef("--%s is for --confirm: nothing else is measured", name)
				}
			}
			if err := e.check(); err != nil {
				return err
			}
			if !confirm {
				spareMemory()
			}
			run := j.run
			run.Paths, run.Stdin = args, w.stdin
			*status, err = j.publish(w, func() (*regress.Report, error) {
				report, err := gate.Check(j.Judgement, baseline, run)
				if err != nil || !confirm {
					return report, err
				}
				ctx, stop := interruptible(cmd)
				defer stop()
				defer e.watch(w)()
				return gate.Confirm(ctx, j.Judgement, e.Experiment, report)
			})
			return err
		},
	}
	cmd.Flags().StringVar(&baseline, "baseline", "", "baseline `file`, or a folder of one for each machine")
	cmd.Flags().BoolVar(&confirm, "confirm", false, "measure the suspects again, --base and the working tree in turns")
	cmd.Flags().StringArrayVar(&e.Packages, "package", nil, "Go package of the suspects (repeatable; default ./...)")
	addRun(cmd, &j.run)
	j.register(cmd)
	j.addProfiles(cmd)
	e.register(cmd)
	return cmd
}

func newCompare(w *world, status *gate.ExitStatus) *cobra.Command {
	var j judging
	cmd := &cobra.Command{
		Use:   "compare [flags] BASE HEAD",
		Short: "Judge one run against another",
		Long: `Judge the run HEAD against the run BASE. Each is a file, a glob, or - for
standard input. Giving both to one command says that they were measured alike:
on one machine, close in time, best of all in turns.`,
		Example: `  regress-gate compare old.txt new.txt
  regress-gate compare --threshold 10% --format markdown old.txt new.txt
  regress-gate compare --profile old.pprof,new.pprof old.txt new.txt`,
		Args: exactly(2, "two runs, BASE and HEAD"),
		RunE: func(_ *cobra.Command, args []string) (err error) {
			spareMemory()
			base, head := j.run, j.run
			base.Paths, base.Stdin = args[:1], w.stdin
			head.Paths, head.Stdin = args[1:], w.stdin
			*status, err = j.publish(w, func() (*regress.Report, error) { return gate.Compare(j.Judgement, base, head) })
			return err
		},
	}
	addRun(cmd, &j.run)
	j.register(cmd)
	j.addProfiles(cmd)
	return cmd
}
