package main

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/org/regress-gate/regress/infer"
	"github.com/org/regress-gate/regress/unit"
)

// table is what is printed: rows of text, and remarks below.
type table struct {
	rows    [][]string
	remarks []string
}

func (t *table) add(load int, c tally) {
	t.rows = append(t.rows, texts(load, c.how, c.comparisons, c.metrics, c.alarms, c.shut, c.suspects, c.unchanged, c.doubtful))
	if c.alarms > 0 {
		slices.Sort(c.names)
		t.remarks = append(t.remarks, fmt.Sprintf("load %d, %s: %s", load, c.how, strings.Join(c.names, ", ")))
	}
}

func (t *table) addPlanted(load, share, n int, p planted) {
	t.rows = append(t.rows, texts(load, fmt.Sprintf("%d %%", share), n, p.found, p.suspect, p.doubtful, p.missed, p.alarms, typical(p.noise), typical(p.detects), count(p.enough)))
}

// typical is the median, in percent.
func typical(shares []float64) string {
	if len(shares) == 0 {
		return "–"
	}
	return unit.FormatShare(infer.Median(shares))
}

// count is the median, as a whole number.
func count(numbers []float64) string {
	if middle := infer.Median(numbers); !math.IsInf(middle, 0) {
		return fmt.Sprintf("%.0f", middle)
	}
	return "none"
}

func texts(cells ...any) []string {
	row := make([]string, len(cells))
	for i, c := range cells {
		row[i] = fmt.Sprint(c)
	}
	return row
}

// print writes the table as Markdown.
func (t *table) print(w io.Writer, heading string, columns []string) {
	fmt.Fprintf(w, "%s\n\n| %s |\n|%s\n", heading, strings.Join(columns, " | "), strings.Repeat("---|", len(columns)))
	for _, row := range t.rows {
		fmt.Fprintf(w, "| %s |\n", strings.Join(row, " | "))
	}
	for _, remark := range t.remarks {
		fmt.Fprintf(w, "\n%s\n", remark)
	}
	fmt.Fprintln(w)
}
