package parse

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/org/regress-gate/regress"
)

var ohaFormat = Format{
	Name:    "oha",
	Doc:     "text or JSON (-j, --output-format json) of oha",
	Example: "oha --no-tui -n 2000 -c 10 --output-format json http://127.0.0.1:8080/users > oha.json",
	Metrics: "latency.mean, .min, .max, .p10, .p25, .p50, .p75, .p90, .p95, .p99, .p99.9, throughput, transfer_rate, success (answered, whatever the status), error_rate, errors.status, errors.transport, requests, duration",
	Sniff:   ohaLayouts.sniff,
	Parse: func(r io.Reader, o Options) (*regress.Run, error) {
		return ohaLayouts.parse(r, o, "oha")
	},
}

var ohaLayouts = layouts{
	{sniffOhaJSON, parseOhaJSON},
	{sniffOhaText, parseOhaText},
}

// ohaReport is the JSON, in seconds. What no number exists for is null.
type ohaReport struct {
	Summary struct {
		Success  *float64 `json:"successRate"`
		Total    *float64 `json:"total"`
		Slowest  *float64 `json:"slowest"`
		Fastest  *float64 `json:"fastest"`
		Average  *float64 `json:"average"`
		Rate     *float64 `json:"requestsPerSec"`
		Transfer *float64 `json:"sizePerSec"`
	} `json:"summary"`
	Percentiles map[string]*float64 `json:"latencyPercentiles"`
	Statuses    map[string]float64  `json:"statusCodeDistribution"`
	Errors      map[string]float64  `json:"errorDistribution"`
}

func sniffOhaJSON(head []byte) bool {
	return hasPaths(head, "summary.successRate", "summary.requestsPerSec", "responseTimeHistogram")
}

func parseOhaJSON(r io.Reader, o Options) (*regress.Run, error) {
	report := newReport(o.File)
	if err := documents(r, o, func(h *ohaReport) error { return h.into(report) }); err != nil {
		return nil, err
	}
	return report.run(), nil
}

func (h *ohaReport) into(r *report) error {
	var f figures
	s := &h.Summary
	f.known("latency.mean", "s", s.Average, 0)
	f.known("latency.min", "s", s.Fastest, 0)
	f.known("latency.max", "s", s.Slowest, 0)
	for _, p := range slices.Sorted(maps.Keys(h.Percentiles)) {
		if _, err := plain.parse(strings.TrimPrefix(p, "p")); err == nil && p != "p99.99" {
			f.known("latency."+p, "s", h.Percentiles[p], 0)
		}
	}
	f.known("throughput", "req/s", s.Rate, 0)
	f.known("transfer_rate", "B/s", s.Transfer, 0)
	f.known("success", "ratio", s.Success, 0)
	f.known("duration", "s", s.Total, 0)
	if err := f.ohaAnswers(h.Statuses, h.Errors, r); err != nil {
		return err
	}
	f.into(r)
	return nil
}

// ohaDeadline is the error of the requests that were under way when the time of
// -z was over. They are no failures of the service.
const ohaDeadline = "aborted due to deadline"

// ohaAnswers refuses a run in which nothing was answered. What was answered is a
// success for oha, whatever the status.
func (f *figures) ohaAnswers(statuses, failures map[string]float64, r *report) error {
	answers, status, transport := 0.0, 0.0, 0.0
	for code, n := range statuses {
		answers += n
		if code >= "400" {
			status += n
		}
	}
	for message, n := range failures {
		if message != ohaDeadline {
			transport += n
		}
	}
	if answers <= 0 {
		return fmt.Errorf("not one request was answered, %v failed: oha measured nothing", transport)
	}
	if !f.has("latency.max") {
		return errors.New("no latency of the requests that were answered: the file is damaged")
	}
	f.atLeast("errors.status", "count", status)
	f.atLeast("errors.transport", "count", transport)
	f.atLeast("requests", "count", answers+transport)
	f.errorRate(status+transport, answers+transport, r)
	return nil
}
