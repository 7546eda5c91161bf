package unit

import (
	"math"
	"strconv"
	"strings"
)

// figures is how many significant digits a sampled number is shown with: measurements are seldom better than 1 in 1000.
const figures = 3

// Format returns v, given in unit, as people write it, with three significant digits:
//
//	time       408 ns, 1.23 µs, 12.4 ms, 1.50 s, 5400 s     no unit above the second
//	bytes      816 B, 2.75 KiB, 1.50 GiB                    binary prefixes, as Go programmers read them
//	bytes/s    12.4 MB/s                                    decimal prefixes, as package testing and networks count
//	ratio      1.25 %, 99.95 %                              never 100 % unless it is
//	other      12 allocs/op, 26.1k req/s, 0.847 hit-ratio   whole numbers below 1000, and counts below a million, in full
//
// "/op" is left out behind times and bytes, where the metric's name says it, and so is a name before a dash: p99-ns/op is
// 1.23 µs. Units are not escaped. Far outside of the prefixes the exponent is written: 1.00e+300 s. A value that is not
// finite is "NaN", "+Inf" or "-Inf" alone.
func Format(v float64, unit string) string {
	if !finite(v) {
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	l := lookOf(unit)
	b, ok := l.base(v)
	if !ok {
		return plain(v, 'e', figures-1, unit)
	}
	i, scientific := l.pick(b)
	if scientific {
		return l.text(b, i, 'e', figures-1)
	}
	decimals := l.decimals(b, i)
	for l.overstates(b, i, decimals) {
		decimals++
	}
	return l.text(b, i, 'f', decimals)
}

// text returns the number b, in the base unit, with the i-th prefix and so many decimals.
func (l look) text(b float64, i int, format byte, decimals int) string {
	if b == 0 {
		return "0" + l.steps[i].label + l.tail
	}
	return strconv.FormatFloat(b/l.steps[i].size, format, decimals, 64) + l.steps[i].label + l.tail
}

// base brings v to the base unit of the look; false where it leaves the range of a float64.
func (l look) base(v float64) (b float64, ok bool) {
	b = v * l.factor
	ok = !math.IsInf(b/l.steps[l.unit].size, 0) && (b != 0 || v == 0)
	if b == 0 {
		b = 0 // not -0
	}
	return b, ok
}

// pick returns the prefix in which b has one to three digits before its point, or that the exponent must be written.
func (l look) pick(b float64) (i int, scientific bool) {
	abs := math.Abs(b)
	if abs == 0 || l.whole(b) {
		return l.unit, false
	}
	i = len(l.steps) - 1
	for i > 0 && abs < 0.9995*l.steps[i].size { // 0.9995 reads 1.00
		i--
	}
	if m := abs / l.steps[i].size; m < 1e-3 || m >= 1e6 {
		return l.unit, true
	}
	return i, false
}

// whole reports whether b is shown in full, without decimals and prefix.
func (l look) whole(b float64) bool {
	return math.Abs(b) < l.full && b == math.Trunc(b)
}

// decimals is how many of them give b three significant digits in the i-th prefix, 0 where it is shown in full.
func (l look) decimals(b float64, i int) int {
	if b == 0 || i == l.unit && l.whole(b) {
		return 0
	}
	return max(0, figures-1-exponent(b/l.steps[i].size))
}

// overstates reports whether a share short of the whole would read 100 %, or a whole exceeded.
func (l look) overstates(b float64, i, decimals int) bool {
	if !l.share || decimals > 17 || b == 1 || b < 0.9 || b > 1.1 {
		return false
	}
	shown, err := strconv.ParseFloat(strconv.FormatFloat(b/l.steps[i].size, 'f', decimals, 64), 64)
	return err == nil && shown == 100 && b/l.steps[i].size != 100
}

// exponent is the power of ten of v, which is not 0, as it reads with three significant digits: 0 for 9.99, 1 for 9.996.
func exponent(v float64) int {
	_, digits, _ := strings.Cut(strconv.FormatFloat(v, 'e', figures-1, 64), "e")
	n, _ := strconv.Atoi(digits) // FormatFloat writes a number there
	return n
}

// plain is v and its unit as they came.
func plain(v float64, format byte, decimals int, unit string) string {
	s := strconv.FormatFloat(v, format, decimals, 64)
	if unit != "" {
		s += " " + unit
	}
	return s
}

// finite reports whether v is neither NaN nor infinite.
func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
