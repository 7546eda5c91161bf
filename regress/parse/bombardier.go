package parse

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/org/regress-gate/regress"
)

var bombardierFormat = Format{
	Name:    "bombardier",
	Doc:     "text or JSON (-o json) of bombardier, with or without its latency distribution (-l)",
	Example: "bombardier -c 10 -d 30s -l -p r -o json http://127.0.0.1:8080/users > bombardier.json",
	Metrics: "latency.mean, .stdev, .max, .p50, .p75, .p90, .p95, .p99 (with -l), throughput (of it .stdev, .max; JSON: .p50 … .p99), transfer_rate, requests, error_rate, errors.status, errors.others; JSON: throughput_total, duration, bytes_read",
	Sniff:   bombardierLayouts.sniff,
	Parse: func(r io.Reader, o Options) (*regress.Run, error) {
		return bombardierLayouts.parse(r, o, "bombardier")
	},
}

var bombardierLayouts = layouts{
	{sniffBombardierJSON, parseBombardierJSON},
	{sniffBombardierLog, parseBombardierLog},
	{sniffBombardierText, parseBombardierText},
}

// bombardierReport is what -o json prints: latencies in microseconds.
type bombardierReport struct {
	Spec struct {
		URL string `json:"url"`
	} `json:"spec"`
	Result *struct {
		bombardierCodes
		Read    *float64         `json:"bytesRead"`
		Written *float64         `json:"bytesWritten"`
		Seconds *float64         `json:"timeTakenSeconds"`
		Latency *bombardierStats `json:"latency"`
		Rate    *bombardierStats `json:"rps"`
	} `json:"result"`
}

// bombardierStats is absent where there was nothing to compute it from.
type bombardierStats struct {
	Mean        *float64            `json:"mean"`
	Stdev       *float64            `json:"stddev"`
	Max         *float64            `json:"max"`
	Percentiles map[string]*float64 `json:"percentiles"` // with -l
}

func sniffBombardierJSON(head []byte) bool {
	return hasPaths(head, "spec.numberOfConnections", "result")
}

// bombardierJSON begins the JSON within a log, in which it stands on one line.
var bombardierJSON = []byte(`{"spec":{`)

func sniffBombardierLog(head []byte) bool {
	begun := false
	return anyLine(head, func(line []byte) bool {
		begun = begun || bombardierTarget(string(line)) != ""
		return begun && bytes.HasPrefix(line, bombardierJSON)
	}, string(bombardierJSON))
}

func parseBombardierJSON(r io.Reader, o Options) (*regress.Run, error) {
	report := newReport(o.File)
	known := targets{}
	if err := documents(r, o, func(b *bombardierReport) error { return b.into(report, known) }); err != nil {
		return nil, err
	}
	return report.run(), nil
}

// parseBombardierLog reads JSON with a progress bar before it, as it is without
// -p r.
func parseBombardierLog(r io.Reader, o Options) (*regress.Run, error) {
	report := newReport(o.File)
	known := targets{}
	err := eachLine(r, o.File, func(l *lines) error {
		if !bytes.HasPrefix(l.text, bombardierJSON) {
			return nil
		}
		above := strings.NewReader(strings.Repeat("\n", l.number-1)) // so that errors name the line
		return documents(io.MultiReader(above, bytes.NewReader(l.text)), o, func(b *bombardierReport) error { return b.into(report, known) })
	})
	if err != nil {
		return nil, err
	}
	return report.run(), nil
}

func (b *bombardierReport) into(r *report, known targets) error {
	if b.Result == nil || b.Result.Seconds == nil {
		return errors.New("a report of bombardier without results: the file is damaged")
	}
	benchmark, err := known.name(b.Spec.URL)
	if err != nil {
		return err
	}
	result, f := b.Result, figures{benchmark: benchmark}
	f.bombardierStats("latency", "s", result.Latency, -6)
	f.bombardierStats("throughput", "req/s", result.Rate, 0)
	if err := result.into(&f, r); err != nil {
		return err
	}
	f.known("duration", "s", result.Seconds, 0)
	if s := *result.Seconds; s > 0 {
		f.atLeast("throughput_total", "req/s", f.value("requests")/s)
		if result.Read != nil && result.Written != nil {
			f.atLeast("transfer_rate", "B/s", (*result.Read+*result.Written)/s)
		}
	}
	f.known("bytes_read", "B", result.Read, 0)
	f.into(r)
	return nil
}

func (f *figures) bombardierStats(metric, unit string, s *bombardierStats, shift int) {
	if s == nil {
		return
	}
	f.known(metric+mean(metric), unit, s.Mean, shift)
	f.known(metric+".stdev", unit, s.Stdev, shift)
	f.known(metric+".max", unit, s.Max, shift)
	for _, p := range slices.Sorted(maps.Keys(s.Percentiles)) {
		f.known(fmt.Sprintf("%s.p%.10s", metric, p), unit, s.Percentiles[p], shift)
	}
}

// mean is what the name of a mean ends in: throughput is one by its nature.
func mean(metric string) string {
	if metric == "throughput" {
		return ""
	}
	return ".mean"
}

// bombardierCodes counts the answers by the first digit of their status, and the
// requests without one.
type bombardierCodes struct {
	Req1xx float64 `json:"req1xx"`
	Req2xx float64 `json:"req2xx"`
	Req3xx float64 `json:"req3xx"`
	Req4xx float64 `json:"req4xx"`
	Req5xx float64 `json:"req5xx"`
	Others float64 `json:"others"`
}

// into refuses a run in which nothing was answered: bombardier counts refused
// connections as requests, and fast ones.
func (c *bombardierCodes) into(f *figures, r *report) error {
	answers := c.Req1xx + c.Req2xx + c.Req3xx + c.Req4xx + c.Req5xx
	if answers <= 0 {
		return fmt.Errorf("not one request was answered, %v failed: bombardier measured nothing", c.Others)
	}
	status := c.Req4xx + c.Req5xx
	f.atLeast("requests", "count", answers+c.Others)
	f.atLeast("errors.status", "count", status)
	f.atLeast("errors.others", "count", c.Others)
	f.errorRate(status+c.Others, answers+c.Others, r)
	return nil
}
