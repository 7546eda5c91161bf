package unit

import "math"

// Class is the kind of a quantity. It decides what noise and another environment mean for its values.
type Class uint8

const (
	// Other is the zero Class: nothing is known, so the values must be taken as noisy and bound to their machine.
	Other Class = iota
	// Time is a duration, also per operation: s, sec/op, p99-sec/op.
	Time
	// Rate is anything per time: req/s, B/s.
	Rate
	// Count is a number of things that is deterministic in principle: allocs/op, B, B/op, instructions, objects.
	Count
	// Ratio is a share without a dimension: ratio, %.
	Ratio
)

// String returns the class as a lower-case word; a value that is no Class is "other".
func (c Class) String() string {
	switch c {
	case Time:
		return "time"
	case Rate:
		return "rate"
	case Count:
		return "count"
	case Ratio:
		return "ratio"
	default:
		return "other"
	}
}

// Unit is what a unit's spelling means. The zero Unit is not valid; [Parse] returns valid ones only.
type Unit struct {
	// Base is the canonical spelling of the base unit. Two units have the same dimension exactly when their bases are
	// equal. It is empty only for the empty unit.
	Base string
	// Factor brings a value to the base unit: base = value * Factor. It is finite and above zero.
	Factor float64
	// Class is the kind of quantity.
	Class Class
}

// Parse returns the meaning of s. It never fails: a unit it does not know is its own base with factor 1. The base of a
// base is itself: Parse(u.Base) has the same Base and the factor 1.
func Parse(s string) Unit {
	if u, ok := table[s]; ok {
		return u
	}
	return compound(s)
}

// Factor returns f such that a value in the unit from, times f, is the value in the unit to; false where the two have
// different dimensions. The empty unit is its own dimension: it converts to itself only, not to ratio.
func Factor(from, to string) (f float64, ok bool) {
	if from == to {
		return 1, true
	}
	a, b := Parse(from), Parse(to)
	if a.Base != b.Base {
		return 0, false
	}
	return quotient(a.Factor, b.Factor), true
}

// Convert returns v, given in the unit from, in the unit to: v * Factor(from, to). It is false where the dimensions
// differ, and where a finite v would overflow.
func Convert(v float64, from, to string) (converted float64, ok bool) {
	f, ok := Factor(from, to)
	if !ok {
		return 0, false
	}
	converted = v * f
	if math.IsInf(converted, 0) && !math.IsInf(v, 0) {
		return 0, false
	}
	return converted, true
}

// quotient is a/b for two factors, by way of the whole numbers behind 1e-3, 1e-9 or 1/60: a plain division would give
// 1/1e-9 = 999999999.9999999.
func quotient(a, b float64) float64 {
	switch {
	case b >= 1:
		return a / b
	case a < 1:
		return inverse(b) / inverse(a)
	default:
		return a * inverse(b)
	}
}

// inverse is 1/f, rounded to a whole number where f is the closest float to the inverse of one.
func inverse(f float64) float64 {
	if n := math.Round(1 / f); n < 1<<53 && 1/n == f {
		return n
	}
	return 1 / f
}
