package main

import (
	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/gate"
	"github.com/spf13/cobra"
)

func newCheck(w *world, status *gate.ExitStatus) *cobra.Command {
	var j judging
	var baseline, commit string
	cmd := &cobra.Command{
		Use:   "check --baseline PATH [flags] RUN...",
		Short: "Judge a run against a stored baseline",
		Long: `Judge a run against a stored baseline. RUN is a file, a glob, or - for standard
input; several are merged. The baseline was measured at another time, so only
gross losses can be proven here; smaller ones are listed as suspects.`,
		Example: `  regress-gate check --baseline baselines/baseline.json bench.txt
  go test -run '^$' -bench . -count 10 ./... | regress-gate check --baseline baselines/baseline.json -`,
		Args: atLeastOne("the files of a run"),
		RunE: func(_ *cobra.Command, args []string) (err error) {
			if baseline == "" {
				return gate.Usagef("--baseline is missing: name the baseline file")
			}
			run := gate.Input{Paths: args, Format: j.from, Stdin: w.stdin, Commit: commit}
			*status, err = j.publish(w, func() (*regress.Report, error) { return gate.Check(j.Judgement, baseline, run) })
			return err
		},
	}
	cmd.Flags().StringVar(&baseline, "baseline", "", "baseline `file`")
	cmd.Flags().StringVar(&commit, "commit", "", "commit that was measured, where the run does not say")
	j.register(cmd)
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
  regress-gate compare --threshold 10% --format markdown old.txt new.txt`,
		Args: exactly(2, "two runs, BASE and HEAD"),
		RunE: func(_ *cobra.Command, args []string) (err error) {
			if args[0] == "-" && args[1] == "-" {
				return gate.Usagef("standard input can be read once: - is given twice")
			}
			base := gate.Input{Paths: args[:1], Format: j.from, Stdin: w.stdin}
			head := gate.Input{Paths: args[1:], Format: j.from, Stdin: w.stdin}
			*status, err = j.publish(w, func() (*regress.Report, error) { return gate.Compare(j.Judgement, base, head) })
			return err
		},
	}
	j.register(cmd)
	return cmd
}
