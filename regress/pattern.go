package regress

import (
	"fmt"
	"strings"
)

// Pattern matches names: `*` stands for any characters, slashes too (names of
// Go sub-benchmarks hold them), every other character for itself. The zero
// Pattern is unset.
type Pattern struct{ text string }

// NewPattern returns the pattern with that text.
func NewPattern(text string) (Pattern, error) {
	if text == "" {
		return Pattern{}, fmt.Errorf(`an empty pattern matches nothing: write "*" for everything`)
	}
	if err := validText(text); err != nil {
		return Pattern{}, fmt.Errorf("pattern: %w", err)
	}
	return Pattern{text}, nil
}

// IsZero tells that the pattern is unset.
func (p Pattern) IsZero() bool { return p.text == "" }

// String returns the text of the pattern.
func (p Pattern) String() string { return p.text }

// MarshalText returns the text of the pattern.
func (p Pattern) MarshalText() ([]byte, error) { return []byte(p.text), nil }

// UnmarshalText is NewPattern.
func (p *Pattern) UnmarshalText(text []byte) (err error) {
	*p, err = NewPattern(string(text))
	return err
}

// Match tells whether the whole name matches. Its time is linear in the name
// for each `*`: the leftmost place for each piece is always right.
func (p Pattern) Match(name string) bool {
	first, rest, star := strings.Cut(p.text, "*")
	if !star {
		return name == p.text
	}
	name, ok := strings.CutPrefix(name, first)
	for ok {
		var piece string
		piece, rest, star = strings.Cut(rest, "*")
		if !star {
			return strings.HasSuffix(name, piece)
		}
		var i int
		if i = strings.Index(name, piece); i < 0 {
			return false
		}
		name = name[i+len(piece):]
	}
	return false
}

// matchBenchmark matches a benchmark's name as it stands, and without the -N
// that Go appends for GOMAXPROCS, so that a rule holds on every machine.
func (p Pattern) matchBenchmark(name string) bool {
	return p.Match(name) || p.Match(withoutProcs(name))
}

// MatchKey matches the name of a metric as reports print it, "Encode-8 sec/op", or
// that of a benchmark for all its metrics; both with and without the -N that Go
// appends for GOMAXPROCS.
func (p Pattern) MatchKey(k Key) bool {
	bare := Key{withoutProcs(k.Benchmark), k.Metric}
	return p.Match(k.String()) || p.Match(bare.String()) || k.Benchmark != "" && p.matchBenchmark(k.Benchmark)
}

// withoutProcs cuts a trailing "-8".
func withoutProcs(name string) string {
	digits := strings.TrimRight(name, "0123456789")
	if len(digits) < len(name) && strings.HasSuffix(digits, "-") {
		return digits[:len(digits)-1]
	}
	return name
}
