package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/org/regress-gate/regress/gate"
	"github.com/spf13/cobra"
)

// run executes one command line and returns the exit status.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) gate.ExitStatus {
	w := &world{stdin: stdin, stdout: stdout, stderr: stderr}
	root, status := newRoot(w)
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err = cmp.Or(err, w.unhelped); err != nil {
		w.complain(err)
		return gate.StatusOfError(err)
	}
	return *status
}

// complain prints an error in the program's voice: one line a problem.
func (w *world) complain(err error) {
	for line := range strings.Lines(err.Error()) {
		fmt.Fprintf(w.stderr, "regress-gate: %s\n", strings.TrimRight(neutral(line), "\n"))
	}
	var usage *gate.UsageError
	if errors.As(err, &usage) {
		fmt.Fprintln(w.stderr, "run 'regress-gate --help' for usage")
	}
}

func newRoot(w *world) (*cobra.Command, *gate.ExitStatus) {
	status := new(gate.ExitStatus)
	root := &cobra.Command{
		Use:   "regress-gate",
		Short: "Fail a change when, and only when, it made something worse",
		Long: `regress-gate judges performance measurements: it compares a run with a stored
baseline or with another run, decides for each metric whether it got worse, and
says so with its exit status.`,
		Example: `  regress-gate compare old.txt new.txt
  regress-gate check --baseline baselines/baseline.json bench.txt`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return gate.Usagef("unknown command %.40q", args[0])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return &gate.UsageError{Err: err} })
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) { w.unhelped = help(cmd) })
	root.AddCommand(newCheck(w, status), newCompare(w, status), newRun(w, status), newUpdate(w), newHistory(w), newConvert(w),
		newLoad(w), newRender(w), newExplain(w), newDashboard(w), newFormats(w), newVersion(w), newInit(w), newAction(w, status))
	return root, status
}

// help is what cobra prints, and the statuses. It is a function and not a template:
// with one the linker keeps every method of every type, a quarter of the program.
func help(cmd *cobra.Command) error {
	text := cmp.Or(cmd.Long, cmd.Short)
	_, err := fmt.Fprintf(cmd.OutOrStdout(), "%s\n\n%s%s", strings.TrimRight(text, " \n"), cmd.UsageString(), statusHelp())
	return err
}

// statusHelp ends every help text.
func statusHelp() string {
	var b strings.Builder
	b.WriteString("\nExit status:\n")
	for _, s := range gate.Statuses() {
		fmt.Fprintf(&b, "  %d  %s\n", int(s), s)
	}
	return b.String()
}

// exactly makes a wrong number of arguments a usage error that names them.
func exactly(n int, what string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != n {
			return gate.Usagef("expected %s, got %d arguments", what, len(args))
		}
		return nil
	}
}

// filesOf asks for the files of a run, unless it comes from a server.
func filesOf(in *gate.Input) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if in.Prometheus != "" {
			return nil
		}
		return atLeastOne("the files of a run")(cmd, args)
	}
}

func atLeastOne(what string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) == 0 {
			return gate.Usagef("expected %s", what)
		}
		return nil
	}
}
