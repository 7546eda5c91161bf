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
	for _, side := range [...]struct {
		label string
		ref   regress.Ref
	}{{"base", r.Base}, {"head", r.Head}} {
		line := refLine{label: side.label, commit: shorten(visible(side.ref.Commit), 40)}
		var rest []string
		if !side.ref.Time.IsZero() {
			rest = append(rest, side.ref.Time.UTC().Format("2006-01-02 15:04 UTC"))
		}
		if !same && side.ref.Env != (regress.Env{}) {
			rest = append(rest, name(side.ref.Env.String()))
		}
		if line.rest = strings.Join(rest, ", "); line.commit != "" || line.rest != "" {
			list = append(list, line)
		}
	}
	if same && r.Base.Env != (regress.Env{}) {
		list = append(list, refLine{label: "both on", rest: name(r.Base.Env.String())})
	}
	return list
}
