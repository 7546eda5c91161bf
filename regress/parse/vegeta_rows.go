package parse

import (
	"bytes"
	"io"
	"math"
	"strconv"
	"time"

	"github.com/org/regress-gate/regress"
)

// vegetaColumns are the numbers of columns that versions of vegeta write: with
// attack and sequence number, and with method, URL and headers since 12.8.
var vegetaColumns = map[int]bool{9: true, 12: true}

// sniffVegetaCSV accepts a first row that begins with a time in nanoseconds, a
// status and a latency, and has as many columns as vegeta writes. There is no
// header.
func sniffVegetaCSV(head []byte) bool {
	row := bytes.Clone(firstRow(bytes.TrimLeft(head, "\r\n")))
	csv := newCSVRows(bytes.NewReader(append(row, '\n')), "", ',')
	if !csv.next() {
		return false
	}
	begin, _, _, ok := vegetaCells(csv.fields)
	return ok && begin >= 1e18 && (vegetaColumns[len(csv.fields)] || bytes.IndexByte(head, '\n') < 0)
}

func parseVegetaCSV(r io.Reader, o Options) (*regress.Run, error) {
	var v vegetaResults
	csv := newCSVRows(r, o.File, ',')
	csv.heads = true // a long row has the body in it
	width := 0
	for csv.next() {
		n := len(csv.fields)
		if width == 0 && vegetaColumns[n] {
			width = n
		}
		begin, code, latency, ok := vegetaCells(csv.fields)
		if !ok || n != width && !csv.lines.long || !v.add(begin, code, latency) {
			return nil, lineError(o.File, csv.number, "not a result of vegeta encode --to csv: %.60q", csv.fields)
		}
	}
	if csv.err != nil {
		return nil, csv.err
	}
	return v.run(o.File)
}

// vegetaCells reads the first three columns.
func vegetaCells(fields [][]byte) (begin, code, latency int64, ok bool) {
	if len(fields) < 4 { // the third is whole where a fourth begins
		return 0, 0, 0, false
	}
	var cells [3]int64
	for i := range cells {
		digits, end := readDigits(fields[i], 0, 0)
		if end == 0 || end < len(fields[i]) || end > maxDigits || digits > math.MaxInt64 {
			return 0, 0, 0, false
		}
		cells[i] = int64(digits)
	}
	return cells[0], cells[1], cells[2], true
}

// vegetaResult is one result in JSON, as far as it is of use here.
type vegetaResult struct {
	jsonLine
	timestamp, code, latency, bytesIn []byte
}

func (v *vegetaResult) field(name []byte) (*[]byte, byte) {
	switch string(name) {
	case `"timestamp"`:
		return &v.timestamp, '"'
	case `"code"`:
		return &v.code, '0'
	case `"latency"`:
		return &v.latency, '0'
	case `"bytes_in"`:
		return &v.bytesIn, '0'
	}
	return nil, 0
}

// decode reads a row. Whole tells that it came to its end.
func (v *vegetaResult) decode(row []byte) (begin, code, latency int64, whole, ok bool) {
	v.timestamp, v.code, v.latency, v.bytesIn = nil, nil, nil, nil
	whole = v.members(row, v.field)
	t, err := time.Parse(time.RFC3339Nano, string(v.timestamp))
	code, errCode := strconv.ParseInt(string(v.code), 10, 64)
	latency, errLatency := strconv.ParseInt(string(v.latency), 10, 64)
	return t.UnixNano(), code, latency, whole, err == nil && errCode == nil && errLatency == nil
}

func sniffVegetaJSON(head []byte) bool {
	var v vegetaResult
	line, _, _ := bytes.Cut(bytes.TrimLeft(head, " \t\r\n"), []byte{'\n'})
	_, _, _, _, ok := v.decode(line)
	return ok && v.bytesIn != nil
}

func parseVegetaJSON(r io.Reader, o Options) (*regress.Run, error) {
	var v vegetaResults
	var row vegetaResult
	l := newLines(r)
	for l.next() {
		if len(bytes.TrimSpace(l.text)) == 0 {
			continue
		}
		begin, code, latency, whole, ok := row.decode(l.text)
		switch {
		case l.cut && !whole:
			return nil, lineError(o.File, l.number, "the file is cut off within its last line: write it again")
		case !ok || !whole && !l.long || !v.add(begin, code, latency):
			return nil, lineError(o.File, l.number, "not a result of vegeta encode: %.60q", l.text)
		}
	}
	if err := l.failed(); err != nil {
		return nil, lineError(o.File, l.number, "%w", err)
	}
	return v.run(o.File)
}
