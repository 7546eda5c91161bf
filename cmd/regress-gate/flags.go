package main

import (
	"io"
	"os"
	"time"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/gate"
	"github.com/org/regress-gate/regress/render"
	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// judging holds the flags that check and compare share.
type judging struct {
	gate.Judgement
	run            gate.Input // what the flags say of every run
	failOn, format string
	outputs        []string
	profiles       []string
}

func (j *judging) register(cmd *cobra.Command) {
	j.Now = time.Now
	addPolicy(cmd, &j.Judgement)
	cmd.Flags().StringVar(&j.failOn, "fail-on", string(gate.FailOnPolicy), "findings that give a failing status: policy, regression or never")
	complete(cmd, "fail-on", string(gate.FailOnPolicy), string(gate.FailOnRegression), string(gate.FailOnNever))
	addFormat(cmd, &j.format)
	cmd.Flags().StringArrayVar(&j.outputs, "output", nil, "write the report to a file too, as FORMAT=PATH (repeatable)")
}

// addProfiles adds the flag for profiles that were taken elsewhere.
func (j *judging) addProfiles(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&j.profiles, "profile", nil, "profiles that tell the cause of a loss, pprof, folded stacks or traces (Jaeger, OTLP), as `BASE,HEAD` (repeatable)")
}

func addPolicy(cmd *cobra.Command, j *gate.Judgement) {
	addThreshold(cmd, j)
	cmd.Flags().StringVar(&j.Alpha, "alpha", "", "level of the test over the whole suite (default 0.05)")
}

// addThreshold adds what of a policy matters where nothing is tested as a suite.
func addThreshold(cmd *cobra.Command, j *gate.Judgement) {
	cmd.Flags().StringVar(&j.Policy, "policy", "", "policy `file` (default: the built-in policy)")
	cmd.Flags().StringVar(&j.Threshold, "threshold", "", "largest change that does not matter, such as 5%")
}

// addRun adds what the commands that read runs share.
func addRun(cmd *cobra.Command, in *gate.Input) {
	addFrom(cmd, &in.Format)
	addEnv(cmd, &in.Env)
	if cmd.Name() != "compare" {
		cmd.Flags().StringVar(&in.Commit, "commit", "", "commit that was measured, where the run does not say")
		addMonitoring(cmd, &in.Monitoring)
	}
}

// addMonitoring adds what a run can be read from beside files.
func addMonitoring(cmd *cobra.Command, m *gate.Monitoring) {
	f := cmd.Flags()
	f.StringVar(&m.Since, "since", "", "scrape `file` from before the load: the run, a scrape too, is what happened since")
	f.DurationVar(&m.Elapsed, "elapsed", 0, "time from --since to the run's scrape, such as 30s, for rates")
	f.StringVar(&m.Prometheus, "prometheus", "", "`URL` of a Prometheus server to ask")
	f.StringArrayVar(&m.Queries, "query", nil, "metric to ask it for, as `NAME=EXPR` (repeatable)")
}

func addFrom(cmd *cobra.Command, from *string) {
	cmd.Flags().StringVar(from, "from", "auto", "input format; see regress-gate formats")
	names := []string{"auto"}
	for _, f := range gate.InputFormats() {
		names = append(names, f.Name)
	}
	complete(cmd, "from", names...)
}

func addFormat(cmd *cobra.Command, format *string) {
	cmd.Flags().StringVar(format, "format", "text", "format of standard output; see regress-gate formats")
	var names []string
	for _, f := range gate.OutputFormats() {
		names = append(names, f.Name)
	}
	complete(cmd, "format", names...)
}

func addEnv(cmd *cobra.Command, env *[]string) {
	cmd.Flags().StringArrayVar(env, "env", nil, "what the run does not say of its machine, as `FIELD=VALUE` (goos, goarch, cpu, cores, go, runner), or auto for this machine (repeatable)")
}

// complete offers the values of a flag to the shell.
func complete(cmd *cobra.Command, flag string, values ...string) {
	// The only error is a flag that does not exist, which a test would see.
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}

// publish writes the report as the flags say, and returns the status.
func (j *judging) publish(w *world, judge func() (*regress.Report, error)) (gate.ExitStatus, error) {
	outputs := []gate.Output{{Format: j.format}}
	if _, err := render.Lookup(j.format); err != nil {
		return 0, &gate.UsageError{Err: err}
	}
	for _, s := range j.outputs {
		out, err := gate.ParseOutput(s)
		if err == nil {
			err = gate.CanWrite(out.Path)
		}
		if err != nil {
			return 0, err
		}
		outputs = append(outputs, out)
	}
	failOn, err := gate.ParseFailOn(j.failOn)
	if err != nil {
		return 0, err
	}
	report, err := judge()
	if err != nil {
		return 0, err
	}
	if err := gate.DiagnoseFiles(report, j.profiles); err != nil {
		return 0, err
	}
	if err := gate.Publish(report, outputs, w.stdout, render.Options{Color: w.color()}); err != nil {
		return 0, err
	}
	return gate.StatusOf(report, failOn), nil
}

// color tells whether standard output is a terminal that wants colour
// (https://no-color.org).
func (w *world) color() bool {
	return isTerminal(w.stdout) && os.Getenv("NO_COLOR") == ""
}

// isTerminal tells whether somebody looks at what is written there, and lines can
// be written anew.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && os.Getenv("TERM") != "dumb" && term.IsTerminal(int(f.Fd()))
}
