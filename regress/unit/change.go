package unit

import (
	"math"
	"strconv"
	"strings"
)

// FormatChange returns a relative change, a fraction of the base (0.146), in percent and with its sign: "+14.6 %",
// "-3.2 %", "+4950 %" from 1000 % on without decimals, "+0.03 %" where one decimal would show nothing, "0.0 %" for no
// change at all. The minus is ASCII, so that the text can be searched for. Beyond a million percent it is "+1.23e+08 %". A
// value that is not finite is "NaN", "+Inf" or "-Inf" alone.
func FormatChange(relative float64) string {
	percent := relative * 100
	abs := math.Abs(percent)
	var s string
	switch {
	case !finite(relative):
		return strconv.FormatFloat(relative, 'g', -1, 64)
	case relative == 0:
		return "0.0 %"
	case abs >= 1e6:
		// Shifted by hand: times 100 it may be beyond the largest float64.
		mantissa, digits, _ := strings.Cut(strconv.FormatFloat(relative, 'e', figures-1, 64), "e")
		n, _ := strconv.Atoi(digits) // FormatFloat writes a number there
		s = mantissa + "e+" + pad(n+2)
	case relative > -1 && percent <= -99.95:
		s = "-99.9" // not everything is gone
	case abs >= 999.95:
		s = strconv.FormatFloat(percent, 'f', 0, 64)
	case abs >= 0.05:
		s = strconv.FormatFloat(percent, 'f', 1, 64)
	default:
		s = strconv.FormatFloat(percent, 'g', 1, 64)
	}
	if relative > 0 {
		s = "+" + s
	}
	return s + " %"
}

// FormatShare returns a fraction (0.05) in percent as people set it, as a threshold: "5 %", "12.5 %", "0.25 %", "0 %",
// with at most three significant digits, no zeros behind them, and a sign only below zero. A value that is not finite is
// "NaN", "+Inf" or "-Inf" alone.
func FormatShare(share float64) string {
	percent := share * 100
	switch abs := math.Abs(percent); {
	case !finite(share):
		return strconv.FormatFloat(share, 'g', -1, 64)
	case share == 0:
		return "0 %"
	case abs >= 1e6, abs < 1e-4:
		return Format(share, "ratio")
	case abs >= 100:
		return strconv.FormatFloat(percent, 'f', 0, 64) + " %"
	}
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(percent, 'g', figures, 64), 64) // its own number
	return strconv.FormatFloat(rounded, 'f', -1, 64) + " %"
}

// pad is a decimal exponent with two digits or more, as strconv writes it.
func pad(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}
