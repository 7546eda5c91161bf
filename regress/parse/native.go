package parse

import (
	"bytes"
	"errors"
	"io"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/org/regress-gate/regress"
)

var nativeFormat = Format{
	Name:    "native",
	Doc:     "run or baseline JSON of regress-gate itself, or a flat map of metric to number",
	Example: `echo '{"p95_latency": 95.2}' > run.json`,
	Metrics: "those that the file names",
	Sniff:   sniffNative,
	Parse:   parseNative,
}

func parseNative(r io.Reader, o Options) (*regress.Run, error) {
	return regress.ReadRun(r, o.File)
}

// nativeFields are the top-level fields of a run or baseline.
var nativeFields = map[string]bool{
	"schema": true, "commit": true, "timestamp": true, "environment": true,
	"design": true, "metrics": true, "benchmarks": true, "warnings": true,
}

// sniffNative accepts an object with metrics or benchmarks, and a flat map of
// numbers. Other tools have fields of these names too: k6 "metrics", Google
// Benchmark "benchmarks". So no other field may stand beside them, and each
// entry must be a number or hold a value.
//
// Whatever ends the reading, the end of the head or an error, what was seen
// until then decides: the parser names the line of an error better.
func sniffNative(head []byte) bool {
	head = bytes.TrimLeft(head, " \t\r\n")
	if len(head) == 0 || head[0] != '{' || sniffSiege(head) { // siege's results are a flat map of numbers too
		return false
	}
	s := newNativeSniffer(head)
	s.document()
	return !s.foreign && (s.measured || s.flat) && !(s.measured && s.flat)
}

type nativeSniffer struct {
	dec      *jsontext.Decoder
	measured bool // there are metrics or benchmarks
	flat     bool // there is a number outside of them, or null for one
	foreign  bool // something is in no file of ours
}

func newNativeSniffer(head []byte) nativeSniffer {
	return nativeSniffer{dec: jsontext.NewDecoder(bytes.NewReader(head),
		jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))}
}

func (s *nativeSniffer) document() {
	done := s.object(func(key string) bool {
		switch kind := s.dec.PeekKind(); {
		case key == "metrics" && kind == '{':
			s.measured = true
			return s.metrics()
		case key == "benchmarks" && kind == '{':
			s.measured = true
			return s.object(func(string) bool { return s.metrics() })
		case key == "metrics", key == "benchmarks":
			s.foreign = kind != 0
			return false
		case nativeFields[key]:
			return s.dec.SkipValue() == nil
		case kind == '0', kind == 'n':
			s.flat = true
			return s.dec.SkipValue() == nil
		default:
			s.foreign = kind != 0
			return false
		}
	})
	if !done {
		return
	}
	// What follows makes it lines of JSON, or a log, and not one file of ours.
	if _, err := s.dec.ReadToken(); !errors.Is(err, io.EOF) {
		s.foreign = true
	}
}

// metrics reads metric → number, or metric → {"value": 1, …}.
func (s *nativeSniffer) metrics() bool {
	if kind := s.dec.PeekKind(); kind != '{' {
		s.foreign = kind != 0
		return false
	}
	return s.object(func(string) bool {
		if s.dec.PeekKind() != '{' {
			return s.dec.SkipValue() == nil
		}
		valued := false
		done := s.object(func(field string) bool {
			valued = valued || field == "value" || field == "samples" || field == "broken"
			return s.dec.SkipValue() == nil
		})
		if done && !valued {
			s.foreign = true
		}
		return done && valued
	})
}

// object reads an object, field by field, and tells whether it came to its end.
func (s *nativeSniffer) object(field func(key string) bool) bool { return sniffObject(s.dec, field) }

func sniffObject(dec *jsontext.Decoder, field func(key string) bool) bool {
	if token, err := dec.ReadToken(); err != nil || token.Kind() != '{' {
		return false
	}
	for {
		token, err := dec.ReadToken()
		if err != nil || token.Kind() != '"' {
			return err == nil && token.Kind() == '}'
		}
		if !field(token.String()) {
			return false
		}
	}
}
