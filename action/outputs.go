package action

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/sethvargo/go-githubactions"
)

// The files of the runner, by the variable that names each.
const (
	outputFile  = "GITHUB_OUTPUT"
	summaryFile = "GITHUB_STEP_SUMMARY"
)

// output is one output of action.yml.
type output struct{ name, value string }

// outputsOf are the outputs of action.yml; a test holds the two together. A value
// is a number, a word of ours the user's own path or an address that the forge gave, never a name out of a
// run.
func outputsOf(r *regress.Report, path, comment string) []output {
	n := r.Count()
	return []output{
		{"verdict", r.Gate().String()},
		{"regressions", strconv.Itoa(n.Regression)},
		{"improvements", strconv.Itoa(n.Improvement)},
		{"inconclusive", strconv.Itoa(n.Inconclusive)},
		{"missing", strconv.Itoa(n.Missing)},
		{"compared", strconv.Itoa(n.Compared)},
		{"report", path},
		{"comment-url", comment},
	}
}

// writeOutputs appends the outputs, each behind a delimiter of its own that
// cannot be guessed; the fixed one of githubactions.SetOutput could be written
// into a value, to end it and to begin another.
func writeOutputs(gh *githubactions.Action, log *console, list []output) error {
	var b strings.Builder
	for _, o := range list {
		delimiter := "regress_gate_" + rand.Text()
		fmt.Fprintf(&b, "%s<<%s\n%s\n%s\n", o.name, delimiter, o.value, delimiter)
	}
	return appendTo(gh, log, outputFile, b.String())
}

// appendTo appends to the file that the variable names. Outside of Actions there
// is none, which is no error.
func appendTo(gh *githubactions.Action, log *console, variable, text string) (err error) {
	path := gh.Getenv(variable)
	if path == "" {
		log.print(variable + " is not set: nothing is written there")
		return nil
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return fmt.Errorf("writing %s: %w", variable, err)
	}
	before, err := f.Stat()
	if err == nil {
		if _, err = f.WriteString(text); err != nil {
			_ = f.Truncate(before.Size()) // half an output would be another one
		}
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("writing %s: %w", variable, err)
	}
	return nil
}
