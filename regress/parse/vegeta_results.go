package parse

import (
	"fmt"
	"math"
	"time"

	"github.com/org/regress-gate/regress"
)

// vegetaResults summarises the raw results of an attack as its report does,
// except for the quantiles, which are those of tally. Failures are results too:
// their latencies count.
type vegetaResults struct {
	latency                     tally
	requests, answered, success int64
	first, last, end            int64 // when requests began, and when the last answer came, in Unix nanoseconds
}

// add takes one result: when it began, the status (0 is no answer), how long it
// took. Times are in nanoseconds. It reports whether they can be true.
func (v *vegetaResults) add(begin, code, latency int64) bool {
	if code < 0 || code > 999 || begin < 0 || latency > math.MaxInt64-begin || !v.latency.add(float64(latency)/1e9) {
		return false
	}
	if v.requests == 0 {
		v.first = begin
	}
	v.first, v.last, v.end = min(v.first, begin), max(v.last, begin), max(v.end, begin+latency)
	v.requests++
	if code != 0 {
		v.answered++
	}
	if code >= 200 && code < 400 {
		v.success++
	}
	return true
}

func (v *vegetaResults) run(file string) (*regress.Run, error) {
	if v.requests == 0 {
		return nil, fmt.Errorf("%s: the file holds no result of vegeta", file)
	}
	f, n, failed := figures{}, float64(v.requests), float64(v.requests-v.success)
	f.latencies(&v.latency)
	duration, wait := float64(v.last-v.first)/1e9, float64(v.end-v.last)/1e9
	if duration > 0 {
		f.atLeast("throughput", "req/s", float64(v.success)/(duration+wait))
		f.atLeast("rate", "req/s", n/duration)
	}
	report := newReport(file)
	f.atLeast("success", "ratio", float64(v.success)/n)
	f.errorRate(failed, n, report)
	f.atLeast("errors", "count", failed)
	f.atLeast("requests", "count", n)
	f.atLeast("duration", "s", duration)
	f.atLeast("wait", "s", wait)
	f.into(report)
	if v.answered == 0 {
		report.breakLatencies("no request was answered")
	}
	run := report.run()
	run.Time = time.Unix(0, v.first).UTC()
	return run, nil
}
