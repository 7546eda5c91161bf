package unit

import (
	"fmt"
	"strconv"
)

// Direction says which way is better. The zero Direction is Undeclared.
type Direction uint8

const (
	// Undeclared means that nothing tells which way is better. A judge looks both ways. It encodes as "" and is no word
	// that a person may write.
	Undeclared Direction = iota
	// Lower is better.
	Lower
	// Higher is better.
	Higher
	// Stable means that a change either way is bad.
	Stable
	// Info is shown and never judged.
	Info
)

// directions are the words, by value.
var directions = [...]string{Undeclared: "", Lower: "lower", Higher: "higher", Stable: "stable", Info: "info"}

// String returns the word of d for people: "undeclared" for Undeclared, "Direction(9)" for a value that is none.
func (d Direction) String() string {
	switch {
	case d == Undeclared:
		return "undeclared"
	case int(d) < len(directions):
		return directions[d]
	default:
		return "Direction(" + strconv.Itoa(int(d)) + ")"
	}
}

// ParseDirection returns the direction that the word s names: "lower", "higher", "stable" or "info", in lower case.
func ParseDirection(s string) (Direction, error) {
	for d, word := range directions {
		if s == word && d != int(Undeclared) {
			return Direction(d), nil
		}
	}
	return Undeclared, fmt.Errorf("direction %s is unknown: want lower, higher, stable or info", quote(s))
}

// MarshalText encodes d as its word and Undeclared as the empty text. A value that is no Direction is an error.
func (d Direction) MarshalText() ([]byte, error) {
	if int(d) >= len(directions) {
		return nil, fmt.Errorf("%s is no direction", d)
	}
	return []byte(directions[d]), nil
}

// UnmarshalText is the inverse of MarshalText: the empty text, which is no word, is Undeclared; everything else goes
// through [ParseDirection]. On an error d stays as it was.
func (d *Direction) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Undeclared
		return nil
	}
	parsed, err := ParseDirection(string(text))
	if err == nil {
		*d = parsed
	}
	return err
}

// quote is s in quotes for an error message, cut where it is long.
func quote(s string) string {
	const most = 40
	if len(s) > most {
		return strconv.Quote(s[:most]) + "..."
	}
	return strconv.Quote(s)
}
