package render

import (
	"fmt"
	"math"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/unit"
)

// causes says of each diagnosis, in one sentence, where the loss comes from.
func causes(r *regress.Report) []remark {
	var list []remark
	for i := range r.Diagnoses {
		list = append(list, cause(&r.Diagnoses[i]))
	}
	return list
}

// cause is the sentence of one diagnosis.
func cause(d *regress.Diagnosis) remark {
	m := remark{subject: "the " + kindText(d.Kind) + " profile"}
	if d.Kind == "trace" {
		m.subject = "the traces"
	}
	if d.Of != (regress.Key{}) {
		m.subject = subject(d.Of)
	}
	if d.Culprit == "" || len(d.Grown) == 0 {
		m.text = "not explained: no function's share grew out of the noise, or all grew alike"
		if len(d.Grown) > 0 {
			g := d.Grown[0]
			m.text = fmt.Sprintf("not explained by one function: %s grew most, from %s to %s of all", name(g.Function), unit.FormatShare(g.Base.Flat), unit.FormatShare(g.Head.Flat))
		}
		return m
	}
	g := d.Grown[0]
	took := fmt.Sprintf("with what it calls it has %s of the %s samples, and had %s", unit.FormatShare(g.Head.Cum), kindText(d.Kind), unit.FormatShare(g.Base.Cum))
	if d.Kind == "trace" {
		took = fmt.Sprintf("with what runs within it has %s of the time of a trace, and had %s", unit.FormatShare(g.Head.Cum), unit.FormatShare(g.Base.Cum))
	}
	explained, known := d.Explained.Get()
	change, _ := d.Change.Get()
	switch {
	case !known:
		m.text = fmt.Sprintf("%s grew most: %s", name(d.Culprit), took)
	case explained < 0.5:
		m.text = fmt.Sprintf("mostly not explained: %s grew most, and is %s of the %s: %s", name(d.Culprit), unit.FormatShare(explained), unit.FormatChange(change), took)
	default:
		m.text = fmt.Sprintf("%s explains %s of the %s: %s", name(d.Culprit), unit.FormatShare(min(1, explained)), unit.FormatChange(change), took)
	}
	return m
}

func kindText(kind string) string {
	switch kind {
	case "", "samples": // of folded stacks, which say no more
		return "stack"
	case "cpu":
		return "CPU"
	case "trace":
		return "trace"
	case "alloc_space":
		return "allocated memory"
	case "alloc_objects":
		return "allocations"
	case "inuse_space":
		return "memory in use"
	}
	return name(kind)
}

// grownRow is a function with its shares: base, head and growth, own and with
// what it calls.
func grownRow(g *regress.Grown) []string {
	points := func(v float64) string { return fmt.Sprintf("%+.1f", 100*v) }
	return []string{
		unit.FormatShare(g.Base.Flat), unit.FormatShare(g.Head.Flat), points(g.Head.Flat - g.Base.Flat),
		unit.FormatShare(g.Base.Cum), unit.FormatShare(g.Head.Cum), points(g.Head.Cum - g.Base.Cum),
	}
}

// callTree is the calls on the way to what grew, as a tree of lines: those whose
// share changed by a hundredth of all samples, and what calls them.
func callTree(d *regress.Diagnosis, most int) (lines []string, left int) {
	keep := make([]bool, len(d.Calls))
	for i := range d.Calls {
		if math.Abs(d.Calls[i].Head-d.Calls[i].Base) < 0.01 {
			continue
		}
		depth := d.Calls[i].Depth + 1
		for j := i; j >= 0 && depth > 0; j-- {
			if d.Calls[j].Depth < depth {
				keep[j], depth = true, d.Calls[j].Depth
			}
		}
	}
	const indent = 2
	for i := range d.Calls {
		c := &d.Calls[i]
		switch {
		case !keep[i]:
		case len(lines) == most:
			left++
		default:
			lines = append(lines, fmt.Sprintf("%s%s  %s → %s", strings.Repeat(" ", indent*min(c.Depth, 30)), shorten(visible(c.Function), 60), unit.FormatShare(c.Base), unit.FormatShare(c.Head)))
		}
	}
	return lines, left
}

// maxTree is how many calls a comment or a terminal shows.
const maxTree = 40

// grownBlock lists the functions whose share grew most.
func grownBlock(r *regress.Report) block {
	type row struct {
		of string
		*regress.Grown
	}
	var list []row
	for i := range r.Diagnoses {
		for j := range r.Diagnoses[i].Grown {
			list = append(list, row{cause(&r.Diagnoses[i]).subject, &r.Diagnoses[i].Grown[j]})
		}
	}
	return block{
		keep: keepNotes, heading: "Functions that grew", noun: "functions", n: len(list), folded: true,
		columns: []column{
			{"of", false}, {"function", false}, {"own, base", true}, {"head", true}, {"points", true},
			{"with calls, base", true}, {"head", true}, {"points", true},
		},
		row: func(i int) []string {
			cells := []string{codeCell(list[i].of), codeCell(list[i].Function)}
			for _, cell := range grownRow(list[i].Grown) {
				cells = append(cells, number(cell))
			}
			return cells
		},
	}
}

// treeBlock is the differential flame graph as text.
func treeBlock(r *regress.Report) block {
	var list []string
	for i := range r.Diagnoses {
		lines, left := callTree(&r.Diagnoses[i], maxTree)
		list = append(list, lines...)
		if left > 0 {
			list = append(list, notShown(left, "more calls"))
		}
	}
	return block{
		keep: keepNotes, heading: "Calls that changed: share of all samples, base → head", noun: "calls", n: len(list), folded: true,
		columns: []column{{"call", false}}, row: func(i int) []string { return []string{codeCell(strings.ReplaceAll(list[i], " ", "\u00a0"))} },
	}
}
