package regress

import (
	"bytes"
	"io"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// WriteTo writes the baseline as JSON: sorted, one metric a line, the same bytes
// for the same baseline, so that a change of one value is a change of one line.
func (b *Baseline) WriteTo(w io.Writer) (int64, error) {
	entries := slices.Clone(b.Entries)
	sortEntries(entries)
	e := encoder{}
	e.header(b.Commit, b.Time, b.Env, b.Design)
	e.entries(entries)
	e.buf.WriteString("\n}\n")
	return e.buf.WriteTo(w)
}

// WriteTo writes the run in the shape of a baseline, with samples always
// present, in the order of its series' names.
func (r *Run) WriteTo(w io.Writer) (int64, error) {
	entries := make([]Entry, len(r.Series))
	for i, s := range r.Series {
		entries[i].Series = s
	}
	sortEntries(entries)
	e := encoder{samples: true}
	e.header(r.Commit, r.Time, r.Env, r.Design)
	e.entries(entries)
	if len(r.Warnings) > 0 {
		e.buf.WriteString(",\n  \"warnings\": [")
		for i, warning := range r.Warnings {
			e.separate(i, "\n    ")
			e.open()
			e.optionalText("file", warning.File)
			if warning.Line != 0 {
				e.key("line")
				e.buf.WriteString(strconv.Itoa(warning.Line))
			}
			e.key("message")
			e.text(warning.Message)
			e.buf.WriteByte('}')
		}
		e.buf.WriteString("\n  ]")
	}
	e.buf.WriteString("\n}\n")
	return e.buf.WriteTo(w)
}

// encoder writes the layout by hand: no JSON library keeps one metric to a line.
type encoder struct {
	buf     bytes.Buffer
	samples bool // write the samples of single values too
	first   bool // no member of the innermost object is written yet
}

func (e *encoder) header(commit string, t time.Time, env Env, design Design) {
	e.buf.WriteString("{\n  \"schema\": " + strconv.Itoa(BaselineSchema))
	e.first = false
	for _, field := range [...]struct{ name, value string }{
		{"commit", commit}, {"timestamp", formatTime(t)}, {"design", design.String()},
	} {
		if field.value != "" {
			e.buf.WriteString(",\n  ")
			e.first = true
			e.key(field.name)
			e.text(field.value)
		}
	}
	if env == (Env{}) {
		return
	}
	e.buf.WriteString(",\n  \"environment\": ")
	e.open()
	for _, f := range envFields {
		if f.name != "cores" {
			e.optionalText(f.name, f.get(env))
		} else if v := f.get(env); v != "" {
			e.key(f.name)
			e.buf.WriteString(v)
		}
	}
	e.buf.WriteByte('}')
}

// entries writes "metrics" and "benchmarks" from sorted entries.
func (e *encoder) entries(entries []Entry) {
	whole := 0
	for whole < len(entries) && entries[whole].Benchmark == "" {
		whole++
	}
	if whole > 0 || len(entries) == 0 {
		e.buf.WriteString(",\n  \"metrics\": {")
		e.metrics(entries[:whole], "\n    ")
		e.buf.WriteString("\n  }")
	}
	if whole == len(entries) {
		return
	}
	e.buf.WriteString(",\n  \"benchmarks\": {")
	for i, rest := 0, entries[whole:]; len(rest) > 0; i++ {
		n := 1
		for n < len(rest) && rest[n].Benchmark == rest[0].Benchmark {
			n++
		}
		e.separate(i, "\n    ")
		e.text(rest[0].Benchmark)
		e.buf.WriteString(": {")
		e.metrics(rest[:n], "\n      ")
		e.buf.WriteString("\n    }")
		rest = rest[n:]
	}
	e.buf.WriteString("\n  }")
}

func (e *encoder) metrics(entries []Entry, indent string) {
	for i := range entries {
		e.separate(i, indent)
		e.text(entries[i].Metric)
		e.buf.WriteString(": ")
		e.entry(&entries[i], indent)
	}
}

func (e *encoder) entry(x *Entry, indent string) {
	e.open()
	if len(x.Samples) > 0 {
		e.optionalNumber("value", NewFigure(x.Center()))
	}
	e.optionalText("unit", x.Unit)
	e.optionalNumber("threshold", x.Threshold.figure)
	e.optionalNumber("threshold_abs", x.ThresholdAbs)
	direction, _ := x.Direction.MarshalText() // Validate has checked it
	e.optionalText("direction", string(direction))
	if x.Exact {
		e.key("exact")
		e.buf.WriteString("true")
	}
	e.optionalText("broken", x.Broken)
	if len(x.Samples) > 1 || e.samples {
		e.key("samples")
		e.buf.WriteByte('[')
		for i, v := range x.Samples {
			e.separate(i, " ")
			e.number(v)
		}
		e.buf.WriteByte(']')
	}
	if x.Anchor != nil {
		e.key("anchor")
		e.point(*x.Anchor)
	}
	if len(x.History) > 0 {
		e.key("history")
		e.buf.WriteByte('[')
		for i, p := range x.History {
			e.separate(i, indent+"  ")
			e.point(p)
		}
		e.buf.WriteByte(']')
		e.first = false
	}
	if a := x.Accepted; a != nil {
		e.key("accepted")
		e.open()
		e.optionalText("by", a.By)
		e.optionalText("reason", a.Reason)
		e.optionalText("timestamp", formatTime(a.Time))
		e.optionalText("commit", a.Commit)
		e.optionalNumber("value", a.Value)
		e.buf.WriteByte('}')
		e.first = false
	}
	e.buf.WriteByte('}')
}

func (e *encoder) point(p Point) {
	e.open()
	e.optionalText("commit", p.Commit)
	e.optionalText("timestamp", formatTime(p.Time))
	e.optionalNumber("value", NewFigure(p.Center))
	e.optionalNumber("spread", p.Spread)
	if p.N > 0 {
		e.key("n")
		e.buf.WriteString(strconv.Itoa(p.N))
	}
	if p.Mark != Ordinary {
		e.optionalText("mark", p.Mark.String())
	}
	e.buf.WriteByte('}')
	e.first = false
}

func (e *encoder) open() {
	e.buf.WriteByte('{')
	e.first = true
}

func (e *encoder) key(name string) {
	if !e.first {
		e.buf.WriteString(", ")
	}
	e.first = false
	e.buf.WriteString(`"` + name + `": `)
}

// separate writes the comma before every element but the first.
func (e *encoder) separate(i int, space string) {
	if i > 0 {
		e.buf.WriteByte(',')
	}
	if i > 0 || space != " " {
		e.buf.WriteString(space)
	}
}

func (e *encoder) optionalText(name, value string) {
	if value != "" {
		e.key(name)
		e.text(value)
	}
}

func (e *encoder) optionalNumber(name string, f Figure) {
	if v, known := f.Get(); known {
		e.key(name)
		e.number(v)
	}
}

// text quotes a string; Validate has made sure that it is UTF-8.
func (e *encoder) text(s string) {
	quoted, _ := jsontext.AppendQuote(e.buf.AvailableBuffer(), s)
	e.buf.Write(quoted)
}

func (e *encoder) number(v float64) {
	e.buf.Write(appendNumber(e.buf.AvailableBuffer(), v))
}

// appendNumber writes the shortest decimal that reads back as v, with an
// exponent where there would be many zeros.
func appendNumber(b []byte, v float64) []byte {
	format := byte('f')
	if size := math.Abs(v); size != 0 && size < 1e-4 || size >= 1e15 {
		format = 'e'
	}
	return strconv.AppendFloat(b, v, format, -1, 64)
}

func formatTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}
