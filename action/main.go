package action

import (
	"bytes"
	"context"
	"fmt"
	"io"

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

// run judges and publishes. It returns the status and what it means.
func run(ctx context.Context, gh *githubactions.Action, log *console) (gate.ExitStatus, string, error) {
	s, err := readSettings(gh)
	if err != nil {
		return 0, "", err
	}
	log.print(s.String())
	report, err := s.judge()
	if err != nil {
		return 0, "", err
	}
	if err := ctx.Err(); err != nil {
		return 0, "", fmt.Errorf("stopped before the verdict was published: %w", err)
	}
	if err := s.publish(gh, log, report); err != nil {
		return 0, "", err
	}
	status := gate.StatusOf(report, s.failOn)
	return status, meaning(report, status, s.failOn), nil
}

// publish writes the report everywhere, the outputs last.
func (s *settings) publish(gh *githubactions.Action, log *console, r *regress.Report) error {
	options := render.Options{Title: s.title}
	results := []gate.Output{{Format: "text"}, {Format: "annotations"}}
	if s.mode != modeReport {
		results = append(results, gate.Output{Format: "json", Path: s.report})
	}
	if err := gate.Publish(r, results, log, options); err != nil {
		return err
	}
	if log.err != nil {
		return fmt.Errorf("writing the log: %w", log.err)
	}
	var summary bytes.Buffer
	if err := gate.Publish(r, []gate.Output{{Format: "markdown"}}, &summary, options); err != nil {
		return err
	}
	if err := appendTo(gh, log, summaryFile, summary.String()); err != nil {
		return err
	}
	return writeOutputs(gh, log, outputsOf(r, s.workspace.name(s.report)))
}

// meaning puts the status of a report into words.
func meaning(r *regress.Report, status gate.ExitStatus, failOn gate.FailOn) string {
	if status == gate.Open && r.Gate() != regress.Open {
		return fmt.Sprintf("the gate is %s, and fail-on: %s lets it pass", r.Gate(), failOn)
	}
	return status.String()
}
