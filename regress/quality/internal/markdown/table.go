// Package markdown lays out the tables that the programs of regress/quality print.
package markdown

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Table is a Markdown table that people can read as it stands.
type Table struct{ rows [][]string }

// NewTable returns a table with this header and nothing below it.
func NewTable(header ...string) *Table { return &Table{[][]string{header}} }

// Add appends a row; it has as many cells as the header.
func (t *Table) Add(cells ...string) { t.rows = append(t.rows, cells) }

// Empty tells whether there is nothing below the header.
func (t *Table) Empty() bool { return len(t.rows) == 1 }

// String pads every column to its widest cell.
func (t *Table) String() string {
	widths := make([]int, len(t.rows[0]))
	for _, row := range t.rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	var b strings.Builder
	for line, row := range t.rows {
		for i, cell := range row {
			fmt.Fprintf(&b, "| %s%s ", cell, strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)))
		}
		b.WriteString("|\n")
		if line == 0 {
			for _, width := range widths {
				b.WriteString("|" + strings.Repeat("-", width+2))
			}
			b.WriteString("|\n")
		}
	}
	return b.String()
}
