package parse

import (
	"bytes"
	"io"
	"strconv"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/unit"
)

var gnutimeFormat = Format{
	Name:    "gnutime",
	Doc:     "text of GNU time -v, of one command or of several, one after the other",
	Example: "/usr/bin/time -v ./prog 2> time.txt",
	Metrics: "elapsed_time, user_time, system_time, cpu, max_rss, page_faults.minor, .major, context_switches.voluntary, .involuntary, file_system.inputs, .outputs",
	Sniff:   func(head []byte) bool { return bytes.Contains(head, []byte(gnutimeBegin+`"`)) },
	Parse:   parseGNUTime,
}

const (
	gnutimeBegin = "\tCommand being timed: "
	gnutimeEnd   = "\tExit status: "
)

// gnutimeRows are the lines that become metrics. What a cold cache or a busy
// machine decides is shown and not judged.
var gnutimeRows = map[string]struct {
	metric, unit string
	factor       float64
	direction    unit.Direction
}{
	"User time (seconds)":                         {"user_time", "s", 1, unit.Lower},
	"System time (seconds)":                       {"system_time", "s", 1, unit.Lower},
	"Percent of CPU this job got":                 {"cpu", "ratio", 0.01, unit.Info},
	"Elapsed (wall clock) time (h:mm:ss or m:ss)": {"elapsed_time", "s", 1, unit.Lower},
	"Maximum resident set size (kbytes)":          {"max_rss", "B", 1024, unit.Lower},
	"Major (requiring I/O) page faults":           {"page_faults.major", "count", 1, unit.Info},
	"Minor (reclaiming a frame) page faults":      {"page_faults.minor", "count", 1, unit.Lower},
	"Voluntary context switches":                  {"context_switches.voluntary", "count", 1, unit.Info},
	"Involuntary context switches":                {"context_switches.involuntary", "count", 1, unit.Info},
	"File system inputs":                          {"file_system.inputs", "count", 1, unit.Info},
	"File system outputs":                         {"file_system.outputs", "count", 1, unit.Info},
}

// parseGNUTime reads one block a command. What the command itself wrote to
// standard error stands between them and is passed over. The command is the
// benchmark, and the same command again is another sample.
func parseGNUTime(r io.Reader, o Options) (*regress.Run, error) {
	report := newReport(o.File)
	begun, command := 0, ""
	var block []figure
	lines := newLines(r)
	for lines.next() {
		text := string(lines.text)
		if after, ok := strings.CutPrefix(text, gnutimeBegin); ok {
			if begun > 0 {
				break
			}
			begun, block = lines.number, nil
			command = strings.Join(strings.Fields(strings.Trim(after, `"`)), " ")
			continue
		}
		if begun == 0 || !strings.HasPrefix(text, "\t") {
			continue
		}
		if status, ok := strings.CutPrefix(text, gnutimeEnd); ok && !lines.cut {
			for _, f := range block {
				row := gnutimeRows[f.metric]
				s := report.directed(command, row.metric, row.unit, row.direction, f.value)
				if status != "0" {
					s.Broken = "the command failed with status " + strconv.Quote(status)
				}
			}
			if status != "0" {
				report.failure(begun, "%.200q failed with status %.10s: what it took says nothing", command, status)
			}
			begun = 0
			continue
		}
		name, value, ok := strings.Cut(text[1:], ": ")
		row, known := gnutimeRows[name]
		if !ok || !known || value == "?%" { // it was too short to tell
			continue
		}
		number, ok := gnutimeNumber(value)
		if !ok {
			return nil, lineError(o.File, lines.number, "%s: not a number: %.40q", name, value)
		}
		block = append(block, figure{metric: name, value: number * row.factor})
	}
	if err := lines.failed(); err != nil {
		return nil, lineError(o.File, lines.number, "%w", err)
	}
	if begun > 0 {
		return nil, lineError(o.File, begun, "this report of time -v has no exit status: time was killed, or the file is cut off")
	}
	return report.run(), nil
}

// gnutimeNumber reads "12", "0.05", "99%" and "1:02:03" or "4:05.06" in seconds.
func gnutimeNumber(text string) (value float64, ok bool) {
	for part := range strings.SplitSeq(strings.TrimSuffix(text, "%"), ":") {
		v, ok := parseNumber([]byte(part), 0)
		if !ok || !(v >= 0 && v < 1e18) {
			return 0, false
		}
		value = 60*value + v
	}
	return value, true
}
