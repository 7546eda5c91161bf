package unit

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// limit bounds a compound's factor, and 1/limit does from below, so that the quotient of two factors stays finite. A unit
// beyond (MB*MB*…*MB) is left as it is.
const limit = 1e150

// compound reads a unit that consists of tokens: separated by dashes, spaces, stars and slashes, after a slash in the
// denominator, as in benchunit.
func compound(s string) Unit {
	if !strings.ContainsFunc(s, separates) {
		return Unit{Base: s, Factor: 1}
	}
	p, simple := split(s)
	base, factor, class := scale(p.num, simple)
	switch t, rate := clocks[p.den]; {
	case !simple:
		class = Other
	case !p.per:
	case !rate:
		base += "/" + p.den
	default:
		if n, ok := perTime[p.num]; ok {
			base = n
		}
		base += "/s"
		factor = quotient(factor, t)
		if class == Time {
			class = Other // time per time is a load, and nobody knows whether it is good
		} else {
			class = Rate
		}
	}
	if factor > limit || factor < 1/limit {
		return Unit{Base: s, Factor: 1}
	}
	return Unit{Base: base, Factor: factor, Class: class}
}

// parts are a simple unit's numerator and denominator: "p99-ns" and "op". Per tells "B/" from "B".
type parts struct {
	num, den string
	per      bool
}

// split cuts a simple unit, one with at most one slash and without spaces and stars. Any other is one numerator.
func split(s string) (p parts, simple bool) {
	num, den, per := strings.Cut(s, "/")
	if strings.Contains(den, "/") || strings.ContainsFunc(s, func(r rune) bool { return r == '*' || unicode.IsSpace(r) }) {
		return parts{num: s}, false
	}
	return parts{num, den, per}, true
}

// last is the part of a numerator behind its last dash, which says what is measured: p99-ns, hit-ratio, wire-bytes.
func last(num string) string {
	return num[strings.LastIndexByte(num, '-')+1:]
}

// scale brings the tokens of s, outside of denominators, to their base units. The class is that of the last token.
func scale(s string, simple bool) (base string, factor float64, class Class) {
	if u, ok := alone[s]; ok && simple {
		return u.Base, u.Factor, u.Class
	}
	factor = 1
	var b strings.Builder
	kept := 0 // s[:kept] is in b
	denominator := false
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if separates(r) {
			if r == '*' || r == '/' {
				denominator = r == '/'
			}
			i += size
			continue
		}
		end := len(s)
		if n := strings.IndexFunc(s[i:], separates); n >= 0 {
			end = i + n
		}
		if u, ok := scaled[s[i:end]]; ok && !denominator {
			b.WriteString(s[kept:i])
			b.WriteString(u.Base)
			kept = end
			factor *= u.Factor
		}
		i = end
	}
	b.WriteString(s[kept:])
	base = b.String()
	switch t := last(base); {
	case t == "sec":
		class = Time
	case t == "B" || countable[t]:
		class = Count
	case t == "ratio" || t == "%":
		class = Ratio
	}
	return base, factor, class
}

// separates reports whether r stands between two tokens.
func separates(r rune) bool {
	return r == '/' || r == '-' || r == '*' || unicode.IsSpace(r)
}
