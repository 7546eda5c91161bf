package parse

import (
	"bufio"
	"bytes"
	"fmt"
	"io"

	"github.com/go-json-experiment/json/jsontext"

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

// members tells the kinds of the members of the JSON object that head begins
// with, as far as head goes. It is nil where head begins with something else.
func members(head []byte) map[string]jsontext.Kind {
	dec := jsontext.NewDecoder(bytes.NewReader(head), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	if token, err := dec.ReadToken(); err != nil || token.Kind() != '{' {
		return nil
	}
	kinds := map[string]jsontext.Kind{}
	for dec.PeekKind() == '"' {
		token, err := dec.ReadToken()
		if err != nil {
			break
		}
		name := token.String()
		kinds[name] = dec.PeekKind()
		if dec.SkipValue() != nil {
			break
		}
	}
	return kinds
}

// has tells whether all members of these names are of that kind.
func has(kinds map[string]jsontext.Kind, kind jsontext.Kind, names ...string) bool {
	for _, name := range names {
		if kinds[name] != kind {
			return false
		}
	}
	return true
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
