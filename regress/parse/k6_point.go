package parse

import (
	"bytes"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// k6Point is a line of --out json of which the type is Point. Its fields are
// valid until the next one is decoded.
type k6Point struct {
	jsonLine
	metric, kind, time, tags []byte
	value                    float64
	valued                   bool
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
	p.begin(line)
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
