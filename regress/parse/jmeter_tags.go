package parse

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// jmeterXML cuts the results into tags, and passes over everything else. It is
// much faster than a general reader, and holds no more than one tag.
type jmeterXML struct {
	r    *bufio.Reader
	line int    // in which the tag ends
	tag  []byte // between < and >
	one  jmeterSample
}

// next moves to the next tag of an element.
func (x *jmeterXML) next() error {
	for {
		if err := x.skip('<'); err != nil {
			return err
		}
		mark, err := x.r.Peek(1)
		if err != nil {
			return err
		}
		switch mark[0] {
		case '?':
			err = x.skipPast("?>")
		case '!':
			err = x.markup()
		default:
			return x.take()
		}
		if err != nil {
			return cutXML(err)
		}
	}
}

func cutXML(err error) error {
	if errors.Is(err, io.EOF) {
		return errors.New("the file is cut off within a tag: JMeter was killed, or is still writing")
	}
	return err
}

// markup passes over a comment, a CDATA section or a document type.
func (x *jmeterXML) markup() error {
	for _, m := range [][2]string{{"!--", "-->"}, {"![CDATA[", "]]>"}} {
		if head, _ := x.r.Peek(len(m[0])); string(head) == m[0] {
			return x.skipPast(m[1])
		}
	}
	return x.skip('>')
}

// skip passes over everything up to and with the byte.
func (x *jmeterXML) skip(delim byte) error {
	for {
		text, err := x.r.ReadSlice(delim)
		x.line += bytes.Count(text, []byte{'\n'})
		if !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

// skipPast passes over everything up to and with a mark that ends with >.
func (x *jmeterXML) skipPast(mark string) error {
	var tail []byte
	for {
		text, err := x.r.ReadSlice('>')
		x.line += bytes.Count(text, []byte{'\n'})
		tail = append(tail, text[max(len(text)-len(mark), 0):]...)
		tail = tail[max(len(tail)-len(mark), 0):]
		if err == nil && string(tail) == mark {
			return nil
		}
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

// take reads a tag to its end, which is the first > that is not in quotes.
func (x *jmeterXML) take() error {
	x.tag = x.tag[:0]
	quote := byte(0)
	for {
		text, err := x.r.ReadSlice('>')
		x.line += bytes.Count(text, []byte{'\n'})
		x.tag = append(x.tag, text...)
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return cutXML(err)
		}
		if len(x.tag) > maxLine {
			return fmt.Errorf("a tag of more than %d bytes: the file is damaged", maxLine)
		}
		for rest := text; len(rest) > 0; {
			if quote == 0 {
				i := bytes.IndexAny(rest, `"'`)
				if i < 0 {
					break
				}
				quote, rest = rest[i], rest[i+1:]
			} else {
				i := bytes.IndexByte(rest, quote)
				if i < 0 {
					break
				}
				quote, rest = 0, rest[i+1:]
			}
		}
		if err == nil && quote == 0 {
			x.tag = x.tag[:len(x.tag)-1]
			return nil
		}
	}
}

// element returns the name of the tag, and leaves its attributes.
func (x *jmeterXML) element() (name []byte, end, empty bool) {
	if len(x.tag) > 0 && x.tag[0] == '/' {
		return bytes.TrimSpace(x.tag[1:]), true, false
	}
	if n := len(x.tag); n > 0 && x.tag[n-1] == '/' {
		x.tag, empty = x.tag[:n-1], true
	}
	i := bytes.IndexAny(x.tag, " \t\r\n")
	if i < 0 {
		i = len(x.tag)
	}
	name, x.tag = x.tag[:i], x.tag[i:]
	return name, false, empty
}
