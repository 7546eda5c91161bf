package main

import (
	"fmt"
	"time"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/gate"
	"github.com/spf13/cobra"
)

func newUpdate(w *world) *cobra.Command {
	var j gate.Judgement
	var baseline, from, commit string
	cmd := &cobra.Command{
		Use:   "update --baseline PATH [flags] RUN...",
		Short: "Fold a run into the baseline",
		Long: `Fold a run into the baseline file, which is created where it is absent. What
regressed keeps its old value, unless the policy waives it: a loss does not
become the measure by being merged. The file is replaced whole or not at all.`,
		Example: `  go test -run '^$' -bench . -count 10 ./... | regress-gate update --baseline baselines/baseline.json -`,
		Args:    atLeastOne("the files of a run"),
		RunE: func(_ *cobra.Command, args []string) error {
			if baseline == "" {
				return gate.Usagef("--baseline is missing: name the baseline file")
			}
			report, err := gate.Update(j, baseline, gate.Input{Paths: args, Format: from, Stdin: w.stdin, Commit: commit})
			if err != nil {
				return err
			}
			return w.describeUpdate(baseline, report)
		},
	}
	j.Now = time.Now
	cmd.Flags().StringVar(&baseline, "baseline", "", "baseline `file`")
	cmd.Flags().StringVar(&commit, "commit", "", "commit that was measured, where the run does not say")
	addPolicy(cmd, &j)
	addFrom(cmd, &from)
	return cmd
}

// describeUpdate says what was taken in on standard output, and what was not,
// with the reason, on standard error.
func (w *world) describeUpdate(path string, r *regress.Report) error {
	taken, added := 0, 0
	for i := range r.Comparisons {
		c := &r.Comparisons[i]
		switch {
		case !c.Absorbs():
			fmt.Fprintf(w.stderr, "regress-gate: kept the old value of %s: %s\n", neutral(c.Key.String()), neutral(c.Reason))
		case c.Verdict == regress.New:
			added++
		default:
			taken++
		}
	}
	_, err := fmt.Fprintf(w.stdout, "%s: %d updated, %d new, %d kept\n", path, taken, added, len(r.Comparisons)-taken-added)
	return err
}
