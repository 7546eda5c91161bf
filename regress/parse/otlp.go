package parse

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/internal/strict"
)

var otlpFormat = Format{
	Name:    "otlp",
	Doc:     "traces in OTLP's JSON: the collector's file exporter, Jaeger's API v3; documents, lines or a list",
	Example: "curl -s 'http://127.0.0.1:16686/api/v3/traces?query.service_name=users&…' > traces.json",
	Metrics: "the same as jaeger",
	Sniff:   sniffOTLP,
	Parse:   parseOTLP,
}

// otlpReader reads documents of OTLP, whose names are in camel case or, from older
// exporters, with underscores.
type otlpReader struct {
	*strict.JSON
	traces *traces
	err    error
	known  bool // a document had resourceSpans
}

// otlpSpan is a span before it is known of which service it is.
type otlpSpan struct {
	name    string
	seconds float64
	failed  bool
}

// parseOTLP reads one document after the other, as the collector appends them.
func parseOTLP(r io.Reader, o Options) (*regress.Run, error) {
	p := otlpReader{JSON: strict.NewJSON(plainNumbers(r), o.File), traces: newTraces(o.File)}
	for first := true; first || p.Kind() != 0; first = false {
		if p.Kind() == '[' {
			p.Array("the list", p.document)
		} else {
			p.document()
		}
		if p.Failed() {
			break
		}
	}
	if err := p.Done(); err != nil {
		return nil, err
	}
	switch {
	case p.err != nil:
		return nil, fmt.Errorf("%s: %w", o.File, p.err)
	case !p.known:
		return nil, fmt.Errorf("%s: no resourceSpans: no traces in OTLP's JSON", o.File)
	}
	return p.traces.run(o.File)
}

// plain is a name without the difference between the two spellings.
func (p *otlpReader) plain(key string) string {
	return strings.ToLower(strings.ReplaceAll(key, "_", ""))
}

func (p *otlpReader) members(what string, member func(key string)) {
	p.Object(what, func(key string) { member(p.plain(key)) })
}

func (p *otlpReader) document() {
	p.members("the document", func(key string) {
		switch key {
		case "resourcespans":
			p.known = true
			p.Array(key, p.resource)
		case "result": // of Jaeger's API v3
			p.document()
		case "error":
			var e struct {
				Code    int    `json:"httpCode"`
				Message string `json:"message"`
			}
			if p.Unmarshal(&e); p.err == nil {
				p.err = fmt.Errorf("the server answered with an error: %d %.200s", e.Code, e.Message)
			}
		default:
			p.Skip()
		}
	})
}

// resource reads the spans of one service, whose name may stand behind them.
func (p *otlpReader) resource() {
	var spans []otlpSpan
	service := ""
	p.members("resource spans", func(key string) {
		switch key {
		case "resource":
			p.members(key, func(key string) {
				if key == "attributes" {
					service = p.service()
				} else {
					p.Skip()
				}
			})
		case "scopespans", "instrumentationlibraryspans":
			p.Array(key, func() {
				p.members("scope spans", func(key string) {
					if key == "spans" {
						p.Array(key, func() { spans = append(spans, p.span()) })
					} else {
						p.Skip()
					}
				})
			})
		default:
			p.Skip()
		}
	})
	if service == "" {
		service = "unknown_service" // as OpenTelemetry calls it
	}
	for _, s := range spans {
		if err := p.traces.span(service, s.name, s.seconds, s.failed); err != nil && p.err == nil {
			p.err = err
		}
	}
}

func (p *otlpReader) service() (name string) {
	p.Array("attributes", func() {
		var key, value string
		p.members("attribute", func(field string) {
			switch {
			case field == "key" && p.Kind() == '"':
				key = p.Text(field)
			case field == "value" && p.Kind() == '{':
				p.members(field, func(kind string) {
					if kind == "stringvalue" && p.Kind() == '"' {
						value = p.Text(kind)
					} else {
						p.Skip()
					}
				})
			default:
				p.Skip()
			}
		})
		if key == "service.name" {
			name = value
		}
	})
	return name
}

func (p *otlpReader) span() (s otlpSpan) {
	var begin, end uint64
	p.members("span", func(key string) {
		switch key {
		case "name":
			s.name = p.Text(key)
		case "starttimeunixnano":
			begin = p.nanoseconds(key)
		case "endtimeunixnano":
			end = p.nanoseconds(key)
		case "status":
			p.members(key, func(key string) {
				if key != "code" {
					p.Skip()
					return
				}
				code := strings.Trim(string(p.scalar()), `"`)
				s.failed = code == "2" || code == "STATUS_CODE_ERROR"
			})
		default:
			p.Skip()
		}
	})
	if s.seconds = -1; end >= begin && begin > 0 {
		s.seconds = float64(end-begin) / 1e9
	}
	return s
}

// nanoseconds reads a 64-bit number, in quotes or not. A float64 would lose its
// last digits.
func (p *otlpReader) nanoseconds(what string) uint64 {
	text := strings.Trim(string(p.scalar()), `"`)
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil && !p.Failed() {
		p.Problem("%s is no number of nanoseconds: %.40q", what, text)
	}
	return n
}

func (p *otlpReader) scalar() (v jsontext.Value) {
	p.Unmarshal(&v)
	return v
}

// sniffOTLP accepts documents and lists of them, and those of Jaeger's API.
func sniffOTLP(head []byte) bool {
	for _, path := range []string{"resourceSpans", "resource_spans", "result.resourceSpans", "[].resourceSpans", "[].resource_spans", "[].result.resourceSpans"} {
		if hasPaths(head, path) {
			return true
		}
	}
	return false
}
