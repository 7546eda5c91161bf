package main

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// tally counts faults by their kind and by how they ended.
type tally map[string]map[string]int

const lost = "LOST"

func (c tally) add(fault, outcome string, n int) {
	if c[fault] == nil {
		c[fault] = map[string]int{}
	}
	c[fault]["injected"] += n
	c[fault][outcome]++
}

func (c tally) lost() (n int) {
	for _, row := range c {
		n += row[lost]
	}
	return n
}

// String is a table in Markdown.
func (c tally) String() string {
	outcomes := map[string]int{}
	for _, row := range c {
		maps.Copy(outcomes, row)
	}
	delete(outcomes, "injected")
	delete(outcomes, lost)
	columns := append(append([]string{"injected"}, slices.Sorted(maps.Keys(outcomes))...), lost)
	var b bytes.Buffer
	fmt.Fprintf(&b, "\n| fault | %s |\n|---|%s\n", strings.Join(columns, " | "), strings.Repeat("---:|", len(columns)))
	for _, fault := range slices.Sorted(maps.Keys(c)) {
		fmt.Fprintf(&b, "| %s |", fault)
		for _, column := range columns {
			fmt.Fprintf(&b, " %d |", c[fault][column])
		}
		b.WriteByte('\n')
	}
	return b.String()
}
