package render

import (
	"cmp"
	"fmt"

	"github.com/org/regress-gate/regress"
)

// remark is one line of the lists that stand beside the tables, unescaped.
type remark struct {
	subject string // the metric that it is about, "" where it is about more than one
	text    string
}

// String is the remark as one sentence.
func (m remark) String() string {
	switch {
	case m.subject == "":
		return sentence(m.text)
	case m.text == "":
		return m.subject
	}
	return m.subject + ": " + sentence(m.text)
}

// reruns names what an interleaved measurement should cover: what the suite
// asks for, else the suspects.
func reruns(r *regress.Report) []remark {
	var list []remark
	for _, k := range r.Suite.Rerun {
		list = append(list, remark{subject: subject(k)})
	}
	if len(list) > 0 {
		return list
	}
	for _, c := range r.WorstFirst(regress.Inconclusive) {
		if c.Cause == regress.CauseSuspect {
			list = append(list, remark{subject: subject(c.Key)})
		}
	}
	return list
}

// edits lists what the change does to its own judge.
func edits(r *regress.Report) []remark {
	list := make([]remark, len(r.Edits))
	for i, e := range r.Edits {
		list[i] = remark{text: e.String()}
	}
	return list
}

// subject is the name of a metric in a sentence.
func subject(k regress.Key) string {
	if k.Benchmark == "" {
		return name(k.Metric)
	}
	return name(k.Benchmark) + " " + name(k.Metric)
}

// notes lists acceptances and what looks implausible or was assumed.
func notes(r *regress.Report) []remark {
	var list []remark
	for i := range r.Comparisons {
		c := &r.Comparisons[i]
		if c.Waiver != nil {
			list = append(list, remark{subject(c.Key), waived(c.Waiver)})
		}
		if a := c.Accepted; a != nil {
			list = append(list, remark{subject(c.Key), "accepted by " + cmp.Or(a.By, "somebody") + ": " + a.Reason})
		}
		if c.First != nil {
			list = append(list, remark{subject(c.Key), again(c)})
		}
		for _, note := range c.Notes {
			list = append(list, remark{subject(c.Key), note})
		}
	}
	return list
}

func warnings(r *regress.Report) []remark {
	var list []remark
	for _, w := range r.Warnings {
		list = append(list, remark{text: w.String()})
	}
	return list
}

// alertName is the name that the policy gives it.
func alertName(a *regress.AlertResult) string {
	if a.Benchmark == "" {
		return name(a.Name)
	}
	return name(a.Name) + " (" + name(a.Benchmark) + ")"
}

// intervalHead names the confidence of the intervals where they share one, "" where
// there is no interval.
func intervalHead(r *regress.Report) string {
	shared := regress.Figure{}
	for i := range r.Comparisons {
		c := r.Comparisons[i].Delta.Confidence
		switch {
		case c.IsZero() || c == shared:
		case shared.IsZero():
			shared = c
		default:
			return "interval"
		}
	}
	if v, ok := shared.Get(); ok {
		return fmt.Sprintf("%g %% interval", v*100)
	}
	return ""
}
