package action

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/gate"
	"github.com/sethvargo/go-githubactions"
)

// defaultPolicy is read where no policy is named and it exists.
const defaultPolicy = "baselines/policy.yaml"

// settings are the inputs, understood. Their paths can be opened as they are.
type settings struct {
	mode      mode
	run, base gate.Input
	baseline  string
	judgement gate.Judgement
	failOn    gate.FailOn
	title     string
	report    string // written, or read in mode report
	workspace workspace
}

func readSettings(gh *githubactions.Action) (*settings, error) {
	in, err := readInputs(gh)
	if err != nil {
		return nil, err
	}
	ws := newWorkspace(gh.Getenv("GITHUB_WORKSPACE"))
	s := &settings{mode: mode(in["mode"]), title: in["title"], workspace: ws}
	var errs []error
	path := func(name string) string {
		if len(lines(in[name])) > 1 {
			errs = append(errs, gate.Usagef("input %s is one path, not several lines", name))
		}
		return ws.path(in[name])
	}
	files := func(name string) gate.Input {
		list := lines(in[name])
		for i, file := range list {
			if file == "-" {
				errs = append(errs, gate.Usagef("input %s: an action has no standard input: name files", name))
			}
			list[i] = ws.path(file)
		}
		return gate.Input{Paths: list, Format: in["format"]}
	}
	s.run, s.base = files("run"), files("base-run")
	s.baseline = path("baseline")
	s.report = path("report")
	s.judgement = gate.Judgement{Policy: path("policy"), Threshold: in["threshold"], Alpha: in["alpha"], Now: time.Now}
	if in["policy"] == "" {
		s.judgement.Policy = s.defaultPolicy()
	}
	if s.failOn, err = gate.ParseFailOn(in["fail-on"]); err != nil {
		errs = append(errs, err)
	}
	return s, errors.Join(errs...)
}

// defaultPolicy is the path of the default policy where there is one. Only its
// absence means that there is none: whatever else is wrong, loading will say.
func (s *settings) defaultPolicy() string {
	path := s.workspace.path(defaultPolicy)
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return ""
	}
	return path
}

// judge makes the report, or reads it.
func (s *settings) judge() (*regress.Report, error) {
	switch s.mode {
	case modeCompare:
		return gate.Compare(s.judgement, s.base, s.run)
	case modeReport:
		r, err := gate.ReadReport(s.report, nil)
		if errors.Is(err, fs.ErrNotExist) {
			err = fmt.Errorf("%w; input report names the file that an earlier step wrote", err)
		}
		return r, err
	}
	return gate.Check(s.judgement, s.baseline, s.run)
}

// String says in the log what is judged by what.
func (s *settings) String() string {
	text := fmt.Sprintf("version %s, mode %s", regress.Version, s.mode)
	if s.mode == modeReport {
		return text + ", report " + s.report
	}
	policy := s.judgement.Policy
	if policy == "" {
		policy = "built in"
	}
	if s.mode == modeCheck {
		text += ", baseline " + s.baseline
	}
	return text + ", policy " + policy
}
