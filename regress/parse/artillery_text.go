package parse

import (
	"fmt"
	"io"
	"strings"

	"github.com/org/regress-gate/regress"
)

const (
	artilleryBegin   = "Summary report @ "
	artilleryNothing = "No measurements recorded during this period"
)

// sniffArtilleryText accepts the title of a report, or of one of a period, and a
// line that stands in none but Artillery's.
func sniffArtilleryText(head []byte) bool {
	titled, known := false, false
	return anyLine(head, func(line []byte) bool {
		text := strings.TrimSpace(string(line))
		titled = titled || strings.HasPrefix(text, artilleryBegin) || strings.HasPrefix(text, "Report @ ") ||
			strings.HasPrefix(text, "Metrics for period to: ")
		name, _, ok := cutArtilleryLine(text)
		known = known || titled && (ok && strings.HasPrefix(name, "vusers.") || ok && strings.HasPrefix(name, "http.") ||
			strings.HasPrefix(text, "Scenarios launched: ") || text == artilleryNothing)
		return known
	}, "eport @ ", "Metrics for period")
}

// cutArtilleryLine takes a line of version 2 apart: name, colon, dots and value. A
// name that is too long ends in dots and has no colon.
func cutArtilleryLine(text string) (name, value string, ok bool) {
	i := strings.LastIndexByte(text, ' ')
	if i < 0 {
		return "", "", false
	}
	name, value = text[:i], text[i+1:]
	rest := strings.TrimRight(name, ".")
	if len(rest) == len(name) {
		return "", "", false
	}
	name = strings.TrimSuffix(strings.TrimSpace(rest), ":")
	return name, value, name != ""
}

// parseArtilleryText reads what follows each summary report. The reports before
// it are of periods of the same run.
func parseArtilleryText(r io.Reader, o Options) (*regress.Run, error) {
	t := artilleryText{report: newReport(o.File)}
	err := eachLine(r, o.File, func(l *lines) error {
		if err := t.line(string(l.text), l); err != nil {
			return lineError(o.File, l.number, "%w", err)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if t.run == nil {
		return nil, fmt.Errorf("%s: there is no summary report: Artillery did not come to its end", o.File)
	}
	if err := t.finish(); err != nil {
		return nil, err
	}
	return t.report.run(), nil
}

// finish hands a run over, after looking whether its report is whole. Version 2
// sorts its lines, and counts users in every run.
func (t *artilleryText) finish() error {
	if r := t.run; r.version == 2 && len(r.list) > 0 &&
		(!r.has("vusers.created") || strings.HasPrefix(t.section, "vusers.") && !r.has(t.section+".p99")) {
		return lineError(t.file, r.line, "the report that begins here is cut off: the users at its end are missing")
	}
	return t.run.finish(t.report)
}

type artilleryText struct {
	*report
	run     *artilleryRun
	section string // the line before that has lines of its own below it
}

func (t *artilleryText) line(line string, l *lines) error {
	text := strings.TrimSpace(line)
	if strings.HasPrefix(text, artilleryBegin) {
		if t.run != nil {
			if err := t.finish(); err != nil {
				return err
			}
		}
		t.run, t.section = &artilleryRun{version: 2, figures: figures{line: l.number}}, ""
		return nil
	}
	if t.run == nil || text == "" {
		return nil
	}
	name, value, dotted := cutArtilleryLine(text)
	if !dotted {
		if t.run.version == 2 && strings.HasPrefix(text, "Scenarios launched:") {
			t.run.version = 1
		}
		if t.run.version == 1 {
			return t.run.old(text, line, t)
		}
		t.section = strings.TrimSuffix(text, ":")
		return nil
	}
	if l.cut {
		return fmt.Errorf("the file is cut off within the report")
	}
	rate, perSecond := strings.CutSuffix(value, "/sec")
	number, ok := parseNumber([]byte(rate), 0)
	switch {
	case !ok:
		if value == "NaN" || value == "undefined" || value == "null" {
			return nil
		}
		return fmt.Errorf("%s is no number: %.40q", name, value)
	case artilleryStats[name] && strings.HasPrefix(line, " "):
		return t.run.summary(t.section, name, number)
	case perSecond:
		return t.run.rate(name, number)
	}
	return t.run.set(name, "count", number)
}

// artilleryOld are the names in the text of 1.x, and those of its JSON.
var artilleryOld = map[string]string{
	"Scenarios launched": "scenariosCreated", "Scenarios completed": "scenariosCompleted", "Requests completed": "requestsCompleted",
	"Mean response/sec": "rps.mean", "Mean responses/sec": "rps.mean", "Response time (msec)": "latency",
	"Scenario duration": "scenarioDuration", "Codes": "codes", "Errors": "errors",
}

// old reads a line of the text of 1.x: a value, or a heading and values below it
// that are indented further.
func (a *artilleryRun) old(text, line string, t *artilleryText) error {
	i := strings.LastIndexByte(text, ':')
	if i < 0 {
		return nil
	}
	name, value := text[:i], strings.TrimSpace(text[i+1:])
	if value == "" {
		t.section = name
		if known, found := artilleryOld[name]; found {
			t.section = known
		}
		return nil
	}
	number, ok := parseNumber([]byte(value), 0)
	known, top := artilleryOld[name]
	switch {
	case !ok:
		return nil // the share behind a scenario's count, or where the report lies
	case top && known == "rps.mean":
		return a.set(known, "req/s", number)
	case top:
		return a.set(known, "count", number)
	case !strings.HasPrefix(line, "    "):
		return a.set(name, "count", number) // a counter of the script's own
	case t.section == "codes" || t.section == "errors":
		return a.set(t.section+"."+name, "count", number)
	case artilleryStats[name]:
		return a.summary(t.section, name, number)
	}
	return nil
}
