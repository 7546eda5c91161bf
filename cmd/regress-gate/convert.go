package main

import (
	"github.com/org/regress-gate/regress/gate"
	"github.com/org/regress-gate/regress/render"
	"github.com/spf13/cobra"
)

func newConvert(w *world) *cobra.Command {
	var in gate.Input
	cmd := &cobra.Command{
		Use:   "convert [flags] RUN...",
		Short: "Turn any input into our JSON, merge shards, bring a history over",
		Long: `Read runs in any input format and write one run as JSON. Several inputs of one
environment, such as the shards of a test matrix, are merged: the same metric
adds its samples in the order of the arguments.

A file in which github-action-benchmark has stored its history becomes a baseline
with that history.`,
		Example: `  regress-gate convert bench.txt > run.json
  regress-gate convert shard-*.txt > run.json
  regress-gate convert data.js > baselines/baseline.json`,
		Args: filesOf(&in),
		RunE: func(_ *cobra.Command, args []string) error {
			in.Paths, in.Stdin = args, w.stdin
			converted, err := gate.Convert(in)
			if err != nil {
				return err
			}
			for _, r := range converted.Remarks {
				w.say("%s", r)
			}
			_, err = converted.WriteTo(w.stdout)
			return err
		},
	}
	addRun(cmd, &in)
	return cmd
}

func newExplain(w *world) *cobra.Command {
	return &cobra.Command{
		Use:   "explain REPORT.json METRIC",
		Short: "Tell the whole reasoning of one verdict",
		Long: `Tell in plain words how the verdict on a metric came about: samples, change, test,
correction, threshold, and what would have changed it. METRIC is a benchmark, a
benchmark and its metric, or a pattern of these in which * stands for anything.`,
		Example: `  regress-gate check --baseline b.json --output json=report.json bench.txt
  regress-gate explain report.json 'Encode/large-8 sec/op'`,
		Args: exactly(2, "one report, or - for standard input, and a metric"),
		RunE: func(_ *cobra.Command, args []string) error {
			report, err := gate.ReadReport(args[0], w.stdin)
			if err != nil {
				return err
			}
			return gate.Explain(w.stdout, report, args[1])
		},
	}
}

func newRender(w *world) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "render [flags] REPORT.json",
		Short: "Show a saved report in any output format",
		Long: `Show a report that check or compare saved with --output json=PATH. Nothing is
measured or judged again, and the status is 0 whatever the report says.`,
		Example: `  regress-gate render --format markdown report.json`,
		Args:    exactly(1, "one report, or - for standard input"),
		RunE: func(_ *cobra.Command, args []string) error {
			if _, err := render.Lookup(format); err != nil {
				return &gate.UsageError{Err: err}
			}
			report, err := gate.ReadReport(args[0], w.stdin)
			if err != nil {
				return err
			}
			return gate.Publish(report, []gate.Output{{Format: format}}, w.stdout, render.Options{Color: w.color()})
		},
	}
	addFormat(cmd, &format)
	return cmd
}
