package action

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/gate"
	"github.com/org/regress-gate/regress/render"
	"github.com/sethvargo/go-githubactions"
)

// Main runs the action in the environment that getenv describes, logs to stdout,
// and returns the exit status of the process, one of package gate's.
func Main(ctx context.Context, getenv func(string) string, stdout io.Writer) int {
	log := &console{w: stdout}
	gh := githubactions.New(githubactions.WithGetenv(getenv), githubactions.WithWriter(log))
	status, why, err := run(ctx, gh, log)
	if err != nil {
		status = gate.StatusOfError(err)
		why = status.String()
		log.fail(gh, err)
		if err := summariseFailure(gh, log, why, err); err != nil {
			log.fail(gh, err)
		}
	}
	log.print(fmt.Sprintf("exit status %d: %s", status, why))
	if log.err != nil {
		return int(gate.CouldNotJudge)
	}
	return int(status)
}

// run does what the mode says. It returns the status and what it means.
func run(ctx context.Context, gh *githubactions.Action, log *console) (gate.ExitStatus, string, error) {
	s, err := readSettings(gh)
	if err != nil {
		return 0, "", err
	}
	log.mask(gh, s.token)
	if err := s.event.admit(s.allowTarget); err != nil {
		return 0, "", err
	}
	switch s.mode {
	case modeUpdate:
		return s.update(ctx, gh, log)
	case modeComment:
		return s.relay(ctx, gh, log)
	}
	return s.decide(ctx, gh, log)
}

// decide judges and publishes.
func (s *settings) decide(ctx context.Context, gh *githubactions.Action, log *console) (gate.ExitStatus, string, error) {
	j, unknown := s.appoint(ctx)
	if unknown != nil {
		if j = (&judge{}); s.mode != modeReport { // which was judged before
			return 0, "", unknown
		}
	}
	defer j.close()
	log.print(s.describe(j))
	report, err := s.judge(j)
	if err != nil {
		return 0, "", err
	}
	if s.mode == modeReport && j.ref != "" {
		unknown = j.foreignPolicy(report)
	}
	if unknown != nil {
		remark(report, "the policy that the report was judged by", unknown)
	}
	if edits, err := s.edits(ctx, j); err != nil {
		remark(report, "whether the change edits its judge could not be found out", err)
	} else if len(edits) > 0 {
		report.Edits = edits
	}
	if err := s.accept(ctx, j, report); err != nil {
		remark(report, "nothing is accepted", err)
	}
	if err := ctx.Err(); err != nil {
		return 0, "", fmt.Errorf("stopped before the verdict was published: %w", err)
	}
	if err := s.publish(ctx, gh, log, report, ""); err != nil {
		return 0, "", err
	}
	status := gate.StatusOf(report, s.failOn)
	return status, meaning(report, status, s.failOn), nil
}

// remark adds to the report what could not be done and changes no verdict.
func remark(r *regress.Report, what string, err error) {
	why := cut(strings.Join(strings.Fields(inert(err.Error())), " "), 900)
	r.Warnings = append(r.Warnings, regress.Warning{Message: what + ": " + why})
}

// publish writes the report everywhere, the outputs last. A comment that cannot be
// written is a warning: a token that may only read, as every fork's, changes no
// verdict. remark is a line of our own for log and summary.
func (s *settings) publish(ctx context.Context, gh *githubactions.Action, log *console, r *regress.Report, remark string) error {
	options := render.Options{Title: s.title, RunURL: s.runURL()}
	results := []gate.Output{{Format: "text"}, {Format: "annotations"}}
	if s.mode != modeReport {
		results = append(results, gate.Output{Format: "json", Path: s.report})
	}
	if err := gate.Publish(r, results, log, options); err != nil {
		return err
	}
	if remark != "" {
		log.print(remark)
	}
	if log.err != nil {
		return fmt.Errorf("writing the log: %w", log.err)
	}
	if err := s.summarise(gh, log, r, options, remark); err != nil {
		return err
	}
	address := ""
	if s.mode != modeUpdate {
		var err error
		if address, err = s.comment(ctx, r, s.event.pull(), options); err != nil {
			err = fmt.Errorf("the pull request was not commented on, which changes no verdict: the summary says all\n%w", err)
			if s.event.fork(s.getenv("GITHUB_REPOSITORY")) { // that is how it is with all of them
				log.print(err.Error())
			} else {
				log.warn(gh, err)
			}
		}
	}
	return writeOutputs(gh, log, outputsOf(r, s.workspace.name(s.report), address))
}

// meaning puts the status of a report into words.
func meaning(r *regress.Report, status gate.ExitStatus, failOn gate.FailOn) string {
	if status == gate.Open && r.Gate() != regress.Open {
		return fmt.Sprintf("the gate is %s, and fail-on: %s lets it pass", r.Gate(), failOn)
	}
	return status.String()
}
