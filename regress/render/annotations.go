package render

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/org/regress-gate/regress"
)

const (
	maxAnnotations = 10   // of a kind that GitHub keeps of one step
	maxMessage     = 1000 // runes of a message: at most 4,000 bytes and characters, where GitHub cuts at 4,096
)

// annotation is one finding for the checks of a pull request.
type annotation struct {
	title, message string
	rule           string      // the kind of finding
	key            regress.Key // the metric that it is about, if it is about one
	about          string      // what else tells it from others of its kind
}

// renderAnnotations writes workflow commands: an error for each thing that keeps
// the gate from being open, the worst first, and a warning for each other thing
// that wants a look.
func renderAnnotations(w io.Writer, r *regress.Report, o Options) error {
	errors, warns := findings(r)
	out := bufio.NewWriter(w)
	command(out, "error", errors, o.RunURL)
	command(out, "warning", warns, o.RunURL)
	return out.Flush()
}

// command writes the annotations as workflow commands. Where there are too many
// the last one says how many more.
func command(w *bufio.Writer, kind string, list []annotation, address string) {
	for i, a := range list {
		if more := len(list) - i; i == maxAnnotations-1 && more > 1 {
			a = annotation{title: "and more", message: strings.TrimSpace(fmt.Sprintf("%d more findings like these: see the report %s", more, plainAddress(address)))}
		}
		_, _ = fmt.Fprintf(w, "::%s title=%s::%s\n", kind, property(a.title), data(shorten(a.message, maxMessage)))
		if i == maxAnnotations-1 {
			break
		}
	}
}

// findings sorts what there is to say into errors and warnings: regressions,
// then alerts, then what is unproven.
func findings(r *regress.Report) (errors, warns []annotation) {
	add := func(bad bool, a annotation) {
		if bad {
			errors = append(errors, a)
		} else {
			warns = append(warns, a)
		}
	}
	about := func(c *regress.Comparison) {
		bad := c.Closes() || r.Unproven(c)
		add(bad, annotation{weighed(c) + ": " + subject(c.Key), annotationText(c), ruleOf(c), c.Key, ""})
	}
	for _, c := range r.WorstFirst(regress.Regressed) {
		about(c)
	}
	blind := r.Gate() == regress.Unproven
	for i := range r.Alerts {
		if a := &r.Alerts[i]; a.Fired || a.Blind() {
			bad := a.Severity == regress.Error && (a.Fired || blind)
			key := regress.Key{Benchmark: a.Benchmark, Metric: a.Metric}
			add(bad, annotation{"alert " + alertState(a) + ": " + alertName(a), sentence(alertText(a)), "alert", key, a.Name})
		}
	}
	for _, v := range [...]regress.Verdict{regress.Missing, regress.Incomparable, regress.Inconclusive, regress.New} {
		for _, c := range r.WorstFirst(v) {
			if v == regress.Missing || v == regress.Incomparable || c.Cause == regress.CauseSuspect || r.Unproven(c) {
				about(c)
			}
		}
	}
	for i := range r.Drift.Findings {
		f := &r.Drift.Findings[i]
		add(r.DriftUnproven(f), annotation{"slow drift: " + subject(f.Key), sentence(drift(f)), "drift", f.Key, ""})
	}
	if decision, why := headline(r); blind && len(errors) == 0 { // nothing was compared, and no metric is to blame
		add(true, annotation{title: decision, message: sentence(why), rule: "unproven"})
	}
	for _, m := range edits(r) {
		add(false, annotation{title: "edit of the judge", message: m.String(), rule: "edit", about: m.text})
	}
	for _, m := range warnings(r) {
		add(false, annotation{title: "warning", message: m.String(), rule: "warning", about: m.text})
	}
	return errors, warns
}

// ruleOf is the kind of finding that a comparison is.
func ruleOf(c *regress.Comparison) string {
	if c.Verdict == regress.Inconclusive && c.Cause == regress.CauseSuspect {
		return c.Cause.String()
	}
	return c.Verdict.String()
}

// annotationText is "1.23 µs → 1.41 µs, +14.6 % [+12.9, +16.2], p adj. 0.004,
// n 10+10, threshold 5 %", without what does not exist, and the reason of what
// has no numbers.
func annotationText(c *regress.Comparison) string {
	x := cellsOf(c)
	if c.Verdict == regress.Missing || c.Verdict == regress.Incomparable {
		return sentence(c.Reason)
	}
	text := name(x.base) + " → " + name(x.head) + ", " + name(x.change)
	for _, part := range [...]struct{ label, value string }{
		{" ", x.interval}, {", p adj. ", x.p}, {", n ", x.n}, {", threshold ", name(x.threshold)},
	} {
		if part.value != none {
			text += part.label + part.value
		}
	}
	if c.Waiver != nil {
		text += "; " + sentence(waived(c.Waiver))
	}
	return text
}
