package parse

import (
	"bytes"
	"io"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/org/regress-gate/regress"
)

// k6Point is a line of --out json of which the type is Point. Its fields are
// valid until the next one is decoded.
type k6Point struct {
	metric, kind, time, tags []byte
	value                    float64
	valued                   bool

	reader bytes.Reader
	dec    *jsontext.Decoder
	space  []byte // of the fields
}

// k6Declaration is a line of which the type is Metric: it comes before the first
// point of its metric.
type k6Declaration struct {
	Type   string
	Metric string
	Data   struct {
		Type       k6Kind
		Contains   string
		Submetrics []struct {
			Name string
			Tags map[string]string
		}
	}
}

// decode reads one line, and tells whether it is an object of the shape of both.
func (p *k6Point) decode(line []byte) bool {
	p.metric, p.kind, p.time, p.tags, p.valued = nil, nil, nil, nil, false
	p.space = p.space[:0]
	p.reader.Reset(line)
	if p.dec == nil {
		p.dec = jsontext.NewDecoder(&p.reader)
	} else {
		p.dec.Reset(&p.reader)
	}
	done := p.object(func(name []byte) bool {
		switch string(name) {
		case `"metric"`:
			return p.text(&p.metric)
		case `"type"`:
			return p.text(&p.kind)
		case `"data"`:
			return p.object(p.data)
		}
		return p.dec.SkipValue() == nil
	})
	return done && p.dec.PeekKind() == 0 && len(p.metric) > 0 && len(p.kind) > 0
}

func (p *k6Point) data(name []byte) bool {
	switch string(name) {
	case `"time"`:
		return p.text(&p.time)
	case `"value"`:
		value, err := p.dec.ReadValue()
		if err == nil {
			p.value, p.valued = parseNumber(value, 0)
		}
		return err == nil
	case `"tags"`:
		value, err := p.dec.ReadValue()
		if err == nil {
			begin := len(p.space)
			p.space = append(p.space, value...)
			p.tags = p.space[begin:len(p.space):len(p.space)]
		}
		return err == nil
	}
	return p.dec.SkipValue() == nil
}

func (p *k6Point) object(member func(name []byte) bool) bool {
	if token, err := p.dec.ReadToken(); err != nil || token.Kind() != '{' {
		return false
	}
	for p.dec.PeekKind() == '"' {
		name, err := p.dec.ReadValue()
		if err != nil || !member(name) {
			return false
		}
	}
	token, err := p.dec.ReadToken()
	return err == nil && token.Kind() == '}'
}

// text reads a string.
func (p *k6Point) text(target *[]byte) bool {
	value, err := p.dec.ReadValue()
	if err != nil || value.Kind() != '"' {
		return false
	}
	begin := len(p.space)
	p.space, err = jsontext.AppendUnquote(p.space, value)
	*target = p.space[begin:len(p.space):len(p.space)]
	return err == nil
}

// sniffK6Points accepts lines of which the first JSON object is a declaration or
// a point.
func sniffK6Points(head []byte) bool {
	var p k6Point
	for line := range bytes.Lines(head) {
		line = bytes.TrimRight(line, "\r\n")
		if len(line) > 0 && line[0] == '{' {
			return p.decode(line) && (string(p.kind) == "Point" || string(p.kind) == "Metric")
		}
	}
	return false
}

// parseK6Points reads --out json. Lines that are no objects are k6's own text,
// where both went to standard output.
func parseK6Points(r io.Reader, o Options) (*regress.Run, error) {
	rows := newK6Rows(o.File)
	var p k6Point
	lines := newLines(r)
	for lines.next() {
		if len(lines.text) == 0 || lines.text[0] != '{' {
			continue
		}
		read := p.decode(lines.text)
		switch {
		case lines.long:
			return nil, lineError(o.File, lines.number, "a line of more than %d bytes: the file is damaged", maxLine)
		case !read && lines.cut:
			return nil, lineError(o.File, lines.number, "the file is cut off within its last line: k6 was killed, or is still writing")
		case !read || string(p.kind) == "Point" && !p.valued:
			return nil, lineError(o.File, lines.number, "neither a metric nor a point of k6: %.60q", lines.text)
		}
		if err := rows.line(&p, lines); err != nil {
			return nil, err
		}
	}
	if err := lines.failed(); err != nil {
		return nil, lineError(o.File, lines.number, "%w", err)
	}
	return rows.finish()
}

func (r *k6Rows) line(p *k6Point, l *lines) error {
	m := r.metrics[string(p.metric)]
	switch string(p.kind) {
	case "Metric":
		var d k6Declaration
		if err := json.Unmarshal(l.text, &d, json.MatchCaseInsensitiveNames(true)); err != nil {
			return lineError(r.file, l.number, "a metric that cannot be read: %w", err)
		}
		switch d.Data.Type {
		case k6Counter, k6Gauge, k6Rate, k6Trend:
		default:
			return lineError(r.file, l.number, "the metric %.100q is of the unknown type %.40q", d.Metric, d.Data.Type)
		}
		if m == nil {
			var err error
			if m, err = r.declare(d.Metric, k6Type{d.Data.Type, k6Unit(d.Data.Type, d.Data.Contains)}, l.number); err != nil {
				return err
			}
		}
		for _, sub := range d.Data.Submetrics {
			var tags []k6Tag
			for name, value := range sub.Tags {
				tags = append(tags, newK6Tag(name, value))
			}
			if err := r.sub(m, sub.Name, tags); err != nil {
				return err
			}
		}
		return nil
	case "Point":
		if m == nil {
			return lineError(r.file, l.number, "a point of %.100q, which no line before declares: the beginning of the file is missing", p.metric)
		}
	default:
		return nil // of a later k6
	}
	at, err := time.Parse(time.RFC3339Nano, string(p.time))
	if err != nil {
		return lineError(r.file, l.number, "a point without a time: %.40q", p.time)
	}
	r.at(at, m, p.value)
	m.add(p.value)
	for _, sub := range m.subs {
		if sub.has(p.tags) {
			sub.add(p.value)
		}
	}
	return nil
}

// k6Tag is a tag as it stands in JSON, in two ways: encoders may escape <, > and &.
// Inside of a string each quote is escaped, so that these bytes can be nothing
// else than this tag.
type k6Tag [2][]byte

func newK6Tag(name, value string) (t k6Tag) {
	for i, escape := range []bool{false, true} {
		for j, text := range []string{name, value} {
			quoted, _ := jsontext.AppendQuote(nil, text) // invalid UTF-8 was refused when it was read
			if escape {
				quoted = htmlEscapes(quoted)
			}
			if j > 0 {
				t[i] = append(t[i], ':')
			}
			t[i] = append(t[i], quoted...)
		}
	}
	return t
}

func htmlEscapes(quoted []byte) []byte {
	return []byte(strings.NewReplacer("<", "\\u003c", ">", "\\u003e", "&", "\\u0026").Replace(string(quoted)))
}

// has tells whether a point with these tags is one of the sub-metric.
func (m *k6Series) has(tags []byte) bool {
	for _, t := range m.tags {
		if !bytes.Contains(tags, t[0]) && !bytes.Contains(tags, t[1]) {
			return false
		}
	}
	return true
}
