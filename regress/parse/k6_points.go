package parse

import (
	"bytes"
	"io"
	"time"

	"github.com/go-json-experiment/json"

	"github.com/org/regress-gate/regress"
)

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
	m := r.known[string(p.metric)]
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
