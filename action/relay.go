package action

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/org/regress-gate/action/forge"
	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/gate"
	"github.com/org/regress-gate/regress/render"
	"github.com/sethvargo/go-githubactions"
)

// maxReport bounds a report out of an artifact, in bytes.
const maxReport = 64 << 20

// relay comments on a pull request from a fork, whose own workflow may not: a
// second workflow, which runs none of the fork's code, takes the report from the
// artifact of the first. Whoever wrote that may be anyone. So it is read as data,
// rendered anew, and goes to the pull request that GitHub's event names, never to
// one that the artifact names. It ends well whatever the verdict.
func (s *settings) relay(ctx context.Context, gh *githubactions.Action, log *console) (gate.ExitStatus, string, error) {
	run := s.event.WorkflowRun
	if s.event.Name != "workflow_run" || run == nil {
		return 0, "", gate.Usagef("mode comment is for a workflow with on: workflow_run, not for the event %q: elsewhere mode check comments by itself", s.event.Name)
	}
	log.print(s.describe(&judge{}))
	if run.Event != "pull_request" {
		return gate.Open, "nothing to comment on: the workflow ran for " + inert(run.Event) + " and not for a pull request", nil
	}
	report, err := readArtifact(s.report)
	if err != nil {
		return 0, "", err
	}
	f, err := s.forge()
	if err != nil {
		return 0, "", err
	}
	numbers, err := pullsOf(ctx, f, run)
	if err != nil {
		return 0, "", err
	}
	if len(numbers) == 0 {
		return gate.Open, fmt.Sprintf("nothing to comment on: no open pull request is at commit %.7s any more", inert(run.HeadSHA)), nil
	}
	address := ""
	for _, number := range numbers {
		if address, err = s.comment(ctx, report, number, render.Options{Title: s.title, RunURL: run.URL}); err != nil {
			return 0, "", err
		}
	}
	if err := writeOutputs(gh, log, outputsOf(report, s.workspace.name(s.report), address)); err != nil {
		return 0, "", err
	}
	return gate.Open, fmt.Sprintf("the report says %s, and this mode only comments", report.Gate()), nil
}

// pullsOf returns the open pull requests whose head the run was for. Where it has
// moved on, the run of the new head comments.
func pullsOf(ctx context.Context, f *forge.Client, run *workflowRun) (numbers []int, err error) {
	list, err := f.Pulls(ctx, run.HeadRepository.Owner.Login, run.HeadBranch)
	for _, p := range list {
		if p.HeadSHA == run.HeadSHA && p.Head == run.HeadRepository.FullName {
			numbers = append(numbers, p.Number)
		}
	}
	return numbers, err
}

// readArtifact reads a report from a file, or from the one JSON file of a folder
// that an artifact was unpacked to. Nothing in there leads out of it.
func readArtifact(path string) (*regress.Report, error) {
	folder, name := path, ""
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		folder, name = filepath.Dir(path), filepath.Base(path)
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, fmt.Errorf("opening the artifact: %w; input report names the folder that it was downloaded to", err)
	}
	defer root.Close()
	if name == "" {
		list, err := fs.Glob(root.FS(), "*.json")
		if err != nil || len(list) != 1 {
			return nil, fmt.Errorf("opening the artifact: the folder %s holds %d files *.json at its top, not one: name the file with the input report", path, len(list))
		}
		name = list[0]
	}
	f, err := root.Open(name)
	if err != nil {
		return nil, fmt.Errorf("opening the artifact: %w; input report names the file or folder that it was downloaded to", err)
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, fmt.Errorf("opening the artifact: %w", err)
	case !info.Mode().IsRegular():
		return nil, errors.New("opening the artifact: the report is not a regular file")
	case info.Size() > maxReport:
		return nil, fmt.Errorf("opening the artifact: %d bytes are more than a report may have here (%d)", info.Size(), maxReport)
	}
	return regress.ReadReport(io.LimitReader(f, maxReport), filepath.Join(folder, name))
}
