package render

import (
	"fmt"
	"slices"
	"strings"
)

const (
	markdownBudget = 60_000 // bytes; GitHub refuses a comment of more than 65,536 characters
	leastBudget    = 4_096  // room for the opening and for saying what was cut
)

// importance orders the blocks of a comment by what is kept when not all fit.
type importance uint8

// The most important first.
const (
	keepFooter importance = iota // small, and of bounded size
	keepRegressions
	keepAlerts
	keepEdits
	keepRemedies
	keepReruns
	keepDrift
	keepInconclusive
	keepMissing
	keepIncomparable
	keepImproved
	keepNotes
	keepWarnings
	keepNew
	keepUnjudged
	keepUnchanged
)

// block is one part of a comment: a table, or bullets where it has no columns.
// Its rows are made one by one, so that a report of any size costs no more than
// what fits.
type block struct {
	keep    importance
	heading string // "" for a line that stands by itself
	noun    string // "37 unchanged not shown"
	columns []column
	folded  bool // inside <details>, with its heading as the summary
	n       int
	row     func(i int) []string

	rows [][]string // those that fit
}

// fit returns the opening and as much of the blocks as the limit holds. Rows are
// cut whole, from the least important block on: nothing is shown of a block once
// a more important one had to be cut.
func fit(limit int, opening string, blocks []block) string {
	order := make([]*block, len(blocks))
	for i := range blocks {
		order[i] = &blocks[i]
	}
	left := limit - len(opening) - len(notice(blocks)) // nothing has rows yet: the longest notice
	slices.SortStableFunc(order, func(a, b *block) int { return int(a.keep) - int(b.keep) })
	for _, b := range order {
		if left = b.fill(left); len(b.rows) < b.n && b.keep != keepFooter {
			break
		}
	}
	var out strings.Builder
	out.WriteString(opening)
	for i := range blocks {
		b := &blocks[i]
		if b.keep == keepFooter { // the small print
			out.WriteString(notice(blocks))
		}
		if len(b.rows) > 0 {
			b.write(&out)
		}
	}
	return out.String()
}

// fill takes rows while they fit, and returns what is left.
func (b *block) fill(left int) int {
	if b.n == 0 {
		return left
	}
	var frame strings.Builder
	b.write(&frame)
	before := left
	left -= frame.Len()
	for i := range b.n {
		row := b.row(i)
		size := len("|\n")
		for _, cell := range row {
			size += len("|  ") + len(cell)
		}
		if size > left {
			break
		}
		left -= size
		b.rows = append(b.rows, row)
	}
	if len(b.rows) == 0 {
		return before
	}
	return left
}

// write writes the block with the rows that it has.
func (b *block) write(out *strings.Builder) {
	switch {
	case b.heading == "":
		out.WriteString("\n")
	case b.folded:
		fmt.Fprintf(out, "\n<details><summary>%s: %d</summary>\n\n", b.heading, b.n)
	default:
		out.WriteString("\n### " + b.heading)
		if b.columns != nil {
			fmt.Fprintf(out, ": %d", b.n)
		}
		out.WriteString("\n\n")
	}
	if b.columns != nil {
		all := table{columns: b.columns, rows: b.rows}
		if len(b.rows) > 0 {
			all = all.trimmed()
		}
		all.markdown(out)
	}
	for _, row := range b.rows {
		switch {
		case b.columns != nil:
		case b.heading == "":
			out.WriteString(row[0] + "\n")
		default:
			out.WriteString("- " + row[0] + "\n")
		}
	}
	if b.folded {
		out.WriteString("\n</details>\n")
	}
}

// notice says how much of which block is not shown.
func notice(blocks []block) string {
	var parts []string
	for i := range blocks {
		if b := &blocks[i]; len(b.rows) < b.n && b.noun != "" {
			parts = append(parts, fmt.Sprintf("%d %s", b.n-len(b.rows), b.noun))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "\nNot shown, for want of room: " + strings.Join(parts, ", ") + ".\n"
}
