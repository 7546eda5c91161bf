package action

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/gate"
	"github.com/org/regress-gate/regress/render"
	"github.com/sethvargo/go-githubactions"
)

// summaryBudget is how much of the job summary the report may fill, in bytes. GitHub
// drops a summary of more than 1 MiB whole.
const summaryBudget = 900_000

// summarise writes the report into the job summary, and a line of our own behind it.
func (s *settings) summarise(gh *githubactions.Action, log *console, r *regress.Report, options render.Options, remark string) error {
	options.Limit = summaryBudget
	var text bytes.Buffer
	if err := gate.Publish(r, []gate.Output{{Format: "markdown"}}, &text, options); err != nil {
		return err
	}
	if remark != "" {
		text.WriteString("\n" + codeBlock(inert(remark)))
	}
	return appendTo(gh, log, summaryFile, text.String())
}

// maxSummary is how much of an error the summary shows, in bytes. GitHub drops a
// summary of more than 1 MiB whole.
const maxSummary = 60_000

// summariseFailure says in the job summary that there is no verdict, and why. A
// gate that says nothing there would look as if it had not run.
func summariseFailure(gh *githubactions.Action, log *console, what string, err error) error {
	message := inert(err.Error())
	if title := gh.GetInput("title"); title != "" && title != render.DefaultTitle {
		message = cut(inert(title), 200) + ": " + message
	}
	return appendTo(gh, log, summaryFile, fmt.Sprintf("## ⚠️ regress-gate: %s\n\n%s\nThe gate gave no verdict.\n", what, codeBlock(cut(message, maxSummary))))
}

// codeBlock shows text in Markdown as it is: nothing is read inside of a fence
// but its own end, so it is longer than any run of backticks in there.
func codeBlock(text string) string {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	return fence + "text\n" + text + "\n" + fence + "\n"
}
