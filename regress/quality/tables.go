package main

import (
	"fmt"

	"github.com/org/regress-gate/regress/quality/internal/markdown"
)

// hosted runners, with the experiments that a user can choose between.
var (
	hostedABBA      = scenario{world: hosted, design: interleaved, n: 10, metrics: suiteSize}
	hostedBlocks    = scenario{world: hosted, design: blocks, n: 10, metrics: suiteSize}
	hostedStored    = scenario{world: hosted, design: stored, n: 10, metrics: suiteSize}
	hostedHistory   = scenario{world: hosted, design: stored, runs: 20, n: 10, metrics: suiteSize}
	hostedLooks     = scenario{world: hosted, design: looked, n: 20, metrics: suiteSize}
	hostedConfirmed = scenario{world: hosted, design: confirmed, n: 10, metrics: suiteSize}
)

// column is one figure of every rule.
type column struct {
	head string
	of   scenario
	part int
}

func (c column) cell(l *lab, rule int) string {
	if rule > 0 && c.part == inconclusive {
		return "–" // the rivals know no such verdict
	}
	return l.measure(c.of)[rule][c.part].String()
}

// byRule sets the shipped judge beside the rivals, on the same data.
func byRule(l *lab, columns []column) *markdown.Table {
	header := []string{"rule"}
	for _, c := range columns {
		header = append(header, c.head)
	}
	t := markdown.NewTable(header...)
	for rule := range 1 + len(rivals) {
		name := "**regress-gate**"
		if rule > 0 {
			name = rivals[rule-1].name
		}
		cells := []string{name}
		for _, c := range columns {
			cells = append(cells, c.cell(l, rule))
		}
		t.Add(cells...)
	}
	return t
}

// byRuleFully is the comparison for ten samples a side.
func byRuleFully(l *lab) *markdown.Table {
	one, many := clean(10, 1), clean(10, suiteSize)
	columns := []column{
		{"false alarms, 1 metric", one, failed}, {"20 metrics", clean(10, 20), failed}, {"200 metrics", many, failed},
	}
	for _, suite := range []scenario{one, many} {
		for _, times := range []float64{1.5, 2, 3} {
			head := fmt.Sprintf("%g× found, 1 of %d", times, suite.metrics)
			columns = append(columns, column{head, suite.change(1, times), found})
		}
	}
	return byRule(l, append(columns, column{"clean ones inconclusive", many, inconclusive}))
}

// byRuleShortly is the comparison for another number of samples.
func byRuleShortly(n int) func(*lab) *markdown.Table {
	return func(l *lab) *markdown.Table {
		many := clean(n, suiteSize)
		return byRule(l, []column{
			{"false alarms, 1 metric", clean(n, 1), failed},
			{"200 metrics", many, failed},
			{"1.5× found, 1 of 200", many.change(1, 1.5), found},
			{"3× found, 1 of 200", many.change(1, 3), found},
			{"clean ones inconclusive", many, inconclusive},
		})
	}
}

// byNoise shows what more samples bring for metrics of one noise.
func byNoise(l *lab) *markdown.Table {
	header := []string{"n"}
	for _, cv := range noises {
		header = append(header, fmt.Sprintf("noise %g %%", 100*cv))
	}
	t := markdown.NewTable(header...)
	for _, n := range []int{4, 5, 6, 8, 10, 20} {
		cells := []string{fmt.Sprint(n)}
		for _, cv := range noises {
			s := scenario{world: only(anyShape, cv), n: n, metrics: suiteSize, cell: true}
			cells = append(cells, fmt.Sprintf("%s / %s", l.measure(s)[0][failed], l.measure(s.change(1, 3))[0][found]))
		}
		t.Add(cells...)
	}
	return t
}

// byDesign shows what the experiment matters, for losses of so many thresholds.
func byDesign(multiples ...float64) func(*lab) *markdown.Table {
	return func(l *lab) *markdown.Table {
		header := []string{"experiment", "false alarms", "unproven"}
		for _, times := range multiples {
			header = append(header, fmt.Sprintf("%g× found", times))
		}
		t := markdown.NewTable(append(header, "samples of a metric", "measured again")...)
		for _, d := range experiments() {
			clean := l.measure(d.scenario)[0]
			cells := []string{d.name, clean[failed].String(), clean[unproven].String()}
			for _, times := range multiples {
				cells = append(cells, l.measure(d.change(1, times))[0][found].String())
			}
			cells = append(cells, clean[taken].String())
			again := "–"
			if d.design == confirmed {
				again = clean[reruns].String()
			}
			t.Add(append(cells, again)...)
		}
		return t
	}
}

// experiment is a row of byDesign.
type experiment struct {
	name string
	scenario
}

func experiments() []experiment {
	fewer, more, dedicated := hostedABBA, hostedABBA, hostedHistory
	fewer.n, more.n, dedicated.world = 5, 20, quiet
	return []experiment{
		{"stored baseline", hostedStored},
		{"stored baseline, history of 20 runs", hostedHistory},
		{"same job, AAAA…BBBB, 10 processes a side", hostedBlocks},
		{"**same job, interleaved ABBA, 10 processes a side**", hostedABBA},
		{"… 5 processes a side", fewer},
		{"… 20 processes a side", more},
		{"… looks after 5, 10 and 20 processes a side", hostedLooks},
		{"**stored baseline, suspects measured again interleaved**", hostedConfirmed},
		{"quiet machine, stored baseline, history of 20 runs", dedicated},
	}
}
