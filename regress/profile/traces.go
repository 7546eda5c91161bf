package profile

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// traceFile is what the JSON of traces has of use here: Jaeger's API and download,
// and OTLP, alone or as the result of Jaeger's newer API.
type traceFile struct {
	Data []struct {
		Spans []struct {
			ID         string  `json:"spanID"`
			Operation  string  `json:"operationName"`
			Duration   float64 `json:"duration"` // microseconds
			ProcessID  string  `json:"processID"`
			References []struct {
				SpanID string `json:"spanID"`
			} `json:"references"`
		} `json:"spans"`
		Processes map[string]struct {
			Service string `json:"serviceName"`
		} `json:"processes"`
	} `json:"data"`
	Resources []otlpResource `json:"resourceSpans"`
	Result    struct {
		Resources []otlpResource `json:"resourceSpans"`
	} `json:"result"`
}

type otlpResource struct {
	Resource struct {
		Attributes []struct {
			Key   string `json:"key"`
			Value struct {
				Text string `json:"stringValue"`
			} `json:"value"`
		} `json:"attributes"`
	} `json:"resource"`
	Scopes []struct {
		Spans []struct {
			Trace  string         `json:"traceId"`
			ID     string         `json:"spanId"`
			Parent string         `json:"parentSpanId"`
			Name   string         `json:"name"`
			Start  jsontext.Value `json:"startTimeUnixNano"`
			End    jsontext.Value `json:"endTimeUnixNano"`
		} `json:"spans"`
	} `json:"scopeSpans"`
}

// maxTraces bounds the JSON of a file of traces, in bytes.
const maxTraces = 256 << 20

// ReadTraces reads traces, in Jaeger's JSON or in OTLP's, one document or several
// behind each other, as a profile: the stack of a span is the operations that it
// runs within, "service | operation", and its weight what it took itself, without
// the spans within it. The one type is trace, in seconds for each whole trace, and
// a sample of it is a span.
func ReadTraces(r io.Reader) (*Profile, error) {
	limited := &io.LimitedReader{R: r, N: maxTraces + 1}
	in := jsontext.NewDecoder(limited, jsontext.AllowDuplicateNames(true))
	t := tree{spans: map[string]*span{}}
	for {
		var doc traceFile
		err := json.UnmarshalDecode(in, &doc)
		if errors.Is(err, io.EOF) {
			break
		}
		if limited.N <= 0 {
			return nil, fmt.Errorf("the traces are more than %d MiB", maxTraces>>20)
		}
		if err != nil {
			return nil, fmt.Errorf("reading traces: %w", err)
		}
		if err := t.read(&doc); err != nil {
			return nil, err
		}
	}
	return t.profile()
}

func (t *tree) read(doc *traceFile) error {
	for i, trace := range doc.Data {
		for _, s := range trace.Spans {
			one := span{name: trace.Processes[s.ProcessID].Service + " | " + s.Operation, took: s.Duration / 1e6}
			prefix := fmt.Sprintf("%d/%d/", t.documents, i)
			if len(s.References) > 0 {
				one.parent = prefix + s.References[0].SpanID
			}
			t.spans[prefix+s.ID] = &one
		}
	}
	for _, r := range append(doc.Resources, doc.Result.Resources...) {
		service := ""
		for _, a := range r.Resource.Attributes {
			if a.Key == "service.name" {
				service = a.Value.Text
			}
		}
		for _, scope := range r.Scopes {
			for _, s := range scope.Spans {
				start, err := nanoseconds(s.Start)
				end, err2 := nanoseconds(s.End)
				if err = errors.Join(err, err2); err != nil {
					return fmt.Errorf("a span of %.100q: %w", s.Name, err)
				}
				one := span{name: service + " | " + s.Name, took: float64(end-start) / 1e9}
				if s.Parent != "" {
					one.parent = s.Trace + "/" + s.Parent
				}
				t.spans[s.Trace+"/"+s.ID] = &one
			}
		}
	}
	t.documents++
	return nil
}

// nanoseconds reads a number that JSON holds as a string or as it is.
func nanoseconds(v jsontext.Value) (int64, error) {
	text := strings.Trim(string(v), `"`)
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%.40q is no time in nanoseconds", text)
	}
	return n, nil
}
