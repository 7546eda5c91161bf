package render

import (
	"fmt"
	"time"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/unit"
)

// DriftLines says in a line each what slow losses the history of a baseline shows,
// that of the whole suite first. The lines are safe for a terminal and a log.
func DriftLines(d *regress.Drift) []string {
	var lines []string
	for _, m := range drifts(d) {
		lines = append(lines, unarmed(m.String()))
	}
	return lines
}

// drifts lists the slow losses, that of the suite first.
func drifts(d *regress.Drift) []remark {
	var list []remark
	if v, ok := d.Suite.Get(); ok && d.Moved {
		list = append(list, remark{text: "the whole suite has become " + unit.FormatShare(v) +
			" worse than at its anchors: the machine, or many small changes that hit everything"})
	}
	for i := range d.Findings {
		f := &d.Findings[i]
		list = append(list, remark{subject(f.Key), drift(f)})
	}
	return list
}

// drift says how far a metric has come from its anchor, and how sure that is.
func drift(f *regress.DriftFinding) string {
	text := ""
	if v, ok := f.Change.Get(); ok {
		text = unit.FormatChange(v) + ", "
	}
	anchor, _ := f.Anchor.Get()
	latest, _ := f.Latest.Get()
	from, to := unit.FormatPair(anchor, latest, f.Unit)
	text += from + " → " + to
	if f.Since.Commit != "" {
		text += " since " + abbreviated(f.Since.Commit)
	}
	if !f.Since.Time.IsZero() {
		text += " (" + f.Since.Time.UTC().Format(time.DateOnly) + ")"
	}
	text += fmt.Sprintf(": each of the last %d runs is beyond the anchor by more than %s; ", f.Runs, thresholdText(f.Threshold, f.Unit))
	if f.Proven {
		return text + "proven, adjusted p " + pValue(f.PAdjusted)
	}
	return text + "not proven, adjusted p " + pValue(f.PAdjusted)
}
