package parse

import (
	"bytes"
	"fmt"
	"math"
	"strings"

	"github.com/org/regress-gate/regress"
)

const (
	heyBegin = "Summary:"
	// heyMost is how many responses hey keeps. Of more it still counts the time,
	// and divides it by this number.
	heyMost = 1_000_000
)

// heyText reads the text, of any number of runs.
type heyText struct {
	*report
	current *heyRun
}

type heyRun struct {
	figures
	section                  string // the latest line that ends in a colon alone
	responses, status, fails uint64 // all answers, those with an error status, attempts without an answer
	problem                  string // the first of the latter
}

func (t *heyText) line(l *lines) error {
	text := string(bytes.TrimSpace(l.text))
	if text == heyBegin {
		if err := t.end(); err != nil {
			return err
		}
		t.current = &heyRun{figures: figures{line: l.number}}
	}
	if t.current == nil {
		return nil
	}
	if err := t.current.result(text); err != nil {
		return lineError(t.file, l.number, "%w", err)
	}
	return nil
}

// heySections are the headings that are followed by results.
var heySections = map[string]bool{
	heyBegin: true, "Latency distribution:": true, "Status code distribution:": true, "Error distribution:": true,
	"Response time histogram:": true, "Details (average, fastest, slowest):": true, "Detailed Report:": true,
}

func (r *heyRun) result(line string) error {
	if heySections[line] {
		r.section = line
		return nil
	}
	f := strings.Fields(line)
	if len(f) == 0 {
		return nil
	}
	switch r.section {
	case heyBegin:
		return r.summary(line, f)
	case "Latency distribution:": // 95% in 0.0012 secs, with two percent signs in 0.1.5
		p := strings.TrimRight(f[0], "%")
		if len(f) != 4 || f[1] != "in" || f[3] != "secs" || p == f[0] {
			return fmt.Errorf("not a row of the latency distribution: %.80q", line)
		}
		if p == "0" {
			return nil // a percentile for which there were too few requests
		}
		return r.scaled("latency.p"+p, "s", f[2], plain)
	case "Status code distribution:":
		return r.statusCodes(line)
	case "Error distribution:":
		if text, found := strings.CutPrefix(line, "["); found {
			n, problem, found := strings.Cut(text, "]\t")
			count, err := wholeNumber(n)
			if err != nil || !found {
				return fmt.Errorf("not a row of the error distribution: %.80q", line)
			}
			if r.fails += count; r.problem == "" {
				r.problem = problem
			}
		}
	}
	return nil
}

func (r *heyRun) summary(line string, f []string) error {
	name, _, _ := strings.Cut(line, ":")
	metric := map[string]string{
		"Total": "duration", "Slowest": "latency.max", "Fastest": "latency.min", "Average": "latency.mean",
		"Requests/sec": "throughput", "Total data": "bytes_read",
	}[name]
	switch {
	case metric == "":
		return nil
	case metric == "throughput" && len(f) == 2:
		return r.scaled(metric, "req/s", f[1], plain)
	case metric == "bytes_read" && len(f) == 4 && f[3] == "bytes":
		return r.scaled(metric, "B", f[2], plain)
	case len(f) == 3 && f[2] == "secs":
		value, ok := parseNumber([]byte(f[1]), 0) // NaN where nothing was answered
		if ok {
			return r.set(metric, "s", value)
		}
	}
	return fmt.Errorf("%s: not what hey prints: %.80q", metric, line)
}

// statusCodes reads "[503]	22 responses".
func (r *heyRun) statusCodes(line string) error {
	code, rest, _ := strings.Cut(strings.TrimPrefix(line, "["), "]\t")
	n, _ := strings.CutSuffix(rest, " responses")
	status, err := wholeNumber(code)
	count, err2 := wholeNumber(n)
	if err != nil || err2 != nil || n == rest {
		return fmt.Errorf("not a row of the status codes: %.80q", line)
	}
	r.responses += count
	if status < 200 || status >= 400 {
		r.status += count
	}
	return nil
}

func (t *heyText) finish() (*regress.Run, error) {
	if t.current == nil {
		return nil, fmt.Errorf("%s: no run of hey (a line %q begins one)", t.file, heyBegin)
	}
	if err := t.end(); err != nil {
		return nil, err
	}
	return t.run(), nil
}

// end takes over the run that the lines before have told of.
func (t *heyText) end() error {
	r := t.current
	if r == nil {
		return nil
	}
	sent := r.value("throughput") * r.value("duration")
	if math.IsNaN(sent) || !r.has("latency.max") || !r.has("latency.mean") {
		return lineError(t.file, r.line, "results are missing in this run of hey: hey was stopped, or the file is cut off")
	}
	// Both factors are printed with four decimals.
	tolerance := 1 + (r.value("throughput")+r.value("duration"))*0.00005
	all := float64(r.responses + r.fails)
	switch {
	case all == 0:
		return lineError(t.file, r.line, "neither a status code nor an error in this run of hey: hey was stopped, or the file is cut off")
	case r.responses == 0:
		return lineError(t.file, r.line, "not one of %d requests was answered: %.200q", r.fails, r.problem)
	case r.responses == heyMost && sent > all+tolerance:
		t.failure(r.line, "hey keeps the first %d responses: percentiles and status codes are those, and the number of requests and the average, which is wrong then, are left out", heyMost)
		r.drop("latency.mean")
	case math.Abs(sent-all) > tolerance && math.Abs(sent-float64(r.responses)) > tolerance: // hey before 0.1.1 counts answers only
		return lineError(t.file, r.line, "status codes and errors add up to %v requests, and hey made about %.0f: the file is cut off", all, sent)
	default:
		r.list = append(r.list, figure{"requests", "count", all}, figure{"responses", "count", float64(r.responses)})
	}
	r.list = append(r.list, figure{"errors.status", "count", float64(r.status)}, figure{"errors.transport", "count", float64(r.fails)})
	r.errorRate(float64(r.status+r.fails), all, t.report)
	r.into(t.report)
	return nil
}
