package render

import (
	"strings"
	"unicode"
)

// width returns how many columns of a terminal s takes: none for combining
// marks, two for the wide characters of East Asia and for emoji.
func width(s string) int {
	columns := 0
	for _, r := range s {
		switch {
		case r < 0x300:
			columns++
		case unicode.In(r, unicode.Mn, unicode.Me):
		case r >= 0x1100 && unicode.Is(wide, r):
			columns += 2
		default:
			columns++
		}
	}
	return columns
}

// wide is approximately what Unicode calls East Asian Wide or Fullwidth.
var wide = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x1100, 0x115f, 1}, {0x231a, 0x231b, 1}, {0x23e9, 0x23ec, 1}, {0x2614, 0x2615, 1}, {0x2705, 0x2705, 1},
		{0x274c, 0x274e, 2}, {0x2753, 0x2755, 1}, {0x2795, 0x2797, 1}, {0x2e80, 0x303e, 1}, {0x3041, 0x4dbf, 1},
		{0x4e00, 0xa4cf, 1}, {0xa960, 0xa97c, 1}, {0xac00, 0xd7a3, 1}, {0xf900, 0xfaff, 1}, {0xfe30, 0xfe6f, 1},
		{0xff01, 0xff60, 1}, {0xffe0, 0xffe6, 1},
	},
	R32: []unicode.Range32{
		{0x16fe0, 0x18cff, 1}, {0x1b000, 0x1b2ff, 1}, {0x1f300, 0x1f64f, 1}, {0x1f680, 0x1f6ff, 1},
		{0x1f900, 0x1f9ff, 1}, {0x1fa70, 0x1faff, 1}, {0x20000, 0x3fffd, 1},
	},
}

// pad fills s up to that many columns, on its left where right is true.
func pad(s string, columns int, right bool) string {
	blank := strings.Repeat(" ", max(0, columns-width(s)))
	if right {
		return blank + s
	}
	return s + blank
}
