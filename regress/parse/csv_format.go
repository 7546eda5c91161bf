package parse

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/internal/strict"
)

var csvFormat = Format{
	Name:    "csv",
	Doc:     "CSV with a header: benchmark,metric,value,unit in any order; benchmark and unit may be left out, other columns are ignored",
	Example: `printf 'benchmark,metric,value,unit\nBuild,time,12.5,s\n' > run.csv`,
	Metrics: "those that the file names; rows of one metric are its samples",
	Sniff:   sniffCSV,
	Parse:   parseCSV,
}

// sniffCSV accepts a first line that names the columns metric and value.
func sniffCSV(head []byte) bool {
	line, _, _ := bytes.Cut(head, []byte{'\n'})
	csv := newCSVRows(bytes.NewReader(append(bytes.Clone(line), '\n')), "", ',')
	if !csv.next() {
		return false
	}
	at, err := csv.columns("metric", "value")
	return err != nil || !slices.Contains(at, -1) // what is there twice, the parser complains of
}

// parseCSV reads all rows, and reports together what is wrong in several.
func parseCSV(r io.Reader, o Options) (*regress.Run, error) {
	csv := newCSVRows(r, o.File, ',')
	csv.open = true // people join lines by line ends, and have none behind the last
	p := csvParser{collector: newCollector(o.File), csv: csv, units: map[regress.Key]csvUnit{}}
	if !csv.next() {
		return nil, csv.err
	}
	if err := p.header(); err != nil {
		return nil, err
	}
	var problems []error
	for len(problems) < strict.MaxProblems && csv.next() {
		if err := p.row(); err != nil {
			problems = append(problems, err)
		}
	}
	if csv.err != nil {
		problems = append(problems, csv.err)
	}
	if err := errors.Join(problems...); err != nil {
		return nil, err
	}
	if csv.lines.cut {
		p.remark(csv.number, "the last row has no line end: if the file is cut off, its value is wrong")
	}
	return p.finish("there is no row below the header: nothing was measured")
}

type csvParser struct {
	*collector
	csv                            *csvRows
	benchmark, metric, value, unit int // columns, -1 where there is none
	width                          int
	units                          map[regress.Key]csvUnit
}

// csvUnit is the unit of a metric, and the line that says so.
type csvUnit struct {
	unit string
	line int
}

func (p *csvParser) header() error {
	at, err := p.csv.columns("benchmark", "metric", "value", "unit")
	if err != nil {
		return err
	}
	p.benchmark, p.metric, p.value, p.unit, p.width = at[0], at[1], at[2], at[3], len(p.csv.fields)
	for i, name := range []string{"metric", "value"} {
		if at[i+1] < 0 {
			return p.csv.missing(name, "the first line must name the columns: benchmark,metric,value,unit in any order, separated by commas")
		}
	}
	var ignored []string
	for i, field := range p.csv.fields {
		if !slices.Contains(at, i) {
			ignored = append(ignored, fmt.Sprintf("%.60q", bytes.TrimSpace(field)))
		}
	}
	if len(ignored) > 0 {
		p.remark(p.csv.number, "columns that are ignored: %.600s", strings.Join(ignored, ", "))
	}
	return nil
}

// field returns the text in a column, "" where there is no such column.
func (p *csvParser) field(column int) string {
	if column < 0 {
		return ""
	}
	return string(bytes.TrimSpace(p.csv.fields[column]))
}

func (p *csvParser) row() error {
	line := p.csv.number
	if len(p.csv.fields) != p.width {
		return lineError(p.file, line, "%d columns, and %d in the header (a value with a comma in it?)", len(p.csv.fields), p.width)
	}
	value := bytes.TrimSpace(p.csv.fields[p.value])
	v, ok := parseNumber(value, 0)
	key := regress.Key{Benchmark: p.field(p.benchmark), Metric: p.field(p.metric)}
	switch {
	case key.Metric == "":
		return lineError(p.file, line, "a row without the name of a metric")
	case !ok:
		return lineError(p.file, line, "%s: value %.40q is not a number (write it with a decimal point)", key, value)
	}
	unit := csvUnit{p.field(p.unit), line}
	if first, known := p.units[key]; !known {
		p.units[key] = unit
	} else if first.unit != unit.unit {
		return lineError(p.file, line, "%s is in %.40q here and in %.40q in line %d", key, unit.unit, first.unit, first.line)
	}
	p.add(key.Benchmark, key.Metric, unit.unit, v)
	return nil
}
