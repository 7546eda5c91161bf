package parse

import (
	"bytes"
	"slices"
)

// jmeterColumns are the names of the columns that JMeter writes. Each can be
// switched off, and variables of the plan can follow.
var jmeterColumns = []string{
	"timeStamp", "elapsed", "label", "responseCode", "responseMessage", "threadName", "dataType", "success", "failureMessage",
	"bytes", "sentBytes", "grpThreads", "allThreads", "URL", "Filename", "Latency", "Encoding", "SampleCount", "ErrorCount",
	"Hostname", "IdleTime", "Connect",
}

// jmeterDelimiters are those in use for jmeter.save.saveservice.default_delimiter.
var jmeterDelimiters = []byte{',', ';', '\t', '|'}

// jmeterTable says where what is read stands in a row, -1 for what does not.
type jmeterTable struct {
	delimiter                                                   byte
	begin, elapsed, label, code, success, bytes, count, columns int
}

// jmeterHeader reads a header: three columns of JMeter's, of which one is elapsed
// or timeStamp.
func jmeterHeader(line []byte) (t jmeterTable, ok bool) {
	for _, delimiter := range jmeterDelimiters {
		cells := bytes.Split(line, []byte{delimiter})
		where := map[string]int{}
		for i, cell := range cells {
			name := string(bytes.Trim(bytes.TrimSpace(cell), `"`))
			if _, twice := where[name]; slices.Contains(jmeterColumns, name) && !twice {
				where[name] = i
			}
		}
		at := func(name string) int {
			if i, found := where[name]; found {
				return i
			}
			return -1
		}
		t = jmeterTable{delimiter, at("timeStamp"), at("elapsed"), at("label"), at("responseCode"), at("success"), at("bytes"), at("SampleCount"), len(cells)}
		if len(where) >= 3 && t.begin+t.elapsed > -2 {
			return t, true
		}
	}
	return jmeterTable{}, false
}

// jmeterBare reads a first row that is no header. The first eight columns are the
// same in all versions; where bytes stand, their number tells: 2.13 and before,
// and those that have failureMessage before them.
func jmeterBare(line []byte) (t jmeterTable, ok bool) {
	for _, delimiter := range jmeterDelimiters {
		csv := newCSVRows(bytes.NewReader(append(bytes.Clone(line), '\n')), "", delimiter)
		if !csv.next() && len(csv.fields) < 8 {
			continue
		}
		f := csv.fields
		if len(f) < 8 {
			continue
		}
		_, timed := jmeterTime(f[0])
		_, digits := readDigits(f[1], 0, 0)
		if timed && digits == len(f[1]) && digits > 0 && (string(f[7]) == "true" || string(f[7]) == "false") {
			size := -1
			switch len(f) {
			case 10, 12:
				size = 8
			case 16, 17:
				size = 9
			}
			return jmeterTable{delimiter, 0, 1, 2, 3, 7, size, -1, len(f)}, true
		}
	}
	return jmeterTable{}, false
}

// jmeterFirst reads the first row of a file, and tells whether it is a header.
func jmeterFirst(head []byte) (t jmeterTable, header, ok bool) {
	line := bytes.TrimRight(firstRow(head), "\r")
	if t, ok = jmeterHeader(line); ok {
		return t, true, true
	}
	t, ok = jmeterBare(line)
	return t, false, ok
}

// firstRow returns the first row of a CSV, which may have line ends in quotes.
func firstRow(head []byte) []byte {
	quoted := false
	for i, c := range head {
		if c == '"' {
			quoted = !quoted
		} else if c == '\n' && !quoted {
			return head[:i]
		}
	}
	return head
}
