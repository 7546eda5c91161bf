package parse

import (
	"io"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/internal/lazy"
)

// The table has a name, two times with their units, the iterations and the
// counters; a percentage in place of a time for cv and RMS, a complexity for a fit.
var (
	gbenchHeader = lazy.Regexp(`^Benchmark +Time +CPU +Iterations(?: (.*))?$`)
	gbenchLine   = lazy.Regexp(`^(.*\S)\s+(\S+) (ns|us|ms|s|%)\s+(\S+) (ns|us|ms|s|%)\s+(\d+)(?:\s+(.*))?$`)
	gbenchError  = lazy.Regexp(`^(.*\S)\s+(?:ERROR OCCURRED|SKIPPED): '(.*)'$`)
	gbenchFit    = lazy.Regexp(`^\S*_(?:BigO|RMS)\s`)
	gbenchNumber = lazy.Regexp(`^([-+]?(?:[0-9.]+(?:e[-+]?[0-9]+)?|nan|inf))([yzafpnumkKMGTPEZY%]?)(i?)(/s)?$`)
)

func sniffGbenchConsole(head []byte) bool {
	return anyLine(head, gbenchHeader().Match, "Iterations")
}

// parseGbenchConsole reads the table for people, which has three significant
// digits of each time. The fit of a complexity is left to the JSON.
func parseGbenchConsole(r io.Reader, o Options) (*regress.Run, error) {
	c := newCollector(o.File)
	var rows []gbenchRow
	var columns []string // of counters, where the table gives them columns
	names := map[string]bool{}
	begun := false
	err := eachLine(r, o.File, func(l *lines) error {
		line := strings.TrimRight(string(l.text), " ")
		if m := gbenchHeader().FindStringSubmatch(line); m != nil {
			begun, columns = true, nil
			if m[1] != "" && m[1] != "UserCounters..." {
				columns = strings.Fields(m[1])
			}
			return nil
		}
		if m := gbenchError().FindStringSubmatch(line); begun && m != nil {
			rows = append(rows, gbenchRow{line: l.number, name: m[1], err: m[2]})
			return nil
		}
		m := gbenchLine().FindStringSubmatch(line)
		switch {
		case begun && l.cut && line != "": // a counter may be half of one
			return lineError(o.File, l.number, "the file is cut off within its last line: %.80q", line)
		case !begun || gbenchFit().MatchString(line):
			return nil
		case m == nil:
			return nil
		}
		row := gbenchRow{line: l.number, name: m[1], timeUnit: m[3], share: m[3] == "%"}
		var ok [2]bool
		var times [2]float64
		shift := 0
		if row.share {
			shift = -2
		}
		times[0], ok[0] = parseNumber([]byte(m[2]), shift)
		times[1], ok[1] = parseNumber([]byte(m[4]), shift)
		if !ok[0] || !ok[1] {
			return lineError(o.File, l.number, "%s and %s are not two numbers: the benchmark was run with a locale of other decimal points, or the file is damaged", m[2], m[4])
		}
		if !row.share && m[3] != m[5] {
			return lineError(o.File, l.number, "two times in different units: %.200q", line)
		}
		row.values = append([]gbenchValue{{"real_time", times[0]}, {"cpu_time", times[1]}}, gbenchCells(m[7], columns)...)
		names[row.name] = true
		rows = append(rows, row)
		return nil
	})
	if err != nil {
		return nil, err
	}
	for i := range rows {
		// A table of aggregates alone has nothing without such an end of its name.
		if m := gabAggregate().FindStringSubmatch(rows[i].name); m != nil {
			names[strings.TrimSuffix(rows[i].name, m[0])] = true
		}
	}
	return gbenchRun(c, gbenchAggregates(rows, names))
}

// gbenchCells reads the counters, "name=1.5k/s" or in columns. The label that may
// follow them is none.
func gbenchCells(text string, columns []string) (list []gbenchValue) {
	for i, field := range strings.Fields(text) {
		name, value, found := strings.Cut(field, "=")
		if columns != nil {
			if i == len(columns) {
				break
			}
			name, value, found = columns[i], field, true
		}
		m := gbenchNumber().FindStringSubmatch(value)
		if !found || m == nil {
			break
		}
		number, ok := parseNumber([]byte(m[1]), 0)
		if !ok {
			break
		}
		list = append(list, gbenchValue{name, number * gbenchScale(m[2], m[3] == "i" || name == "bytes_per_second")})
	}
	return list
}

// gbenchScale is what a suffix multiplies by. Up to version 1.7 multiples of
// 1024, which bytes per second are counted in, had the same suffixes as others.
func gbenchScale(suffix string, binary bool) float64 {
	base := 1000.0
	switch {
	case suffix == "%":
		return 0.01
	case binary:
		base = 1024
	}
	scale := 1.0
	if i := strings.Index("kMGTPEZY", strings.Replace(suffix, "K", "k", 1)); suffix != "" && i >= 0 {
		for range i + 1 {
			scale *= base
		}
	} else if i := strings.Index("munpfazy", suffix); suffix != "" && i >= 0 {
		for range i + 1 {
			scale /= base
		}
	}
	return scale
}
