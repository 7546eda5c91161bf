package parse

import (
	"bytes"
	"io"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/unit"
)

var perfFormat = Format{
	Name:    "perf",
	Doc:     "counters of perf stat -j and perf stat -x, (also with -r, -I, -A and the like)",
	Example: "perf stat -j -o perf.json ./prog",
	Metrics: "each event by its name: task-clock, instructions, cycles, branch-misses, page-faults, …",
	Sniff:   sniffPerf,
	Parse:   parsePerf,
}

// perfRow is one counter.
type perfRow struct {
	who      string // the CPU, core or thread, "" for all
	value    string
	unit     string
	event    string
	running  string // share of the time in which it counted, in percent
	interval bool   // a part of the run
}

// perfReader knows the two layouts, and the separator of one of them.
type perfReader struct {
	json      jsonLine
	separator string
}

// skips tells of lines that hold nothing.
func (p *perfReader) skips(line []byte) bool {
	return len(line) == 0 || line[0] == '#'
}

// read takes one line apart.
func (p *perfReader) read(line []byte) (row perfRow, ok bool) {
	if line[0] == '{' {
		return p.object(line)
	}
	if p.separator != "" {
		return p.columns(string(line))
	}
	for _, separator := range []string{",", ";", "\t", "|", ":", " "} {
		p.separator = separator
		if row, ok = p.columns(string(line)); ok {
			return row, true
		}
	}
	p.separator = ""
	return row, false
}

func (p *perfReader) object(line []byte) (perfRow, bool) {
	var value, unit, event, running, interval, who []byte
	ok := p.json.members(line, func(name []byte) (*[]byte, byte) {
		switch string(name) {
		case `"counter-value"`:
			return &value, '"'
		case `"unit"`:
			return &unit, '"'
		case `"event"`:
			return &event, '"'
		case `"pcnt-running"`:
			return &running, '0'
		case `"interval"`:
			return &interval, '0'
		case `"cpu"`, `"socket"`, `"die"`, `"core"`, `"node"`, `"thread"`, `"cgroup"`:
			return &who, '"'
		}
		return nil, 0
	})
	row := perfRow{string(who), string(value), string(unit), string(event), string(running), len(interval) > 0}
	return row, ok && (len(value) > 0 || len(event) == 0) // without both it is a derived figure
}

// columns reads [time,][who,[how many,]]value,unit,event,[variance%,]running,share[,figure,its unit].
func (p *perfReader) columns(line string) (row perfRow, ok bool) {
	f := strings.Split(line, p.separator)
	if len(f) > 1 && isPerfTime(f[0]) {
		row.interval, f = true, f[1:]
	}
	if who := strings.TrimSpace(f[0]); len(f) > 1 && isPerfWho(who) {
		row.who, f = who, f[1:]
		if _, ok := perfNumber(f[0]); ok && len(f) > 1 && isPerfValue(f[1]) {
			f = f[1:] // how many CPUs it is of
		}
	}
	if len(f) < 5 {
		return row, false
	}
	row.value, row.unit, row.event = strings.TrimSpace(f[0]), f[1], f[2]
	rest := f[3:]
	for strings.Count(row.event, "/") == 1 && len(rest) > 0 { // cpu/event=0x3c,umask=0x1/
		row.event, rest = row.event+p.separator+rest[0], rest[1:]
	}
	if row.value == "" && row.event == "" {
		return row, strings.Join(f[:3], "") == "" // a further figure of the event before
	}
	if len(rest) > 2 && strings.HasSuffix(rest[0], "%") {
		rest = rest[1:]
	}
	if _, number := perfNumber(row.event); number || row.event == "" || !isPerfValue(row.value) || len(rest) < 2 {
		return row, false
	}
	if _, number := perfNumber(row.unit); number {
		return row, false
	}
	_, time := perfNumber(rest[0])
	share, percent := perfNumber(rest[1])
	row.running = rest[1]
	return row, time && percent && share <= 100
}

// isPerfTime tells a column of -I: seconds with nine decimals.
func isPerfTime(s string) bool {
	s = strings.TrimSpace(s)
	i := strings.IndexAny(s, ".,")
	_, ok := perfNumber(s)
	return ok && i > 0 && len(s)-i-1 == 9
}

// isPerfWho tells a column of -A and --per-socket, --per-core and the like.
func isPerfWho(s string) bool {
	for _, prefix := range []string{"CPU", "S", "N", "D"} {
		if rest, ok := strings.CutPrefix(s, prefix); ok && rest != "" && rest[0]-'0' <= 9 {
			return true
		}
	}
	return false
}

func isPerfValue(s string) bool {
	s = strings.TrimSpace(s)
	_, ok := perfNumber(s)
	return ok || s == "<not counted>" || s == "<not supported>"
}

// perfNumber reads a number with a decimal point or, as the locale may have it, a
// comma.
func perfNumber(s string) (float64, bool) {
	s = strings.TrimSpace(s)
	if strings.Count(s, ",") == 1 && !strings.Contains(s, ".") {
		s = strings.Replace(s, ",", ".", 1)
	}
	return parseNumber([]byte(s), 0)
}

// sniffPerf accepts lines that are all counters or comments.
func sniffPerf(head []byte) bool {
	var p perfReader
	counters := false
	for line := range bytes.Lines(head) {
		text := bytes.TrimRight(line, "\r\n")
		switch {
		case p.skips(text):
		case len(text) == len(line) && len(head) >= sniffLen: // the head ends within this line
		default:
			row, ok := p.read(text)
			if !ok {
				return false
			}
			counters = counters || row.event != "" && row.value != ""
		}
	}
	return counters
}

// parsePerf takes each counter. The parts of -I are added up; the same event
// again, of another run in the same file, is another sample.
func parsePerf(r io.Reader, o Options) (*regress.Run, error) {
	report := newReport(o.File)
	var p perfReader
	lines := newLines(r)
	for lines.next() {
		lines.text = bytes.TrimRight(lines.text, " ")
		if p.skips(lines.text) && !lines.cut {
			continue
		}
		if lines.cut {
			return nil, lineError(o.File, lines.number, "the line has no end: the file is cut off")
		}
		row, ok := p.read(lines.text)
		switch value, number := perfNumber(row.value); {
		case !ok:
			report.remark(lines.number, "not a counter of perf stat, and left out: %.60q", lines.text)
		case row.event == "":
		case number:
			report.counter(row, value, lines.number)
		default:
			say := report.failure
			if row.interval { // it may have counted in other parts
				say = report.remark
			}
			say(lines.number, "%.100s: %.40s", row.event, strings.Trim(row.value, "<>"))
		}
	}
	if err := lines.failed(); err != nil {
		return nil, lineError(o.File, lines.number, "%w", err)
	}
	return report.run(), nil
}

func (r *report) counter(row perfRow, value float64, line int) {
	name, u := row.unit, unit.Parse(row.unit)
	switch row.unit {
	case "":
		u = unit.Unit{Base: "count", Factor: 1}
	case "msec":
		u = unit.Parse("ms")
	case "Joules":
		u = unit.Unit{Base: "J", Factor: 1}
	}
	if share, ok := perfNumber(row.running); ok && share < 100 {
		r.remark(line, "%.100s %s counted in %.4g %% of the time only, the rest is estimated", row.event, name, share)
	}
	key := regress.Key{Benchmark: row.who, Metric: row.event}
	if i, known := r.index[key]; known && row.interval && len(r.series[i].Samples) > 0 {
		r.series[i].Samples[0] += value * u.Factor
		return
	}
	r.directed(row.who, row.event, u.Base, unit.Lower, value*u.Factor)
}
