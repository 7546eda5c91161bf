package parse

import (
	"io"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/unit"
)

var artilleryFormat = Format{
	Name:    "artillery",
	Doc:     "report of Artillery 2 and 1 (JSON of --output, or the text)",
	Example: "artillery run --output artillery.json test.yml",
	Metrics: "as Artillery calls them: of each summary (http.response_time, vusers.session_length; latency before 2.0) .min, .max, .mean, .median, .p75 to .p999, counters (http.codes.200, errors.ETIMEDOUT) and rates; throughput, error_rate, duration",
	Sniff:   artilleryLayouts.sniff,
	Parse: func(r io.Reader, o Options) (*regress.Run, error) {
		return artilleryLayouts.parse(r, o, "Artillery")
	},
}

var artilleryLayouts = layouts{
	{sniffArtilleryJSON, parseArtilleryJSON},
	{sniffArtilleryText, parseArtilleryText},
}

// artilleryStats are the statistics of a summary that are read. Its p50 is its
// median once more.
var artilleryStats = map[string]bool{
	"min": true, "max": true, "mean": true, "median": true, "p75": true, "p90": true, "p95": true, "p99": true, "p999": true,
}

// An artilleryRun collects one report.
type artilleryRun struct {
	figures
	version int // 2, or 1 for what 1.x writes
}

// summary sets one statistic of a summary. Those of Artillery's own engines are
// times in milliseconds, and those of a script may be of anything.
func (a *artilleryRun) summary(name, stat string, value float64) error {
	unitName := "ms"
	if first, _, _ := strings.Cut(name, "."); !artilleryOwn[first] || strings.Contains(name, ".CLS.") {
		unitName = ""
	}
	return a.set(name+"."+stat, unitName, value)
}

// artilleryOwn are the first words of names that are Artillery's own.
var artilleryOwn = map[string]bool{
	"http": true, "vusers": true, "plugins": true, "latency": true, "scenarioDuration": true,
	"browser": true, "socketio": true, "websocket": true, "ws": true, "playwright": true,
}

// rate sets a rate. It is the mean of those of the periods, and no number of
// requests divided by the time that they took.
func (a *artilleryRun) rate(name string, value float64) error {
	if strings.HasSuffix(name, "request_rate") {
		return a.set(name, "req/s", value)
	}
	return a.set(name, "1/s", value)
}

// finish derives what Artillery does not count, and hands the run over.
func (a *artilleryRun) finish(r *report) error {
	var bad, errors, responses float64
	for _, f := range a.list {
		code, coded := strings.CutPrefix(f.metric, "http.codes.")
		if a.version == 1 {
			code, coded = strings.CutPrefix(f.metric, "codes.")
		}
		switch {
		case coded:
			responses += f.value
			if len(code) == 3 && code[0] >= '4' {
				bad += f.value
			}
		case strings.HasPrefix(f.metric, "errors."):
			errors += f.value
		}
	}
	requests := a.value("http.requests")
	if a.version == 1 {
		requests = a.value("requestsCompleted") + errors
		bad += errors
	} else if answered := a.value("http.responses"); requests > 0 {
		if !a.has("http.responses") {
			answered = responses
		}
		bad += requests - answered // what came to nothing has an error and no code
		responses = answered
	}
	switch {
	case len(a.list) == 0, a.version == 1 && requests == 0, a.has("http.requests") && requests == 0:
		return lineError(r.file, a.line, "not one request was made")
	case requests > 0 && responses == 0:
		return lineError(r.file, a.line, "not one of %v requests was answered: is the service running?", requests)
	case requests > 0:
		a.errorRate(bad, requests, r)
	}
	if duration := a.value("duration"); duration > 0 && a.has("http.requests") {
		a.atLeast("throughput", "req/s", requests/duration)
	}
	a.into(r)
	for i := range r.series {
		if s := &r.series[i]; strings.HasPrefix(s.Metric, "scenarios") { // what the test was told to do
			s.Direction = unit.Info
		}
	}
	return nil
}
