package parse

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/org/regress-gate/regress"
)

var autocannonFormat = Format{
	Name:    "autocannon",
	Doc:     "JSON (--json) or the tables of autocannon, with or without --latency",
	Example: "autocannon -c 10 -d 30 --json http://127.0.0.1:8080/users > autocannon.json",
	Metrics: "latency.mean, .stdev, .max, .p50, .p97.5, .p99 (JSON and --latency: .p75, .p90, .p99.9), throughput, transfer_rate, error_rate, errors.status, .transport, .timeout, .mismatch, duration; JSON: latency.min, requests; tables: throughput.stdev, throughput.min",
	Sniff:   autocannonLayouts.sniff,
	Parse: func(r io.Reader, o Options) (*regress.Run, error) {
		return autocannonLayouts.parse(r, o, "autocannon")
	},
}

var autocannonLayouts = layouts{
	{sniffAutocannonJSON, parseAutocannonJSON},
	{sniffAutocannonTables, parseAutocannonTables},
}

// autocannonReport is what --json prints: latencies in milliseconds, and samples
// of what was done in each second.
type autocannonReport struct {
	URL         any                 `json:"url"` // a list where there are several
	Connections float64             `json:"connections"`
	Pipelining  float64             `json:"pipelining"`
	Duration    *float64            `json:"duration"`
	Errors      *float64            `json:"errors"`
	Timeouts    *float64            `json:"timeouts"`
	Mismatches  *float64            `json:"mismatches"`
	Non2xx      *float64            `json:"non2xx"`
	Latency     map[string]*float64 `json:"latency"`
	Requests    map[string]*float64 `json:"requests"`
	Throughput  map[string]*float64 `json:"throughput"`
}

func sniffAutocannonJSON(head []byte) bool {
	return hasPaths(head, "latency.average", "requests.average", "throughput")
}

func parseAutocannonJSON(r io.Reader, o Options) (*regress.Run, error) {
	report, known := newReport(o.File), targets{}
	var first *autocannonReport
	err := documents(r, o, func(a *autocannonReport) error {
		if first == nil {
			first = a
		}
		if !a.repeats(first) {
			return fmt.Errorf("runs of %v connections for %v s and of %v for %v s in one file: give each its own, and of --warmup only the second line",
				first.Connections, *first.Duration, a.Connections, *a.Duration)
		}
		return a.into(report, known)
	})
	if err != nil {
		return nil, err
	}
	return report.run(), nil
}

// repeats tells whether two runs were set up alike. The one that --warmup puts
// first is none of the samples, and nothing else in it tells.
func (a *autocannonReport) repeats(first *autocannonReport) bool {
	if a.Duration == nil || first.Duration == nil {
		return true // into complains
	}
	return a.Connections == first.Connections && a.Pipelining == first.Pipelining && math.Abs(*a.Duration-*first.Duration) <= 0.1**first.Duration
}

func (a *autocannonReport) into(r *report, known targets) error {
	total := a.Requests["total"]
	if total == nil || a.Duration == nil || a.Errors == nil || a.Non2xx == nil {
		return errors.New("a report of autocannon without requests, errors or duration: the file is damaged")
	}
	url, _ := a.URL.(string)
	benchmark, err := known.name(url)
	if err != nil {
		return err
	}
	f := figures{benchmark: benchmark}
	for _, m := range []struct{ key, metric string }{
		{"average", "latency.mean"}, {"stddev", "latency.stdev"}, {"min", "latency.min"}, {"max", "latency.max"},
	} {
		f.known(m.metric, "s", a.Latency[m.key], -3)
	}
	for _, key := range slices.Sorted(maps.Keys(a.Latency)) {
		if p := strings.Replace(strings.TrimPrefix(key, "p"), "_", ".", 1); p != key && autocannonQuantile(p) {
			f.known("latency.p"+p, "s", a.Latency[key], -3)
		}
	}
	f.known("throughput", "req/s", a.Requests["average"], 0)
	f.known("requests", "count", total, 0)
	f.known("transfer_rate", "B/s", a.Throughput["average"], 0)
	f.known("duration", "s", a.Duration, 0)
	f.known("errors.timeout", "count", a.Timeouts, 0)
	f.known("errors.mismatch", "count", a.Mismatches, 0)
	if err := f.autocannonErrors(*total, *a.Non2xx, *a.Errors, r); err != nil {
		return err
	}
	f.into(r)
	return nil
}

// autocannonQuantile chooses from the many that autocannon prints those that say
// something of a run of some thousand requests.
func autocannonQuantile(p string) bool {
	return slices.Contains([]string{"50", "75", "90", "95", "97.5", "99", "99.9"}, p)
}

// autocannonErrors refuses a run in which nothing was answered: all latencies are
// 0 then. Requests that failed without an answer are not among those answered.
func (f *figures) autocannonErrors(answered, non2xx, failed float64, r *report) error {
	if answered <= 0 {
		return fmt.Errorf("not one request was answered, %v failed: autocannon measured nothing", failed)
	}
	f.atLeast("errors.status", "count", non2xx)
	f.atLeast("errors.transport", "count", failed)
	f.errorRate(non2xx+failed, answered+failed, r)
	return nil
}
