package render

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/unit"
)

// finding is the verdict in one or two words, with the cause of an inconclusive
// one: "regression", "inconclusive: too noisy".
func finding(c *regress.Comparison) string {
	if c.Verdict == regress.Inconclusive {
		return "inconclusive: " + causeName(c.Cause)
	}
	return verdictName(c.Verdict)
}

func verdictName(v regress.Verdict) string {
	if v == regress.Unjudged {
		return "not judged"
	}
	return v.String()
}

func causeName(c regress.Cause) string {
	switch c {
	case regress.NoCause:
		return "cannot tell"
	case regress.CauseTooFew:
		return "too few samples"
	}
	return strings.ReplaceAll(c.String(), "-", " ")
}

// causeText says what the cause means.
func causeText(c regress.Cause) string {
	switch c {
	case regress.CauseTooFew:
		return "no outcome of so few samples could be significant"
	case regress.CauseSuspect:
		return "looks worse, and this measurement cannot prove it"
	case regress.CauseSuiteShift:
		return "the whole suite moved: the machine changed, or everything did"
	case regress.CauseNotWorse:
		return "shown not to be worse, perhaps better"
	case regress.CauseTooNoisy:
		return "the interval reaches across the threshold"
	case regress.CauseImplausible:
		return "the measurement itself cannot be believed"
	}
	return "the data cannot tell"
}

// rerun is what settles a suspect.
const rerun = "measure base and head in turns, in one job, and judge the new samples alone"

// marks say what a reader must know of a verdict to weigh it.
func marks(c *regress.Comparison) []string {
	var list []string
	if c.Verdict.Compared() && c.Verdict != regress.Inconclusive && c.Evidence == regress.Unverified {
		list = append(list, "unverified")
	}
	switch {
	case c.First == nil:
	case c.Verdict == regress.Regressed:
		list = append(list, "confirmed")
	default:
		list = append(list, "measured again")
	}
	switch {
	case c.Verdict != regress.Regressed:
	case c.Waiver != nil:
		list = append(list, "waived")
	case c.Accepted != nil:
		list = append(list, "accepted")
	case !c.Closes():
		list = append(list, "shown only")
	}
	return list
}

// again says what was found of a metric before it was measured again.
func again(c *regress.Comparison) string {
	f := c.First
	was := regress.Comparison{Unit: c.Unit, Base: f.Base, Head: f.Head, Delta: f.Delta, PAdjusted: f.PAdjusted, Verdict: f.Verdict, Cause: f.Cause}
	text := "against the stored baseline " + change(&was)
	if i := interval(f.Delta); i != none {
		text += " " + i
	}
	return text + ", " + finding(&was) + "; measured again, base and head in turns: " + finding(c)
}

// weighed is the finding with its marks.
func weighed(c *regress.Comparison) string {
	if list := marks(c); len(list) > 0 {
		return finding(c) + " (" + strings.Join(list, ", ") + ")"
	}
	return finding(c)
}

// evidence is the level of a comparison, with its marks.
func evidence(c *regress.Comparison) string {
	list := marks(c)
	if !slices.Contains(list, "unverified") {
		list = slices.Insert(list, 0, c.Evidence.String())
	}
	return strings.Join(list, ", ")
}

// waived says who accepted a regression until when. The reason is not ours.
func waived(w *regress.Waiver) string {
	text := "losses are accepted"
	if !w.UpTo.IsZero() {
		text = "losses up to " + w.UpTo.String() + " are accepted"
	}
	if !w.Until.IsZero() {
		text += " until " + w.Until.Format(time.DateOnly)
	}
	if w.Reason != "" {
		text += ": " + w.Reason
	}
	return text
}

// alertText is what an alert found: its value, or why there is none.
func alertText(a *regress.AlertResult) string {
	if v, ok := a.Value.Get(); ok {
		return a.Condition.String() + ", is " + unit.Format(v, a.Unit)
	}
	return a.Condition.String() + ": " + cmp.Or(a.Reason, "not in the run, so that this limit guards nothing")
}

// alertState is "fired", "quiet" or "blind".
func alertState(a *regress.AlertResult) string {
	switch {
	case a.Fired:
		return "fired"
	case a.Blind():
		return "blind"
	}
	return "quiet"
}

// alertSeverity is the word of the policy: an alert that closes the gate is critical.
func alertSeverity(a *regress.AlertResult) string {
	if a.Severity == regress.Error {
		return "critical"
	}
	return a.Severity.String()
}

// notShown says what a format left out.
func notShown(n int, what string) string { return fmt.Sprintf("%d %s not shown", n, what) }
