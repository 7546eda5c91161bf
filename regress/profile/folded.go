package profile

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
)

// maxLine bounds a line of folded stacks.
const maxLine = 1 << 20

// ReadFolded reads folded stacks: a line a stack, its frames from the root to the
// leaf with semicolons between them, and behind the last space how often it was
// seen. Frames may hold spaces. The only type is samples, whose unit the file does
// not say: a count, or whatever stackcollapse made of it.
func ReadFolded(r io.Reader) (*Profile, error) {
	b := builder{Profile: Profile{Types: []Type{{Name: "samples", Unit: "count"}}}}
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, 64<<10), maxLine)
	lines.Split(wholeLines)
	number, pairs := 0, 0
	for lines.Scan() {
		number++
		line := bytes.TrimSpace(lines.Bytes())
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		stack, weight, ok := CutFolded(line)
		if !ok {
			return nil, fmt.Errorf("line %d: %.60q is not a stack, a space and a count", number, line)
		}
		if _, _, two := CutFolded(stack); two {
			pairs++
		}
		s := Stack{Weights: []float64{weight}}
		for frame := range bytes.SplitSeq(stack, []byte{';'}) {
			name := string(bytes.TrimSpace(frame))
			if name == "" {
				name = unknownFunction
			}
			s.Frames = append(s.Frames, b.function(name))
		}
		if err := b.add(s); err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("line %d: %w", number+1, err)
	}
	if pairs > 0 && pairs == len(b.Stacks) {
		return nil, fmt.Errorf("each stack has two counts: these are the stacks of a difference (give the two files that it was made of)")
	}
	return &b.Profile, nil
}

// wholeLines refuses a last line without its end, whose count may lack digits.
func wholeLines(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		return i + 1, data[:i], nil
	}
	if atEOF && len(data) > 0 {
		return 0, nil, errors.New("the line has no end: the file is cut off (write it again)")
	}
	return 0, nil, nil
}

// CutFolded cuts one line of folded stacks into the stack and its count.
func CutFolded(line []byte) (stack []byte, weight float64, ok bool) {
	i := bytes.LastIndexAny(line, " \t")
	if i <= 0 {
		return nil, 0, false
	}
	count := line[i+1:]
	for _, c := range count {
		if c != '.' && (c < '0' || c > '9') {
			return nil, 0, false
		}
	}
	weight, err := strconv.ParseFloat(string(count), 64)
	return bytes.TrimSpace(line[:i]), weight, err == nil && !math.IsInf(weight, 0)
}
