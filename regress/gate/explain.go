package gate

import (
	"bytes"
	"io"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/render"
)

// Explain writes the reasoning of the verdicts on the metrics that a pattern names.
// One that names none is wrong usage.
func Explain(w io.Writer, r *regress.Report, metric string) error {
	p, err := pattern("metric", metric)
	if err != nil {
		return err
	}
	var text bytes.Buffer
	for i := range r.Comparisons {
		c := &r.Comparisons[i]
		if !p.MatchKey(c.Key) {
			continue
		}
		if text.Len() > 0 {
			text.WriteByte('\n')
		}
		if err := render.Explain(&text, r, c); err != nil {
			return err
		}
	}
	if text.Len() == 0 {
		return Usagef("the report has no metric %.80q", metric)
	}
	_, err = w.Write(text.Bytes())
	return err
}
