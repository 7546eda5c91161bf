package parse

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/org/regress-gate/regress"
)

// ohaTimes are the units that versions of oha print; "10 sec" is one of them too.
var (
	ohaTimes = scales{
		"ns": {1, -9}, "us": {1, -6}, "\u00b5s": {1, -6}, "ms": {1, -3},
		"s": {1, 0}, "sec": {1, 0}, "secs": {1, 0}, "second": {1, 0}, "seconds": {1, 0},
		"m": {60, 0}, "min": {60, 0}, "minute": {60, 0}, "minutes": {60, 0},
		"h": {3600, 0}, "hr": {3600, 0}, "hour": {3600, 0}, "hours": {3600, 0},
	}
	ohaBytes = scales{"B": {1, 0}, "KiB": {1 << 10, 0}, "MiB": {1 << 20, 0}, "GiB": {1 << 30, 0}, "TiB": {1 << 40, 0}, "PiB": {1 << 50, 0}}
)

// ohaRun is one of any number of runs.
type ohaRun struct {
	figures
	report             *report
	section            string
	statuses, failures map[string]float64
}

// sniffOhaText accepts the two lines that begin a run. Those of hey and ghz go on
// with something else.
func sniffOhaText(head []byte) bool {
	begun := false
	return anyLine(head, func(line []byte) bool {
		if begun && bytes.HasPrefix(bytes.TrimSpace(line), []byte("Success rate:")) {
			return true
		}
		begun = isSummary(line)
		return false
	}, "Success rate:")
}

func parseOhaText(r io.Reader, o Options) (*regress.Run, error) {
	report := newReport(o.File)
	err := eachRun(r, o.File, isSummary, func(line int) textRun {
		return &ohaRun{figures: figures{line: line}, report: report, statuses: map[string]float64{}, failures: map[string]float64{}}
	})
	if err != nil {
		return nil, err
	}
	return report.run(), nil
}

func (o *ohaRun) row(l *lines) error {
	line := string(l.text)
	if l.cut && line != "" {
		return errors.New("the file is cut off within its last line")
	}
	f := strings.Fields(line)
	name, rest, _ := strings.Cut(strings.TrimSpace(line), ":")
	switch {
	case len(f) == 0:
	case line[0] != ' ':
		o.section = strings.TrimSpace(line)
	case o.section == "Summary:":
		return o.summary(name, strings.TrimSpace(rest))
	case (o.section == "Response time distribution:" || o.section == "Latency distribution:") && len(f) >= 4 && f[1] == "in":
		p := strings.TrimSuffix(f[0], "%")
		if strings.Contains(p, ".") {
			p = strings.TrimRight(strings.TrimRight(p, "0"), ".")
		}
		if p == "99.99" {
			return nil
		}
		return o.time("latency.p"+p, strings.Join(f[2:], " "))
	case o.section == "Status code distribution:" && len(f) == 3:
		return ohaCount(o.statuses, strings.Trim(f[0], "[]"), f[1])
	case o.section == "Error distribution:":
		count, message, _ := strings.Cut(strings.TrimSpace(line), "]")
		return ohaCount(o.failures, strings.TrimSpace(message), strings.TrimPrefix(count, "["))
	}
	return nil
}

func (o *ohaRun) summary(name, value string) error {
	switch name {
	case "Success rate":
		if percent, ok := strings.CutSuffix(value, "%"); ok {
			v, ok := parseNumber([]byte(percent), -2)
			if !ok {
				return fmt.Errorf("success: not a percentage: %.40q", value)
			}
			return o.set("success", "ratio", v)
		}
		return o.scaled("success", "ratio", value, plain)
	case "Total":
		return o.time("duration", value)
	case "Slowest":
		return o.time("latency.max", value)
	case "Fastest":
		return o.time("latency.min", value)
	case "Average":
		return o.time("latency.mean", value)
	case "Requests/sec":
		return o.scaled("throughput", "req/s", value, plain)
	case "Size/sec":
		return o.scaled("transfer_rate", "B/s", strings.ReplaceAll(value, " ", ""), ohaBytes)
	}
	return nil
}

// time sets a metric from "1.2345 secs" or "1.2345 10 sec".
func (o *ohaRun) time(metric, text string) error {
	f := strings.Fields(text)
	ten := len(f) == 3 && f[1] == "10"
	if len(f) != 2 && !ten {
		return fmt.Errorf("%s: not a time: %.40q", metric, text)
	}
	by, known := ohaTimes[f[len(f)-1]]
	v, ok := parseNumber([]byte(f[0]), by.shift) // NaN where nothing was answered
	if !known || !ok {
		return fmt.Errorf("%s: not a number in a known unit: %.40q", metric, text)
	}
	v *= by.factor
	if ten {
		v *= 10
	}
	return o.set(metric, "s", v)
}

func ohaCount(counts map[string]float64, name, text string) error {
	n, err := wholeNumber(text)
	if err != nil {
		return err
	}
	counts[name] += float64(n)
	return nil
}

func (o *ohaRun) close() error {
	if o.section != "Status code distribution:" && o.section != "Error distribution:" {
		return errors.New("the summary that begins here has no status codes: the file is cut off")
	}
	if err := o.ohaAnswers(o.statuses, o.failures, o.report); err != nil {
		return err
	}
	o.into(o.report)
	return nil
}
