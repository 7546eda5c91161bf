package parse

import (
	"bufio"
	"fmt"
	"io"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/internal/strict"
)

// A layout is one of several kinds of output of one tool, all of which are one
// format to its users.
type layout struct {
	sniff func(head []byte) bool
	parse func(r io.Reader, o Options) (*regress.Run, error)
}

type layouts []layout

// sniff accepts what is in one of the layouts.
func (l layouts) sniff(head []byte) bool { return l.of(head) != nil }

func (l layouts) of(head []byte) *layout {
	for i := range l {
		if l[i].sniff(head) {
			return &l[i]
		}
	}
	return nil
}

// parse reads a file in the first layout that accepts its head. The tool is its
// name in messages.
func (l layouts) parse(r io.Reader, o Options, tool string) (*regress.Run, error) {
	text := bufferedHead(r)
	head, _ := text.Peek(sniffLen) // an error comes back when the layout reads on
	if found := l.of(head); found != nil {
		return found.parse(text, o)
	}
	return nil, fmt.Errorf("%s: nothing that %s writes, the file begins with %.40q", o.File, tool, head[:min(len(head), 40)])
}

// documents reads JSON documents, one after the other, as a tool leaves them that
// was called with >> several times. Each is one run, which take hands to the
// report.
func documents[T any](r io.Reader, o Options, take func(*T) error) error {
	j := strict.NewJSON(r, o.File)
	for first := true; first || j.Kind() != 0; first = false {
		document := new(T)
		if j.Unmarshal(document); j.Failed() {
			break
		}
		if err := take(document); err != nil {
			return fmt.Errorf("%s: %w", o.File, err)
		}
	}
	return j.Done()
}

// bufferedHead lets the head of r be seen before it is read.
func bufferedHead(r io.Reader) *bufio.Reader { return bufio.NewReaderSize(r, sniffLen) }
