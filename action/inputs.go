package action

import (
	"errors"
	"slices"
	"strings"

	"github.com/org/regress-gate/regress/gate"
	"github.com/org/regress-gate/regress/render"
	"github.com/sethvargo/go-githubactions"
)

// mode is what the action does.
type mode string

const (
	modeCheck   mode = "check"   // judge a run against the stored baseline
	modeCompare mode = "compare" // judge one run against another
	modeReport  mode = "report"  // publish and gate on a report made before
	modeUpdate  mode = "update"  // fold a run into the stored baseline
	modeComment mode = "comment" // comment on the pull request of another workflow's run
)

// input is one input of action.yml.
type input struct {
	name  string
	value string // the default, which stands in action.yml too
	modes []mode // those that read it; nil = all
	need  bool   // whether those cannot do without it
}

var (
	modes   = []mode{modeCheck, modeCompare, modeReport, modeUpdate, modeComment}
	judging = []mode{modeCheck, modeCompare}
	gating  = append(judging, modeReport) // those that can fail for a verdict
	reading = append(judging, modeUpdate) // those that read a run
	storing = []mode{modeCheck, modeUpdate}
)

// theToken is the default of the input token; the runner puts the token in its place.
const theToken = "${{ github.token }}"

// inputs are those of action.yml; a test holds the two together.
var inputs = []input{
	{name: "mode", value: string(modeCheck)},
	{name: "run", modes: reading, need: true},
	{name: "base-run", modes: []mode{modeCompare}, need: true},
	{name: "format", value: "auto", modes: reading},
	{name: "baseline", value: "baselines/baseline.json", modes: storing},
	{name: "baseline-ref", modes: gating},
	{name: "storage-branch", modes: storing},
	{name: "policy", modes: append(reading, modeReport)}, // defaultPolicy where it exists
	{name: "threshold", modes: reading},
	{name: "alpha", modes: reading},
	{name: "fail-on", value: string(gate.FailOnPolicy), modes: gating},
	{name: "comment", value: string(whenAuto), modes: append(gating, modeComment)},
	{name: "update-via", value: viaCommit, modes: []mode{modeUpdate}},
	{name: "title", value: render.DefaultTitle},
	{name: "report", value: "regress-gate-report.json"},
	{name: "allow-pull-request-target", value: "false"},
	{name: "token", value: theToken},
}

// readInputs returns the value of every input, its default where it is empty. An
// input that the mode does not read is an error: who sets a threshold expects it
// to hold.
func readInputs(gh *githubactions.Action) (map[string]string, error) {
	values := make(map[string]string, len(inputs))
	for _, in := range inputs {
		values[in.name] = in.value
		if v := gh.GetInput(in.name); v != "" {
			values[in.name] = v
		}
	}
	m := mode(values["mode"])
	if !slices.Contains(modes, m) {
		return nil, gate.Usagef("unknown mode %.40q (one of %s)", m, join(modes))
	}
	var errs []error
	for _, in := range inputs {
		v, read := values[in.name], in.modes == nil || slices.Contains(in.modes, m)
		switch {
		case read && in.need && v == "":
			errs = append(errs, gate.Usagef("input %s is empty: name the files to judge, one a line", in.name))
		case !read && v != in.value:
			errs = append(errs, gate.Usagef("input %s has no meaning in mode %s (only in %s): leave it out", in.name, m, join(in.modes)))
		}
	}
	return values, errors.Join(errs...)
}

func join(modes []mode) string {
	words := make([]string, len(modes))
	for i, m := range modes {
		words[i] = string(m)
	}
	return strings.Join(words, ", ")
}

// lines returns the lines of a list, blank ones left out.
func lines(list string) []string {
	var items []string
	for line := range strings.Lines(list) {
		if item := strings.TrimSpace(line); item != "" {
			items = append(items, item)
		}
	}
	return items
}
