package parse

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/org/regress-gate/regress"
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

func sniffJMeterCSV(head []byte) bool {
	_, _, ok := jmeterFirst(head)
	return ok
}

// parseJMeterCSV reads the results. Where JMeter appended to a file, a header
// stands in its middle: what follows is another run, and a sample of its own.
func parseJMeterCSV(r io.Reader, o Options) (*regress.Run, error) {
	text := bufferedHead(r)
	head, _ := text.Peek(sniffLen)
	t, header, ok := jmeterFirst(head)
	if !ok {
		return nil, lineError(o.File, 1, "neither the header nor a sample of JMeter")
	}
	csv := newCSVRows(text, o.File, t.delimiter)
	if header {
		csv.next()
	}
	report := newReport(o.File)
	rows := newJMeterRows(report, 1)
	var first time.Time
	for csv.next() {
		var s jmeterSample
		if err := t.sample(csv, &s); err != nil {
			again, header := jmeterHeader(bytes.Join(csv.fields, []byte{t.delimiter}))
			if !header {
				return nil, lineError(o.File, csv.number, "%w", err)
			}
			report.remark(csv.number, "a second header: JMeter appended a run to the file; its values are further samples")
			if err := rows.finish(); err != nil {
				return nil, err
			}
			t, rows = again, newJMeterRows(report, csv.number)
			continue
		}
		if !rows.add(&s) {
			return nil, lineError(o.File, csv.number, "an elapsed time of %v s cannot be", s.elapsed)
		}
		if first.IsZero() && s.timed {
			first = s.begin
		}
	}
	if csv.err != nil {
		return nil, csv.err
	}
	if err := rows.finish(); err != nil {
		return nil, err
	}
	return jmeterRun(report, first), nil
}

// sample reads a row.
func (t *jmeterTable) sample(csv *csvRows, s *jmeterSample) error {
	f := csv.fields
	if t.elapsed < 0 {
		return fmt.Errorf("there is no column elapsed (jmeter.save.saveservice.time=true)")
	}
	if len(f) != t.columns {
		return fmt.Errorf("%d columns, and %d in the first row", len(f), t.columns)
	}
	var ok bool
	if s.elapsed, ok = parseNumber(f[t.elapsed], -3); !ok {
		return fmt.Errorf("elapsed is no number: %.40q", f[t.elapsed])
	}
	if t.count >= 0 && string(f[t.count]) != "1" && len(f[t.count]) > 0 {
		return fmt.Errorf("a row of %.20s samples (mode=Statistical), which have no single time: save each sample (mode=Standard)", f[t.count])
	}
	if t.begin >= 0 {
		if s.begin, s.timed = jmeterTime(f[t.begin]); !s.timed {
			return fmt.Errorf("a time stamp in no known form: %.40q (jmeter.save.saveservice.timestamp_format=ms)", f[t.begin])
		}
	}
	if t.label >= 0 {
		s.label = f[t.label]
	}
	switch {
	case t.success >= 0:
		s.checked, s.failed = true, string(f[t.success]) != "true"
		if s.failed && string(f[t.success]) != "false" {
			return fmt.Errorf("success is neither true nor false: %.40q", f[t.success])
		}
	case t.code >= 0:
		s.checked, s.failed = true, !jmeterPassed(f[t.code])
	}
	if t.bytes >= 0 {
		s.bytes, s.sized = parseNumber(f[t.bytes], 0)
	}
	return nil
}

// jmeterPassed tells a response code that is no failure, where no column says so:
// 2xx and 3xx.
func jmeterPassed(code []byte) bool {
	return len(code) == 3 && (code[0] == '2' || code[0] == '3')
}

// jmeterTimes are forms of jmeter.save.saveservice.timestamp_format in use.
var jmeterTimes = []string{
	"2006/01/02 15:04:05.000", "2006-01-02 15:04:05.000", "2006/01/02 15:04:05", "2006-01-02 15:04:05",
	"2006-01-02T15:04:05.000Z07:00", "2006-01-02T15:04:05.000", "2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05",
	"01/02/06 15:04:05", "01/02/2006 15:04:05", "01/02/2006 15:04:05.000", "02.01.2006 15:04:05", "2006-01-02 15:04:05,000", "2006/01/02 15:04:05,000",
}

// jmeterTime reads a time stamp: milliseconds since 1970, or a date.
func jmeterTime(text []byte) (t time.Time, ok bool) {
	if n, end := readDigits(text, 0, 0); end > 0 && end == len(text) {
		return time.UnixMilli(int64(n)), end >= 12 && end <= 14
	}
	for _, form := range jmeterTimes {
		if t, err := time.Parse(form, string(text)); err == nil {
			return t, true
		}
	}
	return t, false
}
