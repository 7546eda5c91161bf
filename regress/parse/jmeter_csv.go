package parse

import (
	"bytes"
	"fmt"
	"io"
	"time"

	"github.com/org/regress-gate/regress"
)

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
