package action

import (
	"bytes"
	"io"
	"strings"

	"github.com/org/regress-gate/regress/render"
	"github.com/sethvargo/go-githubactions"
)

// console is the log of the step. It keeps the first error of its writer and
// never returns one, since githubactions panics where it cannot write; who
// depends on the log looks at err.
type console struct {
	w      io.Writer
	secret string // never shown, "" where there is none
	err    error
}

// Write implements io.Writer.
func (c *console) Write(p []byte) (int, error) {
	if c.err == nil {
		var n int
		shown := p
		if c.secret != "" {
			shown = bytes.ReplaceAll(p, []byte(c.secret), []byte("***"))
		}
		if n, c.err = c.w.Write(shown); n < len(shown) && c.err == nil {
			c.err = io.ErrShortWrite
		}
	}
	return len(p), nil
}

// print writes one message, in the program's voice on each of its lines.
func (c *console) print(message string) {
	for line := range strings.SplitSeq(inert(message), "\n") {
		_, _ = io.WriteString(c, "regress-gate: "+line+"\n")
	}
}

// maxAnnotation is how much of an error an annotation shows, in bytes: GitHub cuts
// it at 4,096 characters.
const maxAnnotation = 4000

// mask keeps a secret out of the log, here and by the runner's own means. What is
// shorter than a token would only make the log unreadable.
func (c *console) mask(gh *githubactions.Action, secret string) {
	if len(secret) >= leastSecret {
		gh.AddMask(secret)
		c.secret = secret
	}
}

const leastSecret = 16

// warn shows as an annotation what is amiss and changes no verdict.
func (c *console) warn(gh *githubactions.Action, err error) {
	gh.WithFieldsMap(map[string]string{"title": "regress-gate"}).Warningf("%s", cut(inert(err.Error()), maxAnnotation))
}

// fail shows an error as an annotation, which the log shows too, and in the log
// alone what does not fit.
func (c *console) fail(gh *githubactions.Action, err error) {
	whole := inert(err.Error())
	message := cut(whole, maxAnnotation)
	if message != whole {
		c.print(whole)
	}
	gh.WithFieldsMap(map[string]string{"title": "regress-gate"}).Errorf("%s", message)
}

// inert makes each line of a message harmless: it may quote names out of files
// that anyone could write.
func inert(message string) string {
	var harmless []string
	for line := range strings.SplitSeq(strings.TrimRight(message, "\n"), "\n") {
		harmless = append(harmless, strings.TrimRight(render.Inert(line), "\n"))
	}
	return strings.Join(harmless, "\n")
}

// cut shortens s to at most that many bytes, whole characters of it.
func cut(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	return strings.ToValidUTF8(s[:limit-len("…")], "") + "…"
}
