package parse

import (
	"bytes"
	"fmt"
	"io"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/internal/strict"
)

var jaegerFormat = Format{
	Name:    "jaeger",
	Doc:     "traces in Jaeger's JSON: its API, and the download of its pages",
	Example: "curl -s 'http://127.0.0.1:16686/api/traces?service=users&limit=1500' > traces.json",
	Metrics: "of each service and operation: latency.mean, .stdev, .min, .max, .p50, .p75, .p90, .p95, .p99, error_rate, spans",
	Sniff:   sniffJaeger,
	Parse:   parseJaeger,
}

// jaegerSpan is what a span has of use here. Times are in microseconds.
type jaegerSpan struct {
	Operation string         `json:"operationName"`
	Duration  *float64       `json:"duration"`
	ProcessID string         `json:"processID"`
	Process   *jaegerProcess `json:"process"`
	Tags      []struct {
		Key   string         `json:"key"`
		Value jsontext.Value `json:"value"`
	} `json:"tags"`
}

type jaegerProcess struct {
	Service string `json:"serviceName"`
}

// failed tells by the tag error, and by that which OpenTelemetry's status becomes.
func (s *jaegerSpan) failed() bool {
	for _, tag := range s.Tags {
		value := string(bytes.Trim(tag.Value, `"`))
		if tag.Key == "error" && value == "true" || tag.Key == "otel.status_code" && value == "ERROR" {
			return true
		}
	}
	return false
}

// parseJaeger reads one trace after the other.
func parseJaeger(r io.Reader, o Options) (*regress.Run, error) {
	j := strict.NewJSON(plainNumbers(r), o.File)
	t := newTraces(o.File)
	var err error
	data := false
	j.Object("the document", func(key string) {
		switch {
		case key == "data" && j.Kind() == '[':
			data = true
			j.Array("data", func() {
				if e := t.jaegerTrace(j); err == nil {
					err = e
				}
			})
		case key == "errors" && j.Kind() == '[':
			var errs []struct {
				Code    int    `json:"code"`
				Message string `json:"msg"`
			}
			j.Unmarshal(&errs)
			for _, e := range errs {
				if err == nil {
					err = fmt.Errorf("%s: Jaeger answered with an error: %d %.200s", o.File, e.Code, e.Message)
				}
			}
		default:
			j.Skip()
		}
	})
	if e := j.Done(); e != nil {
		return nil, e
	}
	switch {
	case err != nil:
		return nil, err
	case !data:
		return nil, fmt.Errorf("%s: no data: no traces in Jaeger's JSON", o.File)
	}
	return t.run(o.File)
}

// jaegerTrace reads a trace, in which the services may stand behind the spans.
func (t *traces) jaegerTrace(j *strict.JSON) error {
	var spans []jaegerSpan
	processes := map[string]jaegerProcess{}
	j.Object("trace", func(key string) {
		switch key {
		case "spans":
			j.Array("spans", func() {
				var s jaegerSpan
				j.Unmarshal(&s)
				if s.failed() { // of the tags only this is kept
					s.Tags = s.Tags[:1:1]
				} else {
					s.Tags = nil
				}
				spans = append(spans, s)
			})
		case "processes":
			j.Unmarshal(&processes)
		default:
			j.Skip()
		}
	})
	if j.Failed() {
		return nil
	}
	for i := range spans {
		s := &spans[i]
		p, known := processes[s.ProcessID]
		if s.Process != nil {
			p, known = *s.Process, true
		}
		switch {
		case !known || s.Operation == "":
			return fmt.Errorf("%s: a span of no service or operation: no trace of Jaeger", t.report.file)
		case s.Duration == nil:
			return fmt.Errorf("%s: a span of %.200q has no duration", t.report.file, s.Operation)
		}
		if err := t.span(p.Service, s.Operation, *s.Duration/1e6, s.Tags != nil); err != nil {
			return fmt.Errorf("%s: %w", t.report.file, err)
		}
	}
	return nil
}

// sniffJaeger accepts the answer of the API, with traces or without.
func sniffJaeger(head []byte) bool {
	return hasPaths(head, "data[].traceID", "data[].spans") || hasPaths(head, "data", "total", "limit", "offset", "errors")
}
