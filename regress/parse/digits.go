package parse

import (
	"encoding/binary"
	"math/bits"
)

// maxDigits is the largest number of digits that cannot overflow a uint64.
const maxDigits = 19

// powers are those powers of ten that a float64 holds exactly.
var powers = [...]float64{
	1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10,
	1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
}

// scale returns digits × 10^exponent, correctly rounded, and whether it could:
// where both factors are exact, one operation rounds only once. So 478.4 ns is
// read as the float64 nearest to 478.4e-9, which 478.4 × 1e-9 is not always.
func scale(digits uint64, exponent int) (float64, bool) {
	switch {
	case digits > 1<<53 || exponent > 22 || exponent < -22:
		return 0, false
	case exponent < 0:
		return float64(digits) / powers[-exponent], true
	}
	v := float64(digits) * powers[exponent]
	return v, true
}

// Eight bytes at once: most of a result line are the blanks of its columns.
const (
	eightBlanks = 0x2020202020202020
	eightZeros  = 0x3030303030303030
	eightSixes  = 0x0606060606060606
	highHalves  = 0xf0f0f0f0f0f0f0f0
)

// skipBlanks returns the index of the first byte from i on that is no blank.
func skipBlanks(line []byte, i int) int {
	for i < len(line) && (line[i] == ' ' || line[i] == '\t') {
		i++
		for i+8 <= len(line) {
			other := binary.LittleEndian.Uint64(line[i:]) ^ eightBlanks
			i += bits.TrailingZeros64(other) / 8
			if other != 0 {
				break
			}
		}
	}
	return i
}

// readDigits appends the decimal digits from line[i:] to the number, modulo
// 2^64, and returns the index behind them.
func readDigits(line []byte, i int, number uint64) (uint64, int) {
	for i+8 <= len(line) {
		word := binary.LittleEndian.Uint64(line[i:])
		// A byte is a digit when its high half is 3, also after adding 6.
		other := (word&highHalves ^ eightZeros) | ((word+eightSixes)&highHalves ^ eightZeros)
		n := bits.TrailingZeros64(other) / 8
		if n == 0 {
			return number, i
		}
		// The digits go to the last bytes, zeros before them; then pairs, then
		// fours, then all are added up in one word.
		word = (word ^ eightZeros) << (64 - 8*n)
		word = word*10 + word>>8
		word = ((word&0x000000ff000000ff)*(100+1000000<<32) + (word>>16&0x000000ff000000ff)*(1+10000<<32)) >> 32
		number = number*integerPowers[n] + word
		i += n
		if n < 8 {
			return number, i
		}
	}
	for i < len(line) && line[i]-'0' <= 9 {
		number = number*10 + uint64(line[i]-'0')
		i++
	}
	return number, i
}

var integerPowers = [9]uint64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8}
