package parse

import (
	"math"
	"strconv"
	"strings"
)

// parseNumber returns the value of a decimal number times 10^shift, correctly
// rounded. The value is NaN or infinite where the text says so or is out of
// range; ok is false where it is no number. Hexadecimal numbers and digit
// separators, which strconv accepts, are none: no tool writes them.
func parseNumber(text []byte, shift int) (value float64, ok bool) {
	if digits, end := readDigits(text, 0, 0); 0 < end && end == len(text) && end <= maxDigits {
		if value, ok := scale(digits, shift); ok {
			return value, true
		}
	}
	if value, found := nonFinite(text); found {
		return value, true
	}
	mantissa, exponent, ok := splitExponent(text)
	if !ok {
		return 0, false
	}
	var space [64]byte
	number := append(space[:0], mantissa...)
	number = append(number, 'e')
	number = strconv.AppendInt(number, int64(exponent+shift), 10)
	value, err := strconv.ParseFloat(string(number), 64)
	if err != nil && !math.IsInf(value, 0) {
		return 0, false
	}
	return value, true
}

// nonFinite reads the words for NaN and infinity that fmt and C's printf write.
func nonFinite(text []byte) (value float64, found bool) {
	if len(text) < len("nan") || len(text) > len("+infinity") {
		return 0, false
	}
	switch strings.ToLower(string(text)) {
	case "nan", "+nan", "-nan":
		return math.NaN(), true
	case "inf", "+inf", "infinity", "+infinity":
		return math.Inf(1), true
	case "-inf", "-infinity":
		return math.Inf(-1), true
	}
	return 0, false
}

// splitExponent checks that text is a decimal number and takes its exponent off.
// An exponent beyond every float64 is held at ±1e6.
func splitExponent(text []byte) (mantissa []byte, exponent int, ok bool) {
	i := 0
	if i < len(text) && (text[i] == '+' || text[i] == '-') {
		i++
	}
	digits, points := 0, 0
	for ; i < len(text); i++ {
		if c := text[i]; c == '.' {
			points++
		} else if c-'0' <= 9 {
			digits++
		} else {
			break
		}
	}
	mantissa = text[:i]
	if digits == 0 || points > 1 {
		return nil, 0, false
	}
	if i == len(text) {
		return mantissa, 0, true
	}
	if text[i]|0x20 != 'e' {
		return nil, 0, false
	}
	exponent, ok = parseExponent(text[i+1:])
	return mantissa, exponent, ok
}

func parseExponent(text []byte) (exponent int, ok bool) {
	sign := 1
	if len(text) > 0 && (text[0] == '+' || text[0] == '-') {
		if text[0] == '-' {
			sign = -1
		}
		text = text[1:]
	}
	for _, c := range text {
		if c -= '0'; c > 9 {
			return 0, false
		} else if exponent < 1e6 {
			exponent = exponent*10 + int(c)
		}
	}
	return sign * min(exponent, 1e6), len(text) > 0
}
