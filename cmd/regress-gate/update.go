package main

import (
	"cmp"
	"fmt"
	"os"
	"time"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/gate"
	"github.com/org/regress-gate/regress/render"
	"github.com/spf13/cobra"
)

func newUpdate(w *world) *cobra.Command {
	var r gate.Renewal
	cmd := &cobra.Command{
		Use:   "update --baseline PATH [flags] RUN...",
		Short: "Fold a run into the baseline",
		Long: `Fold a run into the baseline file, which is created where it is absent; in a
folder, into that of the run's machine. The latest runs are kept as the history
of each metric, from which check learns the noise between runs and sees slow
drift.

What regressed keeps its old value, unless the policy waives it or --accept
names it: a loss does not become the measure by being merged. A run that is
older than what is stored changes nothing. The file is replaced whole or not at
all.`,
		Example: `  go test -run '^$' -bench . -count 10 ./... | regress-gate update --baseline baselines/baseline.json -
  regress-gate update --baseline baselines/ --commit "$(git rev-parse HEAD)" --time "$(git show -s --format=%cI)" bench.txt
  regress-gate update --baseline baselines/baseline.json --accept 'Encode/large sec/op' --reason 'checksum added, #41' bench.txt`,
		Args: filesOf(&r.Run),
		RunE: func(_ *cobra.Command, args []string) error {
			if r.Baseline == "" {
				return gate.Usagef("--baseline is missing: name the baseline file")
			}
			r.Run.Paths, r.Run.Stdin = args, w.stdin
			done, err := gate.Update(r)
			if err != nil {
				return err
			}
			return w.describeUpdate(done)
		},
	}
	r.Now = time.Now
	f := cmd.Flags()
	f.StringVar(&r.Baseline, "baseline", "", "baseline `file`, or a folder of one for each machine")
	f.StringVar(&r.Time, "time", "", "when the commit was made, such as 2026-11-23T10:00:00Z; it orders the runs")
	f.StringArrayVar(&r.Accept, "accept", nil, "take this metric in though it got worse, or remove it though it is missing (repeatable; * for anything)")
	f.StringVar(&r.Reason, "reason", "", "why what --accept names may be so, for the record")
	f.StringVar(&r.By, "by", cmp.Or(os.Getenv("GITHUB_ACTOR"), os.Getenv("USER")), "who accepts it")
	f.BoolVar(&r.Pin, "pin", false, "count drift anew from the last five runs, as at a release")
	addPolicy(cmd, &r.Judgement)
	addRun(cmd, &r.Run)
	return cmd
}

// describeUpdate says what was taken in on standard output, and on standard error
// what was not, with the reason, and what drifts.
func (w *world) describeUpdate(done *gate.Renewed) error {
	if done.Older != nil {
		w.say("nothing was taken in: %v", done.Older)
	}
	taken, added := 0, 0
	for i := range done.Report.Comparisons {
		c := &done.Report.Comparisons[i]
		switch {
		case done.Older != nil:
		case c.Verdict == regress.Missing && c.Accepted != nil:
			w.say("removed %s: %s", c.Key, c.Accepted.Reason)
		case !c.Absorbs():
			w.say("kept the old value of %s: %s", c.Key, c.Reason)
		case c.Verdict == regress.New:
			added++
		default:
			taken++
			if c.Accepted != nil {
				w.say("accepted %s: %s", c.Key, c.Reason)
			}
			if c.Verdict == regress.Incomparable {
				w.say("%s has another unit now; if its entry gave a direction or threshold_abs in the old one, set it anew", c.Key)
			}
		}
	}
	for _, line := range render.DriftLines(&done.Drift) {
		w.say("slow drift: %s", line)
	}
	_, err := fmt.Fprintf(w.stdout, "%s: %d updated, %d new, %d kept\n", done.Path, taken, added, len(done.Report.Comparisons)-taken-added)
	if err != nil && done.Older == nil {
		return fmt.Errorf("%s was updated, but that could not be said: %w", done.Path, err)
	}
	return err
}

// say writes one line of the program's voice to standard error.
func (w *world) say(format string, args ...any) {
	fmt.Fprintf(w.stderr, "regress-gate: %s\n", neutral(fmt.Sprintf(format, args...)))
}
