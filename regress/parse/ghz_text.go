package parse

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/org/regress-gate/regress"
)

var ghzTimes = scales{"ns": {1, -9}, "ms": {1, -3}, "s": {1, 0}}

// ghzSummary is one of any number of summaries. Its calls by status, at the end,
// must be as many as the count at the beginning says.
type ghzSummary struct {
	figures
	report   *report
	section  string
	statuses map[string]float64
}

// isSummary tells the line that begins what ghz and oha print.
func isSummary(line []byte) bool { return string(bytes.TrimSpace(line)) == "Summary:" }

// sniffGhzText accepts the two lines that begin a summary. Those of other tools
// go on with a time or a rate.
func sniffGhzText(head []byte) bool {
	begun := false
	return anyLine(head, func(line []byte) bool {
		f := bytes.Fields(line)
		if begun && len(f) > 0 && (string(f[0]) == "Count:" || string(f[0]) == "Name:") {
			return true
		}
		begun = isSummary(line)
		return false
	}, "Summary:")
}

func parseGhzText(r io.Reader, o Options) (*regress.Run, error) {
	report := newReport(o.File)
	err := eachRun(r, o.File, isSummary, func(line int) textRun {
		return &ghzSummary{figures: figures{line: line}, report: report, statuses: map[string]float64{}}
	})
	if err != nil {
		return nil, err
	}
	return report.run(), nil
}

func (s *ghzSummary) row(l *lines) error {
	line := string(l.text)
	f := strings.Fields(line)
	switch {
	case len(f) == 0:
	case line[0] != ' ':
		s.section = strings.TrimSpace(line)
	case s.section == "Summary:" && len(f) == 2 && f[0] == "Count:":
		return s.count("requests", f[1])
	case s.section == "Summary:" && len(f) == 2 && f[0] == "Requests/sec:":
		return s.scaled("throughput", "req/s", f[1], plain)
	case s.section == "Summary:" && len(f) == 3:
		metric := map[string]string{"Total:": "duration", "Slowest:": "latency.max", "Fastest:": "latency.min", "Average:": "latency.mean"}[f[0]]
		if metric == "" {
			return nil // the name that was given to the run
		}
		return s.scaled(metric, "s", f[1]+f[2], ghzTimes)
	case s.section == "Latency distribution:" && len(f) == 5 && f[1] == "%":
		return s.scaled("latency.p"+f[0], "s", f[3]+f[4], ghzTimes)
	case s.section == "Status code distribution:" && len(f) == 3 && f[2] == "responses":
		n, err := plain.parse(f[1])
		s.statuses[strings.Trim(f[0], "[]")] = n
		return err
	}
	return nil
}

func (s *ghzSummary) close() error {
	calls := 0.0
	for _, n := range s.statuses {
		calls += n
	}
	count := s.value("requests")
	if calls != count {
		return fmt.Errorf("the summary that begins here is of %v calls and has the statuses of %v: the file is cut off", count, calls)
	}
	if s.value("latency.max") == 0 {
		s.dropAll("latency.")
	}
	if err := s.ghzCalls(count, count-s.statuses["OK"], s.statuses, s.report); err != nil {
		return err
	}
	s.into(s.report)
	return nil
}

const ghzHeader = "duration (ms),status,error"

func sniffGhzCSV(head []byte) bool {
	line, _, _ := bytes.Cut(bytes.TrimLeft(head, "\r\n"), []byte{'\n'})
	return string(bytes.TrimRight(line, "\r")) == ghzHeader
}

// parseGhzCSV reads the calls one by one. As in the summary of ghz, those that
// failed have no latency. Messages of errors are not quoted, whatever is in them.
func parseGhzCSV(r io.Reader, o Options) (*regress.Run, error) {
	var latency tally
	statuses := map[string]float64{}
	count := 0.0
	err := eachLine(r, o.File, func(l *lines) error {
		text := string(l.text)
		if text == "" || text == ghzHeader && count == 0 {
			return nil
		}
		duration, rest, found := strings.Cut(text, ",")
		status, _, complete := strings.Cut(rest, ",")
		ms, ok := parseNumber([]byte(duration), -3)
		if l.cut {
			return lineError(o.File, l.number, "the file is cut off within its last row: write it again")
		}
		if !found || !complete || !ok || status == "" || status[0] < 'A' || len(statuses) > 100 || status == "OK" && !latency.add(ms) {
			return lineError(o.File, l.number, "not a call of ghz: %.60q", text)
		}
		count++
		statuses[status]++
		return nil
	})
	if err != nil {
		return nil, err
	}
	if count == 0 {
		return nil, fmt.Errorf("%s: there is no call below the header: nothing was measured", o.File)
	}
	var f figures
	if latency.count > 0 {
		f.latencies(&latency)
	}
	report := newReport(o.File)
	if err := f.ghzCalls(count, count-statuses["OK"], statuses, report); err != nil {
		return nil, fmt.Errorf("%s: %w", o.File, err)
	}
	f.into(report)
	return report.run(), nil
}
