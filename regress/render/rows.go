package render

import (
	"fmt"
	"html"
	"net/url"
	"strings"

	"github.com/org/regress-gate/regress"
)

// bullet is an item of a list. A text that comes first stands behind an
// entity, lest it open a list, a rule or a block of code inside the item.
func bullet(m remark) string {
	switch {
	case m.subject == "":
		return breaker + prose(m.text)
	case m.text == "":
		return code(m.subject)
	}
	return code(m.subject) + ": " + prose(m.text)
}

// names are the first two cells of every row.
func names(c *regress.Comparison) []string {
	return []string{codeCell(c.Benchmark), codeCell(c.Metric)}
}

// number is a figure with its unit, which is not ours. It does not break over
// two lines of a narrow cell.
func number(s string) string { return unbroken(prose(name(s))) }

// unbroken writes the blanks as no-break spaces.
func unbroken(s string) string { return strings.ReplaceAll(s, " ", "\u00a0") }

func changeCell(x cells) string {
	if x.interval == none {
		return number(x.change)
	}
	return number(x.change) + " " + unbroken(x.interval)
}

func judgedRow(c *regress.Comparison) []string {
	x := cellsOf(c)
	return append(names(c), number(x.base), number(x.head), squares(c), changeCell(x), prose(x.p), x.n, number(x.threshold), evidence(c))
}

func inconclusiveRow(c *regress.Comparison) []string {
	x := cellsOf(c)
	return append(names(c), number(x.base), number(x.head), squares(c), changeCell(x), prose(x.p), x.n, unbroken(x.mde), causeName(c.Cause))
}

func singleRow(c *regress.Comparison) []string {
	x := cellsOf(c)
	return append(names(c), number(x.base), number(x.head), x.n)
}

func obstacleRow(c *regress.Comparison) []string { return append(singleRow(c), prose(c.Reason)) }

// alertBlock lists the alerts: what fired first, what is quiet last.
func alertBlock(alerts []regress.AlertResult) block {
	var list []*regress.AlertResult
	for _, state := range [...]string{"fired", "blind", "quiet"} {
		for i := range alerts {
			if a := &alerts[i]; alertState(a) == state {
				list = append(list, a)
			}
		}
	}
	return block{
		keep: keepAlerts, heading: "Alerts", noun: "alerts", n: len(list),
		columns: []column{{"alert", false}, {"state", false}, {"severity", false}, {"finding", false}},
		row: func(i int) []string {
			a := list[i]
			return []string{codeCell(alertName(a)), alertState(a), alertSeverity(a), prose(alertText(a))}
		},
	}
}

// footer is the suite line, in small print, with the way to the whole report.
func footer(r *regress.Report, o Options) block {
	text := ""
	for i, part := range suiteParts(r) {
		if i > 0 {
			text += "; "
		}
		text += prose(part)
	}
	return smallPrint(refLines(r), text+"."+link(o.RunURL))
}

// smallPrint ends a comment: what was measured, and a text that is Markdown.
func smallPrint(refs []refLine, text string) block {
	small := ""
	for _, l := range refs {
		small += l.label + ": "
		if l.commit != "" {
			small += code(l.commit) + " "
		}
		small += prose(l.rest) + "<br>"
	}
	return block{keep: keepFooter, n: 1, row: func(int) []string { return []string{"<sub>" + small + text + "</sub>"} }}
}

// link leads to the whole report.
func link(address string) string {
	if address = plainAddress(address); address == "" {
		return ""
	}
	return fmt.Sprintf(` <a href="%s">Whole report</a>`, html.EscapeString(address))
}

// plainAddress is the address, "" where it is not plain http.
func plainAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return ""
	}
	address = u.String()
	if len(address) > maxURL || unarmed(visible(address)) != address {
		return ""
	}
	return address
}
