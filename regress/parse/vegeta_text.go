package parse

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/org/regress-gate/regress"
)

// vegetaText reads the text report:
//
//	Requests      [total, rate, throughput]         400, 100.24, 100.11
//	Latencies     [min, mean, 50, 90, 95, 99, max]  152.842µs, 379.132µs, …
//
// Which columns there are depends on the version, and stands in the brackets.
type vegetaText struct {
	*report
	rows  map[string]map[string]string // of the report that is being read
	line  int                          // where it begins
	every bool                         // the reports are those of -every, each of which replaces the one before
}

func sniffVegetaText(head []byte) bool {
	return anyLine(head, func(line []byte) bool {
		label, _, found := vegetaRow(string(line))
		return found && label == "Requests"
	}, "Requests")
}

// vegetaRow splits a line of the report, and gives the values their names.
func vegetaRow(line string) (label string, values map[string]string, found bool) {
	label, rest, found := strings.Cut(line, "[")
	names, list, closed := strings.Cut(rest, "]")
	if label = strings.TrimSpace(label); !found || !closed || label == "" {
		return "", nil, false
	}
	switch label {
	case "Requests", "Duration", "Latencies", "Success", "Status Codes":
	default:
		return "", nil, false
	}
	if label == "Status Codes" {
		return label, map[string]string{"codes": list}, true
	}
	columns, cells := strings.Split(names, ", "), strings.Split(list, ", ")
	if columns[0] != "total" && columns[0] != "min" && columns[0] != "mean" && columns[0] != "ratio" {
		return "", nil, false
	}
	values = map[string]string{}
	for i, name := range columns {
		if i < len(cells) {
			values[name] = strings.TrimSpace(cells[i])
		}
	}
	return label, values, true
}

func parseVegetaText(r io.Reader, o Options) (*regress.Run, error) {
	p := vegetaText{report: newReport(o.File)}
	lines := newLines(r)
	for lines.next() {
		cleared := bytes.Contains(lines.text, []byte("\x1b[2J"))
		label, values, found := vegetaRow(string(stripCI(lines.text)))
		if !found {
			continue
		}
		if label == "Requests" {
			p.every = p.every || cleared
			if err := p.end(); err != nil {
				return nil, err
			}
			p.rows, p.line = map[string]map[string]string{}, lines.number
		}
		if p.rows != nil {
			p.rows[label] = values
		}
	}
	if err := lines.failed(); err != nil {
		return nil, lineError(o.File, lines.number, "%w", err)
	}
	p.every = false
	if err := p.end(); err != nil {
		return nil, err
	}
	return p.run(), nil
}

// end takes the report that was read. The last line that every report has, of
// those that are needed, is Status Codes.
func (p *vegetaText) end() error {
	if p.rows == nil || p.every {
		return nil
	}
	if p.rows["Status Codes"] == nil {
		return lineError(p.file, p.line, "the report that begins here is cut off: write it again")
	}
	if err := p.take(); err != nil {
		return lineError(p.file, p.line, "%w", err)
	}
	return nil
}

func (p *vegetaText) take() error {
	requests, err := vegetaNumber("requests", p.rows["Requests"]["total"], "")
	if err != nil {
		return err
	}
	success, err := vegetaNumber("success", p.rows["Success"]["ratio"], "%")
	if err != nil {
		return err
	}
	success /= 100
	codes, answers := vegetaCodes(p.rows["Status Codes"]["codes"])
	if answers != requests {
		return fmt.Errorf("the report has %v status codes for %v requests: it is cut off or damaged", answers, requests)
	}
	if err := vegetaOutcome(requests, success, codes); err != nil {
		return err
	}
	f := figures{line: p.line}
	var errs []error
	for _, name := range vegetaLatencies {
		errs = append(errs, f.duration(name.metric, p.rows["Latencies"][name.text]))
	}
	for _, name := range []string{"throughput", "rate"} {
		if text, ok := p.rows["Requests"][name]; ok {
			errs = append(errs, f.scaled(name, "req/s", text, plain))
		}
	}
	f.shares(success)
	f.atLeast("requests", "count", requests)
	errs = append(errs, f.duration("duration", p.rows["Duration"]["total"]), f.duration("wait", p.rows["Duration"]["wait"]))
	f.into(p.report)
	return errors.Join(errs...)
}

// duration sets a metric that is printed as Go prints durations. None is printed
// ("") where the version of the tool lacks it.
func (f *figures) duration(metric, text string) error {
	if text == "" {
		return nil
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		return fmt.Errorf("%s: %.40q is not a duration", metric, text)
	}
	return f.set(metric, "s", d.Seconds())
}

func vegetaNumber(metric, text, unit string) (float64, error) {
	digits, ok := strings.CutSuffix(text, unit)
	value, isNumber := parseNumber([]byte(digits), 0)
	if !ok || !isNumber {
		return 0, fmt.Errorf("%s: %.40q is not a number", metric, text)
	}
	return value, nil
}

// vegetaCodes reads "0:10  200:45  503:5", and how many they are.
func vegetaCodes(text string) (codes map[string]float64, answers float64) {
	codes = map[string]float64{}
	for _, pair := range strings.Fields(text) {
		code, count, _ := strings.Cut(pair, ":")
		codes[code], _ = strconv.ParseFloat(count, 64) // what is no number is missing in the sum
		answers += codes[code]
	}
	return codes, answers
}
