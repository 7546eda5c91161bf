package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"text/tabwriter"

	"github.com/org/regress-gate/action"
	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/gate"
	"github.com/org/regress-gate/regress/render"
	"github.com/spf13/cobra"
)

func newFormats(w *world) *cobra.Command {
	return &cobra.Command{
		Use:     "formats",
		Short:   "List the input and output formats",
		Example: `  regress-gate formats`,
		Args:    exactly(0, "no arguments"),
		RunE: func(*cobra.Command, []string) error {
			table := tabwriter.NewWriter(w.stdout, 0, 0, 2, ' ', 0)
			fmt.Fprintln(table, "INPUT\tWHAT IT IS\tMETRICS\tMADE BY")
			for _, f := range gate.InputFormats() {
				fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", f.Name, f.Doc, f.Metrics, f.Example)
			}
			fmt.Fprintln(table, "\nOUTPUT\tWHAT IT IS")
			for _, f := range gate.OutputFormats() {
				fmt.Fprintf(table, "%s\t%s\n", f.Name, f.Doc)
			}
			return table.Flush()
		},
	}
}

func newDashboard(w *world) *cobra.Command {
	return &cobra.Command{
		Use:   "dashboard",
		Short: "Print a Grafana dashboard",
		Long: `Print a dashboard, as JSON, for import into Grafana (Dashboards, New, Import): the
gate, the verdicts, the changes beyond their thresholds, the alerts, and how each
metric went. It shows what --format openmetrics told Prometheus, through the
textfile collector or the Pushgateway.`,
		Example: `  regress-gate dashboard > dashboard.json
  regress-gate check --baseline baselines/baseline.json --output openmetrics=/var/lib/node_exporter/regress-gate.prom bench.txt`,
		Args: exactly(0, "no arguments"),
		RunE: func(*cobra.Command, []string) error {
			_, err := io.WriteString(w.stdout, render.Dashboard())
			return err
		},
	}
}

func newVersion(w *world) *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the version",
		Example: `  regress-gate version`,
		Args:    exactly(0, "no arguments"),
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(w.stdout, "regress-gate %s %s %s/%s\n", regress.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}

func newAction(w *world, status *gate.ExitStatus) *cobra.Command {
	return &cobra.Command{
		Use:   "action",
		Short: "Run as a GitHub container action",
		Long: `The entry point of the container action: it reads the action's inputs and the
event from the environment. For use in action.yml.`,
		Example: `  regress-gate action`,
		Args:    exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, stop := interruptible(cmd)
			defer stop()
			*status = gate.ExitStatus(action.Main(ctx, os.Getenv, w.stdout))
			return nil
		},
	}
}

// neutral makes hostile text harmless in a terminal and in a CI log.
func neutral(s string) string { return render.Inert(strings.TrimRight(s, "\n")) }
