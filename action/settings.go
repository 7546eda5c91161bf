package action

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/org/regress-gate/action/forge"
	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/gate"
	"github.com/sethvargo/go-githubactions"
)

// sleep waits; tests do not.
var sleep = forge.Sleep

// defaultPolicy is read where no policy is named and it exists.
const defaultPolicy = "baselines/policy.yaml"

// settings are the inputs, understood, and what they are applied to. Their paths
// can be opened as they are.
type settings struct {
	mode          mode
	run, base     gate.Input
	baseline      string
	baselineName  string // as the user wrote it
	policyName    string // the same, "" where none was named
	baselineRef   string
	storageBranch string
	judgement     gate.Judgement
	failOn        gate.FailOn
	when          when
	via           string
	title         string
	report        string // written, or read in mode report and comment
	allowTarget   bool
	workspace     workspace

	event  *event
	token  string
	getenv func(string) string
	sleep  func(context.Context, time.Duration) error
	client *forge.Client // made when it is first needed
}

func readSettings(gh *githubactions.Action) (*settings, error) {
	in, err := readInputs(gh)
	if err != nil {
		return nil, err
	}
	ws := newWorkspace(gh.Getenv("GITHUB_WORKSPACE"))
	s := &settings{
		mode: mode(in["mode"]), title: in["title"], workspace: ws, getenv: gh.Getenv, sleep: sleep,
		baselineName: in["baseline"], policyName: in["policy"], baselineRef: in["baseline-ref"], storageBranch: in["storage-branch"],
	}
	if s.event, err = readEvent(gh); err != nil {
		return nil, err
	}
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
	if s.when, err = parseWhen(in["comment"]); err != nil {
		errs = append(errs, err)
	}
	if s.via, err = parseVia(in["update-via"]); err != nil {
		errs = append(errs, err)
	}
	if s.allowTarget, err = strconv.ParseBool(in["allow-pull-request-target"]); err != nil {
		errs = append(errs, gate.Usagef("allow-pull-request-target %.40q is neither true nor false", in["allow-pull-request-target"]))
	}
	if s.token, err = readToken(in["token"]); err != nil {
		errs = append(errs, err)
	}
	for _, name := range []string{"baseline-ref", "storage-branch"} {
		if !isRef(in[name]) {
			errs = append(errs, gate.Usagef("%s %.80q is not the name of a branch", name, in[name]))
		}
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
func (s *settings) judge(j *judge) (*regress.Report, error) {
	how := s.judgement
	how.Policy = j.policy
	switch s.mode {
	case modeCompare:
		return gate.Compare(how, s.base, s.run)
	case modeReport:
		r, err := gate.ReadReport(s.report, nil)
		if errors.Is(err, fs.ErrNotExist) {
			err = fmt.Errorf("%w; input report names the file that an earlier step wrote", err)
		}
		return r, err
	}
	return gate.Check(how, j.baseline, s.run)
}

// forge returns the client of the API.
func (s *settings) forge() (*forge.Client, error) {
	if s.client != nil {
		return s.client, nil
	}
	c, err := forge.New(forge.Config{
		URL: s.getenv("GITHUB_API_URL"), Repository: s.getenv("GITHUB_REPOSITORY"), Token: s.token,
		Agent: "regress-gate/" + regress.Version, Sleep: s.sleep,
	})
	s.client = c
	return c, err
}

// readToken refuses what cannot be one, lest it break a log or a header.
func readToken(text string) (string, error) {
	if text == theToken {
		return "", nil // outside of Actions nobody puts one in its place
	}
	if strings.ContainsFunc(text, func(r rune) bool {
		return r > '~' || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("_-.~+/=", r)
	}) {
		return "", gate.Usagef("input token holds a character that no token has")
	}
	return text, nil
}

// isRef tells whether a text can be the name of a branch, after git's own rules; ""
// is unset.
func isRef(name string) bool {
	return len(name) < 256 && !strings.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r == 0x7f || strings.ContainsRune(`~^:?*[\`, r) }) &&
		!strings.Contains(name, "..") && !strings.HasPrefix(name, "/") && !strings.HasPrefix(name, "-") && !strings.HasSuffix(name, "/")
}

// describe says in the log what is judged by what.
func (s *settings) describe(j *judge) string {
	text := fmt.Sprintf("version %s, mode %s", regress.Version, s.mode)
	if s.mode == modeReport || s.mode == modeComment {
		return text + ", report " + s.report
	}
	policy := j.policy
	if policy == "" {
		policy = "built in"
	}
	if s.mode == modeCheck {
		text += ", baseline " + j.baseline
	}
	text += ", policy " + policy
	if j.ref != "" {
		text += fmt.Sprintf(", both as they are at %s (%.7s) whatever was checked out", j.ref, j.sha)
	}
	return text
}
