package parse

import "bytes"

const escape = 0x1b

// stripCI removes what CI systems put around the lines of a log: ANSI escape
// sequences, and one time stamp at the beginning. It works in place.
func stripCI(line []byte) []byte {
	if bytes.IndexByte(line, escape) >= 0 {
		line = stripANSI(line)
	}
	return line[timestamp(line):]
}

// stripANSI removes control sequences (ESC [ … letter), in place. Other escapes
// are left: a name with one of them is refused later.
func stripANSI(line []byte) []byte {
	kept := line[:0]
	for i := 0; i < len(line); i++ {
		if line[i] != escape || i+1 == len(line) || line[i+1] != '[' {
			kept = append(kept, line[i])
			continue
		}
		for i += 2; i < len(line) && (line[i] < 0x40 || line[i] > 0x7e); {
			i++
		}
	}
	return kept
}

// stampShape is the part of an RFC 3339 time that has a fixed length; 0 stands
// for any digit.
const stampShape = "0000-00-00T00:00:00"

// timestamp returns the length of the time stamp that a line begins with and of
// the one blank after it, 0 where there is none.
func timestamp(line []byte) int {
	if len(line) <= len(stampShape) {
		return 0
	}
	for i := range len(stampShape) {
		if c := line[i]; c != stampShape[i] && (stampShape[i] != '0' || c-'0' > 9) {
			return 0
		}
	}
	i := len(stampShape)
	for i < len(line) && (line[i] == '.' || line[i]-'0' <= 9) {
		i++
	}
	switch {
	case i < len(line) && line[i] == 'Z':
		i++
	case i+6 <= len(line) && (line[i] == '+' || line[i] == '-') && line[i+3] == ':':
		i += 6
	default:
		return 0
	}
	if i < len(line) && (line[i] == ' ' || line[i] == '\t') {
		return i + 1
	}
	return 0
}
