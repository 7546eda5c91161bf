package parse

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/unit"
)

var callgrindFormat = Format{
	Name:    "callgrind",
	Doc:     "totals of Valgrind's callgrind and cachegrind out files, and of others in that format",
	Example: "valgrind --tool=callgrind --callgrind-out-file=callgrind.out ./prog",
	Metrics: "Ir (instructions), Dr, Dw, I1mr, D1mr, D1mw, ILmr, DLmr, DLmw, Bc, Bcm, Bi, Bim, … (as measured)",
	Sniff:   sniffCallgrind,
	Parse:   parseCallgrind,
}

// callgrindNoise is the limit of the counts, as a percentage: the simulated
// machine has no noise, but addresses, hash seeds and the environment move the
// instructions of one program by some hundredths of a percent.
const callgrindNoise = 0.5

// callgrindKeys are the header lines, with which a file begins.
var callgrindKeys = map[string]bool{
	"version": true, "creator": true, "pid": true, "cmd": true, "part": true, "thread": true, "desc": true,
	"positions": true, "event": true, "events": true, "summary": true, "totals": true,
}

// sniffCallgrind accepts a header with the command and the events.
func sniffCallgrind(head []byte) bool {
	command, events := false, false
	for line := range bytes.Lines(head) {
		text := strings.TrimSpace(string(line))
		if text == "" || text[0] == '#' {
			continue
		}
		key, _, ok := strings.Cut(text, ":")
		if !ok || !callgrindKeys[key] {
			break
		}
		command = command || key == "cmd"
		events = events || key == "events"
	}
	return command && events
}

// parseCallgrind sums the totals of all parts, for each event of the header. The
// command is the benchmark.
func parseCallgrind(r io.Reader, o Options) (*regress.Run, error) {
	report := newReport(o.File)
	var command string
	var events []string
	var totals, summaries [][]string
	callgrind, parts := false, 0
	lines := newLines(r)
	for lines.next() {
		key, value, ok := strings.Cut(string(lines.text), ":")
		if !ok || !callgrindKeys[key] {
			continue
		}
		fields := strings.Fields(value)
		switch key {
		case "creator":
			callgrind = strings.HasPrefix(strings.TrimSpace(value), "callgrind")
		case "part":
			parts++
		case "cmd":
			command = strings.Join(fields, " ")
		case "events":
			if events != nil && strings.Join(events, " ") != strings.Join(fields, " ") {
				return nil, lineError(o.File, lines.number, "other events than in the part before: give each its own file")
			}
			events = fields
		case "summary", "totals":
			if lines.cut && key == "totals" || len(fields) == 0 || len(fields) > len(events) {
				return nil, lineError(o.File, lines.number, "%s for %d events: the file is cut off or damaged", key, len(events))
			}
			if key == "totals" {
				totals = append(totals, fields)
			} else {
				summaries = append(summaries, fields)
			}
		}
	}
	if err := lines.failed(); err != nil {
		return nil, lineError(o.File, lines.number, "%w", err)
	}
	if lines.cut {
		return nil, lineError(o.File, lines.number, "the last line has no end: the file is cut off")
	}
	// Callgrind writes the totals behind each part, cachegrind the summary at the end.
	if totals == nil && !callgrind {
		totals = summaries
	}
	if len(totals) == 0 || callgrind && len(totals) < parts {
		return nil, fmt.Errorf("%s: totals are missing at the end: the program was killed, or the file is cut off", o.File)
	}
	for i, event := range events {
		sum := 0.0
		for _, t := range totals {
			if i >= len(t) {
				continue // zeros at the end of a line are left out
			}
			v, ok := parseNumber([]byte(t[i]), 0)
			if !ok {
				return nil, fmt.Errorf("%s: totals: not a count: %.40q", o.File, t[i])
			}
			sum += v
		}
		report.directed(command, event, callgrindUnit(event), unit.Lower, sum).Threshold = regress.PercentOf(callgrindNoise / 100)
	}
	return report.run(), nil
}

func callgrindUnit(event string) string {
	if event == "Ir" {
		return "instructions"
	}
	return "count"
}
