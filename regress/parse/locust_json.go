package parse

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"

	"github.com/org/regress-gate/regress"
)

// locustJSON is an element of --json.
type locustJSON struct {
	Name     string           `json:"name"`
	Method   string           `json:"method"`
	Requests *float64         `json:"num_requests"`
	None     float64          `json:"num_none_requests"` // requests without a time
	Failures float64          `json:"num_failures"`
	Sum      float64          `json:"total_response_time"`
	Max      float64          `json:"max_response_time"`
	Min      *float64         `json:"min_response_time"`
	Times    map[string]int64 `json:"response_times"` // rounded to two digits
	Start    float64          `json:"start_time"`
	Last     *float64         `json:"last_request_timestamp"`
}

func sniffLocustJSON(head []byte) bool {
	return hasPaths(head, "[].num_requests", "[].response_times")
}

// parseLocustJSON reads --json, which lists the endpoints and not the whole run.
func parseLocustJSON(r io.Reader, o Options) (*regress.Run, error) {
	report := newReport(o.File)
	err := documents(r, o, func(list *[]locustJSON) error {
		var whole locustJSON
		entries := []*locustEntry{nil}
		for i := range *list {
			e := &(*list)[i]
			if e.Requests == nil || e.Name == "" {
				return fmt.Errorf("an entry without name or num_requests: these are no results of Locust")
			}
			whole.merge(e)
			entry, err := e.entry(locustName(e.Method, e.Name))
			if err != nil {
				return err
			}
			entries = append(entries, entry)
		}
		if whole.Requests == nil {
			return fmt.Errorf("not one request was made")
		}
		var err error
		if entries[0], err = whole.entry(""); err != nil {
			return err
		}
		return locustInto(report, entries)
	})
	if err != nil {
		return nil, err
	}
	return report.run(), nil
}

// merge adds an endpoint to the whole run.
func (w *locustJSON) merge(e *locustJSON) {
	if w.Requests == nil {
		w.Requests, w.Start, w.Times = new(float64), e.Start, map[string]int64{}
	}
	*w.Requests += *e.Requests
	w.None += e.None
	w.Failures += e.Failures
	w.Sum += e.Sum
	w.Max = max(w.Max, e.Max)
	if e.Min != nil && (w.Min == nil || *e.Min < *w.Min) {
		w.Min = e.Min
	}
	w.Start = min(w.Start, e.Start)
	if e.Last != nil && (w.Last == nil || *e.Last > *w.Last) {
		w.Last = e.Last
	}
	for t, n := range e.Times {
		w.Times[t] += n
	}
}

func (e *locustJSON) entry(name string) (*locustEntry, error) {
	entry := &locustEntry{figures: figures{line: 1, benchmark: name}, requests: *e.Requests, failures: e.Failures}
	set := func(metric, unit string, value float64) { entry.atLeast(metric, unit, value) }
	if timed := *e.Requests - e.None; timed > 0 {
		set("latency.mean", "s", e.Sum/timed/1000)
		set("latency.max", "s", e.Max/1000)
		if e.Min != nil {
			set("latency.min", "s", *e.Min/1000)
		}
	}
	if e.Last != nil && *e.Last > e.Start {
		set("throughput", "req/s", *e.Requests/(*e.Last-e.Start))
	}
	times := map[float64]int64{}
	var count int64
	for text, n := range e.Times {
		t, err := strconv.ParseFloat(text, 64)
		if err != nil || n < 0 || t < 0 {
			return nil, fmt.Errorf("response_times of %.100q: %.40q: %d is no count of a time", name, text, n)
		}
		times[t] += n
		count += n
	}
	order := slices.Sorted(maps.Keys(times))
	for _, p := range []struct {
		name  string
		share float64
	}{{"50", 0.5}, {"66", 0.66}, {"75", 0.75}, {"80", 0.8}, {"90", 0.9}, {"95", 0.95}, {"98", 0.98}, {"99", 0.99}, {"99.9", 0.999}, {"99.99", 0.9999}} {
		passed := int64(0)
		for _, t := range order {
			if passed += times[t]; float64(passed) >= p.share*float64(count)-1e-9 {
				set("latency.p"+p.name, "s", t/1000)
				break
			}
		}
	}
	return entry, nil
}
