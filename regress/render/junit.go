package render

import (
	"cmp"
	"encoding/xml"
	"io"

	"github.com/org/regress-gate/regress"
)

// The elements of JUnit's XML, as Jenkins' junit-10.xsd and the readers of GitLab,
// CircleCI and GitHub's test reporters know them.
type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Time     string      `xml:"timestamp,attr,omitempty"`
	Cases    []junitCase `xml:"testcase"`
	Output   string      `xml:"system-out,omitempty"`
}

type junitCase struct {
	Class   string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
	Failure *junitOutcome `xml:"failure,omitempty"`
	Error   *junitOutcome `xml:"error,omitempty"`
	Skipped *junitOutcome `xml:"skipped,omitempty"`
	Output  string        `xml:"system-out,omitempty"`
}

type junitOutcome struct {
	Type    string `xml:"type,attr,omitempty"`
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

// renderJUnit writes a test case for each metric and each alert. What shuts the
// gate failed, what leaves it unproven is an error, and what tells nothing was
// skipped: a reader that counts the first two comes to the decision of the gate.
func renderJUnit(w io.Writer, r *regress.Report, o Options) error {
	suite := junitSuite{Name: shorten(visible(cmp.Or(o.Title, DefaultTitle)), maxTitle)}
	if t := r.Head.Time; !t.IsZero() {
		suite.Time = t.UTC().Format("2006-01-02T15:04:05")
	}
	for i := range r.Comparisons {
		suite.add(junitMetric(r, &r.Comparisons[i]))
	}
	for i := range r.Alerts {
		suite.add(junitAlert(r, &r.Alerts[i]))
	}
	for i := range r.Drift.Findings {
		if f := &r.Drift.Findings[i]; r.DriftUnproven(f) {
			suite.add(junitCase{Class: "drift", Name: subject(f.Key), Error: &junitOutcome{Type: "drift", Message: sentence(drift(f))}})
		}
	}
	decision, why := headline(r)
	if r.Gate() == regress.Unproven && suite.Errors == 0 { // nothing was compared, and no case is to blame
		suite.add(junitCase{Class: "gate", Name: "anything compared", Error: &junitOutcome{Type: "unproven", Message: sentence(why)}})
	}
	suite.Output = unarmed(decision + ": " + sentence(why) + "\n" + suiteLine(r))
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(junitSuites{
		Name: suite.Name, Tests: suite.Tests, Failures: suite.Failures, Errors: suite.Errors, Suites: []junitSuite{suite},
	}); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func (s *junitSuite) add(c junitCase) {
	s.Cases = append(s.Cases, c)
	s.Tests++
	switch {
	case c.Failure != nil:
		s.Failures++
	case c.Error != nil:
		s.Errors++
	case c.Skipped != nil:
		s.Skipped++
	}
}

func junitMetric(r *regress.Report, c *regress.Comparison) junitCase {
	x := junitCase{Class: cmp.Or(name(c.Benchmark), "metrics"), Name: name(c.Metric)}
	said := &junitOutcome{Type: finding(c), Message: unarmed(annotationText(c)), Text: unarmed(sentence(c.Reason))}
	switch {
	case c.Closes():
		x.Failure = said
	case r.Unproven(c):
		x.Error = said
	case c.Verdict == regress.Unchanged, c.Verdict == regress.Improved, c.Verdict == regress.Regressed:
		x.Output = unarmed(weighed(c) + ": " + annotationText(c))
	default:
		x.Skipped = &junitOutcome{Message: unarmed(weighed(c) + ": " + cmp.Or(sentence(c.Reason), annotationText(c)))}
	}
	return x
}

func junitAlert(r *regress.Report, a *regress.AlertResult) junitCase {
	x := junitCase{Class: "alerts", Name: alertName(a)}
	text := unarmed(sentence(alertText(a)))
	critical := a.Severity == regress.Error
	switch {
	case a.Fired && critical:
		x.Failure = &junitOutcome{Type: "alert", Message: text}
	case a.Blind() && critical && r.Gate() == regress.Unproven:
		x.Error = &junitOutcome{Type: "alert", Message: text}
	case a.Blind():
		x.Skipped = &junitOutcome{Message: text}
	default:
		x.Output = alertState(a) + ": " + text
	}
	return x
}
