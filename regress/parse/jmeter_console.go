package parse

import (
	"io"
	"strings"

	"github.com/org/regress-gate/regress"
)

// jmeterLine is a line of the summariser, such as
//
//	summary =   1000 in   1.1s =  944.3/s Avg:     0 Min:     0 Max:    25 Err:     0 (0.00%)
type jmeterLine struct {
	name      string
	increment bool      // + in place of =: of the time since the line before
	values    [8]string // count, time, rate, mean, min, max, errors, share of errors
}

func cutJMeterLine(line string) (l jmeterLine, ok bool) {
	i := strings.LastIndex(line, " in ")
	if i < 0 {
		return l, false
	}
	f := strings.Fields(line[:i])
	g := strings.Fields(line[i:])
	// g: in 1.1s = 944.3/s Avg: 0 Min: 0 Max: 25 Err: 0 (0.00%)
	if len(f) < 3 || len(g) < 13 || g[2] != "=" || g[4] != "Avg:" || g[6] != "Min:" || g[8] != "Max:" || g[10] != "Err:" {
		return l, false
	}
	sign := f[len(f)-2]
	if sign != "=" && sign != "+" {
		return l, false
	}
	l.name = f[len(f)-3]
	l.increment = sign == "+"
	l.values = [8]string{f[len(f)-1], g[1], strings.TrimSuffix(g[3], "/s"), g[5], g[7], g[9], g[11], strings.Trim(g[12], "()%")}
	return l, strings.HasSuffix(g[3], "/s")
}

func sniffJMeterConsole(head []byte) bool {
	return anyLine(head, func(line []byte) bool {
		_, ok := cutJMeterLine(string(line))
		return ok
	}, "Err:")
}

// parseJMeterConsole reads the last cumulative line of each run. The counts of a
// run only grow: where they fall, another run began.
func parseJMeterConsole(r io.Reader, o Options) (*regress.Run, error) {
	report := newReport(o.File)
	var last *figures
	number, increments := 0, 0
	err := eachLine(r, o.File, func(l *lines) error {
		line, ok := cutJMeterLine(string(l.text))
		number = l.number
		switch {
		case !ok:
			return nil
		case l.cut:
			return lineError(o.File, l.number, "the file is cut off within a line of the summariser")
		case line.increment:
			increments = l.number
			return nil
		}
		increments = 0
		f, err := line.figures(l.number)
		if err != nil {
			return lineError(o.File, l.number, "%w", err)
		}
		if last != nil && f.value("requests") < last.value("requests") {
			last.into(report)
		}
		last = f
		return nil
	})
	switch {
	case err != nil:
		return nil, err
	case last == nil || increments > 0:
		return nil, lineError(o.File, max(increments, 1), "the test did not come to its end: no cumulative line (summary =) follows in %d lines", number)
	case last.value("requests") == 0:
		return nil, lineError(o.File, last.line, "not one sample: no request was made")
	}
	if last.value("error_rate") == 1 {
		report.failure(last.line, "each of the %v requests failed: latency and throughput are those of failures", last.value("requests"))
	}
	last.into(report)
	return report.run(), nil
}

func (l *jmeterLine) figures(number int) (*figures, error) {
	f := &figures{line: number}
	if err := f.count("requests", l.values[0]); err != nil {
		return nil, err
	}
	if f.value("requests") == 0 {
		return f, nil
	}
	if !strings.Contains(l.values[2], "*") { // the rate of no time
		if err := f.scaled("throughput", "req/s", jmeterDecimal(l.values[2]), plain); err != nil {
			return nil, err
		}
	}
	for i, metric := range []string{"latency.mean", "latency.min", "latency.max"} {
		if err := f.scaled(metric, "s", l.values[3+i], scales{"": {1, -3}}); err != nil {
			return nil, err
		}
	}
	if err := f.count("errors", l.values[6]); err != nil {
		return nil, err
	}
	f.list = append(f.list, figure{"error_rate", "ratio", f.value("errors") / f.value("requests")})
	return f, nil
}

// jmeterDecimal turns the comma of other languages into a point. JMeter groups no
// digits.
func jmeterDecimal(text string) string { return strings.Replace(text, ",", ".", 1) }
