package parse

import (
	"fmt"
	"io"

	"github.com/org/regress-gate/regress"
)

// A variant reads one of the several things that one tool writes: the text for
// people, the rows.
type variant interface {
	line(l *lines) error
	// finish returns the run after the last line.
	finish() (*regress.Run, error)
}

// parseVariant reads a file with the variant that choose returns for its first
// line that is not blank.
func parseVariant(r io.Reader, file string, choose func(first []byte) variant) (*regress.Run, error) {
	var v variant
	err := eachLine(r, file, func(l *lines) error {
		if v == nil {
			if isBlank(l.text) {
				return nil
			}
			v = choose(l.text)
		}
		return v.line(l)
	})
	if err != nil {
		return nil, err
	}
	if v == nil {
		return nil, fmt.Errorf("%s: the file is empty", file)
	}
	return v.finish()
}

// firstLine returns the first line of the head that is not blank.
func firstLine(head []byte) (first []byte) {
	anyLine(head, func(line []byte) bool {
		first = line
		return !isBlank(line)
	})
	return first
}
