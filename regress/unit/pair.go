package unit

import "math"

// FormatPair returns two values in the same unit as [Format] does, but so that they can be compared at a glance: with one
// prefix, that of the smaller one, and with the same number of decimals, as many as it takes to tell different numbers
// apart. Equal numbers read alike, different ones never do. Numbers more than a thousandfold apart have prefixes of their
// own.
func FormatPair(base, head float64, unit string) (baseText, headText string) {
	baseText, headText = Format(base, unit), Format(head, unit)
	if base == head || !finite(base) || !finite(head) {
		return baseText, headText
	}
	l := lookOf(unit)
	b, bok := l.base(base)
	h, hok := l.base(head)
	small, large := math.Min(math.Abs(b), math.Abs(h)), math.Max(math.Abs(b), math.Abs(h))
	if small == 0 {
		small = large
	}
	if bok && hok && large/small < 1000 {
		if x, y, ok := l.aligned(b, h, small); ok {
			return x, y
		}
	}
	if baseText != headText {
		return baseText, headText
	}
	return plain(base, 'g', -1, unit), plain(head, 'g', -1, unit)
}

// aligned writes b and h with the prefix that suits small, with the fewest decimals that tell them apart.
func (l look) aligned(b, h, small float64) (baseText, headText string, ok bool) {
	const most = 17 // significant digits of a float64
	i, scientific := l.pick(small)
	format, decimals := byte('f'), l.decimals(small, i)
	if scientific {
		format, decimals = 'e', figures-1
	} else if i == l.unit && (!l.whole(b) || !l.whole(h)) && math.Max(math.Abs(b), math.Abs(h)) < l.full {
		decimals = max(0, figures-1-exponent(small/l.steps[i].size))
	}
	for range most {
		baseText, headText = l.text(b, i, format, decimals), l.text(h, i, format, decimals)
		exact := !l.overstates(b, i, decimals) && !l.overstates(h, i, decimals)
		if baseText != headText && exact {
			return baseText, headText, true
		}
		decimals++
	}
	return "", "", false
}
