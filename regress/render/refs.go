package render

import (
	"strings"

	"github.com/org/regress-gate/regress"
)

// refLine is what is known of the base, the head or the machine that they
// share. The commit stands apart from the rest, since it is a name.
type refLine struct{ label, commit, rest string }

// String is the line as one sentence.
func (l refLine) String() string {
	text := l.label + ": " + l.commit
	if l.commit != "" && l.rest != "" {
		text += ", "
	}
	return text + l.rest
}

// refLines describes the two sides, and the machine once where it is the same.
func refLines(r *regress.Report) []refLine {
	var list []refLine
	same := r.Base.Env == r.Head.Env
	list = appendRef(list, "base", r.Base, !same)
	list = appendRef(list, "head", r.Head, !same)
	if same && r.Base.Env != (regress.Env{}) {
		list = append(list, refLine{label: "both on", rest: name(r.Base.Env.String())})
	}
	return list
}

// baselineLine describes the baseline of a history.
func baselineLine(h *regress.History) []refLine { return appendRef(nil, "baseline", h.Baseline, true) }

// appendRef appends what is known of one side, nothing where nothing is.
func appendRef(list []refLine, label string, ref regress.Ref, machine bool) []refLine {
	var rest []string
	if !ref.Time.IsZero() {
		rest = append(rest, ref.Time.UTC().Format("2006-01-02 15:04 UTC"))
	}
	if machine && ref.Env != (regress.Env{}) {
		rest = append(rest, name(ref.Env.String()))
	}
	line := refLine{label, shorten(visible(ref.Commit), 40), strings.Join(rest, ", ")}
	if line.commit == "" && line.rest == "" {
		return list
	}
	return append(list, line)
}
