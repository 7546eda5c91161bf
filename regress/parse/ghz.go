package parse

import (
	"errors"
	"fmt"
	"io"

	"github.com/org/regress-gate/regress"
)

var ghzFormat = Format{
	Name:    "ghz",
	Doc:     "summary (text), JSON (-O json, pretty) or CSV (-O csv) of ghz, which loads gRPC services",
	Example: "ghz --insecure --call user.Users/List -n 2000 -c 10 -O json -o ghz.json 127.0.0.1:50051",
	Metrics: "latency.mean, .min, .max, .p50, .p75, .p90, .p95, .p99, errors, error_rate, requests; JSON and text: latency.p10, .p25, throughput, duration; CSV: latency.stdev",
	Sniff:   ghzLayouts.sniff,
	Parse: func(r io.Reader, o Options) (*regress.Run, error) {
		return ghzLayouts.parse(r, o, "ghz")
	},
}

var ghzLayouts = layouts{
	{sniffGhzJSON, parseGhzJSON},
	{sniffGhzText, parseGhzText},
	{sniffGhzCSV, parseGhzCSV},
}

// ghzReport is what -O json prints, in nanoseconds. The details, a million calls
// at most, are passed over: the summary is made of all calls.
type ghzReport struct {
	Options struct {
		Call string `json:"call"`
	} `json:"options"`
	Count        *float64           `json:"count"`
	Total        *float64           `json:"total"`
	Average      *float64           `json:"average"`
	Fastest      *float64           `json:"fastest"`
	Slowest      *float64           `json:"slowest"`
	Rate         *float64           `json:"rps"`
	Errors       map[string]float64 `json:"errorDistribution"`
	Statuses     map[string]float64 `json:"statusCodeDistribution"`
	Distribution []struct {
		Percentage float64  `json:"percentage"`
		Latency    *float64 `json:"latency"`
	} `json:"latencyDistribution"`
}

func sniffGhzJSON(head []byte) bool {
	return hasPaths(head, "count", "average", "fastest", "slowest", "rps")
}

func parseGhzJSON(r io.Reader, o Options) (*regress.Run, error) {
	report := newReport(o.File)
	if err := documents(r, o, func(g *ghzReport) error { return g.into(report) }); err != nil {
		return nil, err
	}
	return report.run(), nil
}

func (g *ghzReport) into(r *report) error {
	if g.Count == nil {
		return errors.New("a report of ghz without the number of calls: the file is damaged")
	}
	f := figures{benchmark: g.Options.Call}
	if g.Slowest != nil && *g.Slowest > 0 { // failed calls have no latency, and 0 where there are no others
		f.known("latency.mean", "s", g.Average, -9)
		f.known("latency.min", "s", g.Fastest, -9)
		f.known("latency.max", "s", g.Slowest, -9)
		for _, d := range g.Distribution {
			f.known(fmt.Sprintf("latency.p%v", d.Percentage), "s", d.Latency, -9)
		}
	}
	f.known("throughput", "req/s", g.Rate, 0)
	f.known("duration", "s", g.Total, -9)
	failed := 0.0
	for _, n := range g.Errors {
		failed += n
	}
	if err := f.ghzCalls(*g.Count, failed, g.Statuses, r); err != nil {
		return err
	}
	f.into(r)
	return nil
}

// ghzUnanswered are the statuses that gRPC gives to calls which nobody answered.
var ghzUnanswered = []string{"Unavailable", "DeadlineExceeded", "Canceled"}

// ghzCalls refuses a run in which no call was answered.
func (f *figures) ghzCalls(count, failed float64, statuses map[string]float64, r *report) error {
	answered := count
	for _, status := range ghzUnanswered {
		answered -= statuses[status]
	}
	if answered <= 0 {
		return fmt.Errorf("not one of %v calls was answered: ghz measured nothing", count)
	}
	f.atLeast("requests", "count", count)
	f.atLeast("errors", "count", failed)
	f.errorRate(failed, count, r)
	if !f.has("latency.max") && failed < count {
		return errors.New("no latency of the calls that succeeded: the file is damaged")
	}
	return nil
}
