package parse

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/org/regress-gate/regress"
)

// vegetaReport is the JSON report: all times in nanoseconds. What an older
// version leaves out, or a null, is a missing metric.
type vegetaReport struct {
	Latencies   map[string]*float64 `json:"latencies"`
	Earliest    time.Time           `json:"earliest"`
	Duration    *float64            `json:"duration"`
	Wait        *float64            `json:"wait"`
	Requests    *float64            `json:"requests"`
	Rate        *float64            `json:"rate"`
	Throughput  *float64            `json:"throughput"`
	Success     *float64            `json:"success"`
	StatusCodes map[string]float64  `json:"status_codes"`
}

// vegetaLatencies are the names of the latencies: in JSON, in text, here.
var vegetaLatencies = [...]struct{ json, text, metric string }{
	{"min", "min", "latency.min"}, {"mean", "mean", "latency.mean"}, {"50th", "50", "latency.p50"}, {"90th", "90", "latency.p90"},
	{"95th", "95", "latency.p95"}, {"99th", "99", "latency.p99"}, {"max", "max", "latency.max"},
}

func sniffVegetaReport(head []byte) bool {
	return hasPaths(head, "latencies.50th")
}

func parseVegetaReport(r io.Reader, o Options) (*regress.Run, error) {
	report := newReport(o.File)
	var begun time.Time
	err := documents(r, o, func(v *vegetaReport) error {
		if begun.IsZero() {
			begun = v.Earliest
		}
		return v.into(report)
	})
	if err != nil {
		return nil, err
	}
	run := report.run()
	run.Time = begun
	return run, nil
}

func (v *vegetaReport) into(r *report) error {
	if v.Requests == nil || v.Success == nil || len(v.Latencies) == 0 {
		return errors.New("a report of vegeta without latencies, requests or success: the file is damaged")
	}
	if err := vegetaOutcome(*v.Requests, *v.Success, v.StatusCodes); err != nil {
		return err
	}
	var f figures
	for _, name := range vegetaLatencies {
		f.known(name.metric, "s", v.Latencies[name.json], -9)
	}
	f.known("throughput", "req/s", v.Throughput, 0)
	f.known("rate", "req/s", v.Rate, 0)
	f.shares(*v.Success)
	f.known("requests", "count", v.Requests, 0)
	f.known("duration", "s", v.Duration, -9)
	f.known("wait", "s", v.Wait, -9)
	f.into(r)
	return nil
}

// vegetaOutcome refuses a run without a success: its latencies are those of
// failures, and a refused connection is a fast one.
func vegetaOutcome(requests, success float64, codes map[string]float64) error {
	switch {
	case requests == 0:
		return errors.New("vegeta made no request: nothing was measured")
	case success == 0:
		var list strings.Builder
		for _, code := range slices.Sorted(maps.Keys(codes)) {
			fmt.Fprintf(&list, ", %.10s: %v", code, codes[code])
		}
		return fmt.Errorf("none of the %v requests succeeded (status codes%s; 0 is no answer): check that the service runs and the target is right",
			requests, strings.TrimPrefix(list.String(), ","))
	}
	return nil
}

// shares sets how many of the requests succeeded, and how many did not.
func (f *figures) shares(success float64) {
	f.atLeast("success", "ratio", success)
	f.atLeast("error_rate", "ratio", 1-success)
}
