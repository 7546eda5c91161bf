package action

import (
	"fmt"
	"strings"

	"github.com/org/regress-gate/regress/render"
	"github.com/sethvargo/go-githubactions"
)

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
