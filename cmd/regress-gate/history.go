package main

import (
	"time"

	"github.com/org/regress-gate/regress/gate"
	"github.com/org/regress-gate/regress/render"
	"github.com/spf13/cobra"
)

func newHistory(w *world) *cobra.Command {
	j := gate.Judgement{Now: time.Now}
	var baseline, format string
	var env []string
	var selection gate.Selection
	cmd := &cobra.Command{
		Use:   "history --baseline PATH [flags]",
		Short: "Show how each metric of a baseline went, and where it changed",
		Long: `Show the earlier runs that a baseline remembers of each metric: a sparkline, the
noise from run to run, and each change of level with the commits between which
it came. A change lasts: at least three runs lie on either side of it, unless the
metric is exact, and it is larger than the threshold. What drifts away from its
anchor, by changes that were each too small to matter, is listed too. Nothing is
judged, and the status is 0 whatever the history says.`,
		Example: `  regress-gate history --baseline baselines/baseline.json
  regress-gate history --baseline baselines/baseline.json --match 'Encode/*' --metric sec/op --format markdown`,
		Args: exactly(0, "no arguments"),
		RunE: func(*cobra.Command, []string) error {
			if baseline == "" {
				return gate.Usagef("--baseline is missing: name the baseline file")
			}
			f, err := render.LookupHistory(format)
			if err != nil {
				return &gate.UsageError{Err: err}
			}
			h, err := gate.History(j, baseline, env, selection)
			if err != nil {
				return err
			}
			return gate.WriteHistory(w.stdout, f, h, render.Options{Color: w.color()})
		},
	}
	cmd.Flags().StringVar(&baseline, "baseline", "", "baseline `file`, or a folder of one for each machine, where --env names it")
	cmd.Flags().StringVar(&selection.Benchmark, "match", "", "only benchmarks that match this `pattern`; * matches any characters")
	cmd.Flags().StringVar(&selection.Metric, "metric", "", "only metrics that match this `pattern`")
	addEnv(cmd, &env)
	addThreshold(cmd, &j)
	addHistoryFormat(cmd, &format)
	return cmd
}

func addHistoryFormat(cmd *cobra.Command, format *string) {
	cmd.Flags().StringVar(format, "format", "text", "format of standard output: text, markdown, json or html")
	var names []string
	for _, f := range render.HistoryFormats() {
		names = append(names, f.Name)
	}
	complete(cmd, "format", names...)
}
