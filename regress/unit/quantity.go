package unit

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ParseQuantity reads a number and its unit as people write them in a policy: "100ms", "5%", "16B", "1.5 GiB",
// "200 req/s", "1e-3 s", "100". The unit is returned as written, "" where there is none; it need not be known. The value
// is finite. NaN, Inf, hexadecimal numbers, digit separators and units with spaces in them are refused.
func ParseQuantity(s string) (value float64, unit string, err error) {
	text := strings.TrimSpace(s)
	n := number(text)
	unit = strings.TrimSpace(text[n:])
	if n == 0 || !writable(text, n, unit) {
		return 0, "", fmt.Errorf("%s is not a quantity: want a number and a unit, such as 100ms, 5%%, 16B or 1.5 GiB", quote(s))
	}
	value, err = strconv.ParseFloat(text[:n], 64)
	if err != nil {
		return 0, "", fmt.Errorf("%s is out of range: want a number between -1.8e308 and 1.8e308", quote(s))
	}
	return value, unit, nil
}

// number returns the length of the decimal number that s begins with, 0 where there is none.
func number(s string) int {
	i := 0
	if i < len(s) && (s[i] == '+' || s[i] == '-') {
		i++
	}
	whole := digits(s[i:])
	i += whole
	if i < len(s) && s[i] == '.' {
		fraction := digits(s[i+1:])
		if fraction == 0 {
			return 0
		}
		i += 1 + fraction
	} else if whole == 0 {
		return 0
	}
	if i < len(s) && (s[i] == 'e' || s[i] == 'E') {
		j := i + 1
		if j < len(s) && (s[j] == '+' || s[j] == '-') {
			j++
		}
		if n := digits(s[j:]); n > 0 {
			return j + n
		}
	}
	return i
}

// digits returns how many ASCII digits s begins with.
func digits(s string) int {
	return len(s) - len(strings.TrimLeft(s, "0123456789"))
}

// writable reports whether unit, which stands behind the number text[:n], is something a person would write as a unit: it
// begins with a letter, % or /, has no spaces or control characters in it, and is not the rest of a broken number.
func writable(text string, n int, unit string) bool {
	if unit == "" {
		return true
	}
	first, _ := utf8.DecodeRuneInString(unit)
	if !unicode.IsLetter(first) && first != '%' && first != '/' {
		return false
	}
	if !utf8.ValidString(unit) || strings.ContainsFunc(unit, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }) {
		return false
	}
	switch glued := text[n] == unit[0]; {
	case glued && (first == 'x' || first == 'X') && text[n-1] == '0': // 0x1p-2
		return false
	case glued && (first == 'e' || first == 'E') && (len(unit) == 1 || unit[1] == '+' || unit[1] == '-'): // 1e, 1e+
		return false
	}
	switch strings.ToLower(unit) {
	case "inf", "infinity", "nan":
		return false
	}
	return true
}
