package parse

import (
	"bytes"
	"io"
	"strings"
	"time"

	"github.com/org/regress-gate/regress"
)

const k6CSVHeader = "metric_name,timestamp,metric_value,"

func sniffK6CSV(head []byte) bool { return bytes.HasPrefix(head, []byte(k6CSVHeader)) }

// parseK6CSV reads --out csv. It does not say of what type a metric is: those of
// k6 are known, and others are read as trends.
func parseK6CSV(r io.Reader, o Options) (*regress.Run, error) {
	csv := newCSVRows(r, o.File, ',')
	if !csv.next() {
		return nil, csv.err
	}
	expected := -1
	for i, name := range csv.fields {
		if string(name) == "expected_response" {
			expected = i
		}
	}
	columns := len(csv.fields)
	rows := newK6Rows(o.File)
	for csv.next() {
		if string(csv.fields[0]) == "metric_name" {
			return nil, lineError(o.File, csv.number, "a second header: give the files of two runs one by one")
		}
		if err := csv.width(columns); err != nil {
			return nil, err
		}
		at, resolution, ok := k6Time(csv.fields[1])
		value, numeric := parseNumber(csv.fields[2], 0)
		if !ok || !numeric {
			return nil, lineError(o.File, csv.number, "not a point of k6: time %.40q, value %.40q", csv.fields[1], csv.fields[2])
		}
		m := rows.known[string(csv.fields[0])]
		if m == nil {
			var err error
			if m, err = rows.column(string(csv.fields[0]), csv.number, expected >= 0); err != nil {
				return nil, err
			}
		}
		rows.resolution = max(min(rows.resolution, resolution), time.Nanosecond)
		rows.at(at, m, value)
		m.add(value)
		for _, sub := range m.subs {
			if string(csv.fields[expected]) == "true" {
				sub.add(value)
			}
		}
	}
	if csv.err != nil {
		return nil, csv.err
	}
	return rows.finish()
}

// column begins the metric of a name that was not seen before.
func (r *k6Rows) column(name string, line int, expected bool) (*k6Series, error) {
	t, own := k6Own[name]
	if !own {
		t = k6Type{k6Trend, ""}
		r.remark(line, "the CSV does not say what %.100q is: it is read as a trend (--out json says it)", name)
	}
	m, err := r.declare(name, t, line)
	if err == nil && name == "http_req_duration" && expected {
		err = r.sub(m, name+"{expected_response:true}", nil)
	}
	return m, err
}

// k6Time reads a time in one of the formats of K6_CSV_TIME_FORMAT, with its
// resolution.
func k6Time(text []byte) (t time.Time, resolution time.Duration, ok bool) {
	n, end := readDigits(text, 0, 0)
	if end == 0 || end > maxDigits {
		return t, 0, false
	}
	if end < len(text) {
		t, err := time.Parse(time.RFC3339Nano, string(text))
		resolution = time.Second
		if strings.Contains(string(text), ".") {
			resolution = time.Nanosecond
		}
		return t, resolution, err == nil
	}
	// Seconds since 1970 have ten digits until the year 2286.
	resolution = time.Second
	for limit := uint64(1e10); n >= limit*10 && resolution > 1; limit *= 1000 {
		resolution /= 1000
	}
	return time.Unix(0, 0).Add(time.Duration(n) * resolution).UTC(), resolution, true
}
