package parse

import (
	"bytes"
	"errors"
	"io"
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
	line, _, whole := bytes.Cut(head, []byte{'\n'})
	begin, _, _, ok := vegetaCells(line)
	return ok && begin >= 1e18 && (!whole || vegetaColumns[columns(line)])
}

func parseVegetaCSV(r io.Reader, o Options) (*regress.Run, error) {
	var v vegetaResults
	l := newLines(r)
	width := 0
	for l.next() {
		first := l.number
		begin, code, latency, ok := vegetaCells(l.text)
		n, err := rowColumns(l)
		if err != nil {
			return nil, lineError(o.File, first, "%w", err)
		}
		if width == 0 && vegetaColumns[n] {
			width = n
		}
		ok = ok && (n == width || l.long)
		switch {
		case l.cut:
			return nil, lineError(o.File, l.number, "the file is cut off within its last line: write it again")
		case !ok || !v.add(begin, code, latency):
			return nil, lineError(o.File, first, "not a result of vegeta encode --to csv: %.60q", l.text)
		}
	}
	if err := l.failed(); err != nil {
		return nil, lineError(o.File, l.number, "%w", err)
	}
	return v.run(o.File)
}

// vegetaCells reads the first three columns.
func vegetaCells(line []byte) (begin, code, latency int64, ok bool) {
	var cells [3]int64
	for i := range cells {
		digits, end := readDigits(line, 0, 0)
		if end == 0 || end >= maxDigits+1 || end >= len(line) || line[end] != ',' || digits > 1<<63-1 {
			return 0, 0, 0, false
		}
		cells[i] = int64(digits)
		line = line[end+1:]
	}
	return cells[0], cells[1], cells[2], true
}

// rowColumns counts the columns of a row, which goes on in further lines where a
// quoted cell has a line end in it. It ends with a long line, in which the body
// is, and of which only the beginning is kept.
func rowColumns(l *lines) (int, error) {
	n := columns(l.text)
	if n > 0 || l.long {
		return n, nil
	}
	row := bytes.Clone(l.text)
	for n == 0 && !l.long && len(row) <= maxLine && l.next() {
		row = append(append(row, '\n'), l.text...)
		n = columns(row)
	}
	if n == 0 && !l.long {
		return 0, errors.New("a quoted cell without an end begins here: the file is cut off or damaged")
	}
	return n, nil
}

// columns counts the cells of a CSV row, 0 where a quoted one does not end.
func columns(row []byte) int {
	if bytes.IndexByte(row, '"') < 0 {
		return bytes.Count(row, []byte{','}) + 1
	}
	n, quoted := 1, false
	for _, c := range row {
		switch {
		case c == '"':
			quoted = !quoted
		case c == ',' && !quoted:
			n++
		}
	}
	if quoted {
		return 0
	}
	return n
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
