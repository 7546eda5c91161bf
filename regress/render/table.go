package render

import (
	"strings"
)

// column is one column of a table.
type column struct {
	head  string
	right bool // align to the right: numbers
}

// table is a heading and rows of that many cells, already escaped.
type table struct {
	columns []column
	rows    [][]string
}

// trimmed returns the table without the columns that show nothing: a run
// without benchmarks needs no column for their names.
func (t table) trimmed() table {
	var keep []int
	for i := range t.columns {
		for _, row := range t.rows {
			if row[i] != none && row[i] != "" {
				keep = append(keep, i)
				break
			}
		}
	}
	out := table{columns: pick(t.columns, keep)}
	for _, row := range t.rows {
		out.rows = append(out.rows, pick(row, keep))
	}
	return out
}

// widths returns how wide each column has to be on a terminal.
func (t table) widths() []int {
	widths := make([]int, len(t.columns))
	for i, c := range t.columns {
		widths[i] = width(c.head)
		for _, row := range t.rows {
			widths[i] = max(widths[i], width(row[i]))
		}
	}
	return widths
}

func pick[T any](list []T, at []int) []T {
	picked := make([]T, len(at))
	for i, j := range at {
		picked[i] = list[j]
	}
	return picked
}

// markdown is the table as GitHub reads it: every row has as many cells as the
// heading, since no cell holds a bare pipe.
func (t table) markdown(b *strings.Builder) {
	for _, c := range t.columns {
		b.WriteString("| " + c.head + " ")
	}
	b.WriteString("|\n")
	for _, c := range t.columns {
		if c.right {
			b.WriteString("|--:")
		} else {
			b.WriteString("|---")
		}
	}
	b.WriteString("|\n")
	for _, row := range t.rows {
		for _, cell := range row {
			b.WriteString("| ")
			b.WriteString(cell)
			b.WriteString(" ")
		}
		b.WriteString("|\n")
	}
}
