package parse

import (
	"bufio"
	"bytes"
	"io"
	"strings"

	"github.com/org/regress-gate/regress"
)

// jmhCSVHeader begins the header of -rf csv; -rf scsv has semicolons.
const jmhCSVHeader = `"Benchmark","Mode","Threads","Samples","Score",`

func sniffJMHCSV(head []byte) bool {
	return bytes.HasPrefix(bytes.ReplaceAll(head[:min(len(head), len(jmhCSVHeader))], []byte{';'}, []byte{','}), []byte(jmhCSVHeader))
}

// parseJMHCSV reads -rf csv and -rf scsv, which have one score of each benchmark.
func parseJMHCSV(r io.Reader, o Options) (*regress.Run, error) {
	text := bufio.NewReader(r)
	comma := byte(',')
	if head, _ := text.Peek(len(jmhCSVHeader)); bytes.IndexByte(head, ';') >= 0 {
		comma = ';'
	}
	rows := newCSVRows(text, o.File, comma)
	if !rows.next() {
		return nil, rows.err
	}
	at, err := rows.columns("Benchmark", "Mode", "Score", "Unit")
	if err != nil {
		return nil, err
	}
	params := map[int]string{}
	for i, field := range rows.fields {
		if name, found := strings.CutPrefix(string(field), "Param: "); found {
			params[i] = name
		}
	}
	width := len(rows.fields)
	if at[3] < 0 {
		return nil, rows.missing("Unit", "is this JMH's -rf csv?")
	}
	c := newCollector(o.File)
	for rows.next() {
		if err := rows.width(width); err != nil {
			return nil, err
		}
		cell := func(i int) string { return string(rows.fields[at[i]]) }
		var list []string
		for i, field := range rows.fields {
			if name := params[i]; name != "" && len(field) > 0 {
				list = append(list, name+"="+string(field))
			}
		}
		if err := c.jmhScore(cell(0), parameters(list), cell(1), cell(2), cell(3)); err != nil {
			return nil, lineError(o.File, rows.number, "%w", err)
		}
	}
	if rows.err != nil {
		return nil, rows.err
	}
	return c.finish("there is no row in JMH's table")
}
