package render

import (
	"fmt"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/unit"
)

// testText says what the gate's own test and the rank test found.
func testText(r *regress.Report, c *regress.Comparison) string {
	p, ok := c.PGate.Get()
	if !ok {
		return ""
	}
	text := fmt.Sprintf("a change of this size or more has p = %.2g if the true one is %s (one-sided, Student's t", p, marginText(r.Policy.Confidence))
	if df, ok := c.DF.Get(); ok {
		text += fmt.Sprintf(" with %.3g degrees of freedom", df)
	}
	if se, ok := c.SE.Get(); ok && c.Method == regress.RankLog {
		text += ", standard error " + unit.FormatShare(se)
	}
	text += ")"
	if u, ok := c.P.Get(); ok {
		text += fmt.Sprintf("; the exact rank test of any change has p = %.2g", u)
	}
	return text
}

// marginText is the change that the gate's test takes for granted (STATISTICS 2.3, λ).
func marginText(c regress.Confidence) string {
	switch c {
	case regress.Strict:
		return "as large as the threshold"
	case regress.Sensitive:
		return "none"
	}
	return "a quarter of the threshold"
}

// correctionText says what testing many metrics at once makes of it.
func correctionText(r *regress.Report, c *regress.Comparison) string {
	q, ok := c.PAdjusted.Get()
	if !ok {
		return ""
	}
	text := fmt.Sprintf("p = %.2g after the correction for %s (Benjamini–Hochberg)", q, plural(r.Suite.Tests, "tested metric"))
	if alpha, ok := r.Suite.Alpha.Get(); ok {
		text += fmt.Sprintf(", to be at most %.3g", alpha)
	}
	if shift, ok := r.Suite.Shift.Get(); ok && c.Method == regress.RankLog {
		text += "; the suite as a whole is at " + unit.FormatChange(shift) + " for the worse"
		if r.Suite.Subtracted {
			text += ", which was taken off"
		}
	}
	return text
}

func powerText(c *regress.Comparison) string {
	v, ok := c.MDE.Get()
	if !ok {
		return ""
	}
	return "a true loss of " + unit.FormatShare(v) + " would have been found in four cases of five"
}

// consequence says what the finding does to the gate.
func consequence(r *regress.Report, c *regress.Comparison) string {
	switch {
	case c.Closes():
		return "this shuts the gate"
	case r.Unproven(c):
		return "the gate does not open: the policy says fail for what is " + c.Verdict.String()
	case c.Verdict == regress.Regressed && c.Waiver != nil:
		return "it stays open: the loss is accepted"
	case c.Verdict == regress.Regressed:
		return "it stays open: the metric's severity is warning"
	}
	return "this does not keep it from opening"
}

// otherwise says what would have led to another verdict.
func otherwise(c *regress.Comparison) string {
	change, known := c.Delta.Relative.Get()
	if !known {
		return ""
	}
	size := unit.FormatShare(max(change, -change))
	switch c.Verdict {
	case regress.Regressed:
		return "a threshold of " + size + " or more would let it pass, and so would a waiver up to that"
	case regress.Improved:
		return "within a threshold of " + size + " it would not be called one"
	case regress.Unchanged:
		lo, _ := c.Delta.Lo.Get()
		hi, _ := c.Delta.Hi.Get()
		if reach := max(hi, -lo); reach > 0 && reach < c.Threshold.Relative {
			return "with a threshold below " + unit.FormatShare(reach) + " the data could not have told"
		}
	case regress.Inconclusive:
		if c.Cause == regress.CauseTooNoisy || c.Cause == regress.CauseNotWorse {
			return "an interval that lies within the threshold would be unchanged; more samples make it narrower"
		}
	}
	return ""
}
