package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/org/regress-gate/regress/gate"
	"github.com/org/regress-gate/regress/gate/scaffold"
	"github.com/spf13/cobra"
)

func newInit(w *world) *cobra.Command {
	o := scaffold.Options{Now: time.Now}
	var dry, quiet bool
	cmd := &cobra.Command{
		Use:   "init [flags] [RUN...] [-- COMMAND...]",
		Short: "Write the workflow, the policy and the first baseline of a repository",
		Long: `Look at what the repository is measured by, and write the workflow that measures
and judges its pull requests (.github/workflows/performance.yml), the policy
(baselines/policy.yaml), and of a RUN the first baseline (baselines/baseline.json).
Without one, the workflow makes it when it first runs on the default branch. What
github-action-benchmark has stored, data.js, is taken over with its history.

It asks nothing, runs nothing of the repository unless --measure says so, and
overwrites nothing: where one of the files exists, none is written. A COMMAND is
measured in place of what would be found, with hyperfine. Looked for are:

` + kindsHelp(),
		Example: `  regress-gate init --dry-run
  regress-gate init
  regress-gate init bench.txt
  regress-gate init --measure --kind go
  regress-gate init -C ../service -- ./bin/tool --input big.json`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if dash := cmd.ArgsLenAtDash(); dash >= 0 {
				if o.Command, args = args[dash:], args[:dash]; len(o.Command) == 0 {
					return gate.Usagef("expected a command behind --")
				}
			}
			if o.Measure && len(args) > 0 {
				return gate.Usagef("--measure makes a run and %.80q is one: name one of the two", args[0])
			}
			o.Run.Paths, o.Run.Stdin = args, w.stdin
			e := experiment{quiet: quiet}
			done := e.watch(w)
			o.Notice = e.Notice
			ctx, stop := interruptible(cmd)
			defer stop()
			plan, err := scaffold.Make(ctx, o)
			done()
			if err == nil && !dry {
				err = plan.Write()
			}
			if err != nil {
				return err
			}
			return w.describePlan(plan, dry)
		},
	}
	f := cmd.Flags()
	f.StringVarP(&o.Folder, "directory", "C", "", "`folder` in the repository (default: the working directory)")
	f.StringArrayVar(&o.Only, "kind", nil, "look for this kind only: "+strings.Join(scaffold.Names(), ", ")+" (repeatable)")
	complete(cmd, "kind", scaffold.Names()...)
	f.BoolVar(&dry, "dry-run", false, "print the files instead of writing them")
	f.BoolVar(&o.Measure, "measure", false, "measure the Go benchmarks now, for the first baseline")
	f.BoolVar(&quiet, "quiet", false, "no progress on standard error")
	addFrom(cmd, &o.Run.Format)
	addEnv(cmd, &o.Run.Env)
	return cmd
}

// kindsHelp lists what init looks for.
func kindsHelp() string {
	var b strings.Builder
	for _, k := range scaffold.Kinds() {
		fmt.Fprintf(&b, "  %-10s %s\n", k.Name, k.Doc)
	}
	return b.String()
}

// describePlan says what was found and written, and what to do next; names out of
// the repository are a stranger's.
func (w *world) describePlan(p *scaffold.Plan, dry bool) error {
	for _, warning := range p.Warnings {
		w.say("%s", warning)
	}
	var b strings.Builder
	for _, f := range p.Findings {
		fmt.Fprintf(&b, "found %s: %s\n", f.Kind, neutral(f.What))
	}
	for _, file := range p.Files {
		if dry {
			fmt.Fprintf(&b, "\n==> %s <==\n%s", file.Path, file.Text)
		} else {
			fmt.Fprintf(&b, "wrote %s\n", file.Path)
		}
	}
	if !dry {
		b.WriteString("next, at the top of the repository:\n")
		for i, next := range p.Next {
			fmt.Fprintf(&b, "  %d. %s\n", i+1, neutral(next))
		}
	}
	_, err := fmt.Fprint(w.stdout, b.String())
	return err
}
