package render

import (
	"fmt"
	"strings"

	"github.com/org/regress-gate/regress"
)

// headline is the decision ("gate shut") and why, in one sentence each.
func headline(r *regress.Report) (decision, why string) {
	gate, n := r.Gate(), r.Count()
	rest := tally(r, n)
	switch gate {
	case regress.Shut:
		why = strings.Join(closers(r, n), ", ")
	case regress.Unproven:
		why = "nothing was compared"
		if n.Compared > 0 {
			why = strings.Join(doubts(r), ", ") + ": the policy lets none pass"
		}
	default:
		why = opener(n)
	}
	if rest != "" {
		why += " (" + rest + ")"
	}
	return "gate " + gate.String(), why
}

// closers names what shuts the gate.
func closers(r *regress.Report, n regress.Counts) []string {
	regressed, fired := 0, 0
	for i := range r.Comparisons {
		if r.Comparisons[i].Closes() {
			regressed++
		}
	}
	for i := range r.Alerts {
		if a := &r.Alerts[i]; a.Fired && a.Severity == regress.Error {
			fired++
		}
	}
	var list []string
	if regressed > 0 {
		list = append(list, fmt.Sprintf("%d of %s regressed", regressed, plural(n.Compared, "metric")))
	}
	if fired > 0 {
		list = append(list, plural(fired, "critical alert")+" fired")
	}
	return list
}

// doubts names what keeps the gate from opening though nothing regressed.
func doubts(r *regress.Report) []string {
	var kinds []string
	n := map[string]int{}
	add := func(kind string) {
		if n[kind]++; n[kind] == 1 {
			kinds = append(kinds, kind)
		}
	}
	for i := range r.Comparisons {
		switch c := &r.Comparisons[i]; {
		case !r.Unproven(c):
		case c.Cause == regress.CauseSuspect:
			add("suspect")
		case c.Cause == regress.CauseSuiteShift:
			add("in a shift of the whole suite")
		default:
			add(c.Verdict.String())
		}
	}
	for i, kind := range kinds {
		kinds[i] = fmt.Sprintf("%d %s", n[kind], kind)
	}
	drifted, blind := 0, 0
	for i := range r.Drift.Findings {
		if r.DriftUnproven(&r.Drift.Findings[i]) {
			drifted++
		}
	}
	if drifted > 0 {
		kinds = append(kinds, fmt.Sprintf("%d proven to drift", drifted))
	}
	for i := range r.Alerts {
		if a := &r.Alerts[i]; a.Blind() && a.Severity == regress.Error {
			blind++
		}
	}
	if blind > 0 {
		kinds = append(kinds, plural(blind, "blind critical alert"))
	}
	return kinds
}

// opener says no more than was shown: inconclusive metrics may have regressed.
func opener(n regress.Counts) string {
	switch {
	case n.Regression > 0:
		return fmt.Sprintf("%d of %s regressed, and none of them closes the gate", n.Regression, plural(n.Compared, "metric"))
	case n.Inconclusive == n.Compared:
		return "no regression is proven, and nothing else: every metric is inconclusive"
	case n.Inconclusive > 0:
		return "no regression is proven in " + plural(n.Compared, "metric")
	}
	return fmt.Sprintf("none of %s regressed", plural(n.Compared, "metric"))
}

// tally lists the other counts; those that are 0 are left out.
func tally(r *regress.Report, n regress.Counts) string {
	shown, accepted, fired := 0, 0, 0
	for i := range r.Comparisons {
		switch c := &r.Comparisons[i]; {
		case c.Verdict != regress.Regressed, c.Waiver != nil:
		case c.Accepted != nil:
			accepted++
		case !c.Closes():
			shown++
		}
	}
	for i := range r.Alerts {
		if a := &r.Alerts[i]; a.Fired && a.Severity != regress.Error {
			fired++
		}
	}
	var list []string
	for _, part := range [...]struct {
		n    int
		word string
	}{
		{n.Waived, "waived"}, {accepted, "accepted"}, {shown, "shown only"}, {n.Improvement, "improved"}, {n.Unchanged, "unchanged"},
		{n.Inconclusive, "inconclusive"}, {n.Missing, "missing"}, {n.New, "new"}, {n.Incomparable, "incomparable"},
		{n.Unjudged, "not judged"},
	} {
		if part.n > 0 {
			list = append(list, fmt.Sprintf("%d %s", part.n, part.word))
		}
	}
	if fired > 0 {
		list = append(list, plural(fired, "warning alert")+" fired")
	}
	return strings.Join(list, ", ")
}

// plural is "1 metric", "2 metrics".
func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
