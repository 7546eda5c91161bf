package parse

import (
	"bytes"
	"errors"
	"io"
	"slices"
)

const (
	// maxLine bounds a line, and so the memory that a file can ask for.
	maxLine = 1 << 20
	// lineBuffer is large enough that reading costs little, and small enough to
	// stay in the processor's cache.
	lineBuffer = 128 << 10
	// longHead is how much of a line beyond maxLine is kept, to say what it was.
	longHead = 256
)

// lines cuts a stream into lines without keeping more than one buffer of it.
// Unlike bufio.Scanner it tells whether the last line had its line end, and
// passes over a line that is too long.
type lines struct {
	text   []byte // of the current line, without its end; valid until the next call; the caller may change it
	number int    // of the current line, from 1
	long   bool   // the line exceeds maxLine: text is its beginning
	cut    bool   // the file ends within this line

	r    io.Reader
	buf  []byte
	from int // of what is not yet consumed, in buf
	to   int
	err  error
}

func newLines(r io.Reader) *lines {
	size := lineBuffer
	if text, ok := r.(interface{ Len() int }); ok { // one line out of many, in a sniffer
		size = min(size, text.Len()+1)
	}
	return &lines{r: r, buf: make([]byte, size)}
}

// next moves to the next line. After false, failed tells why.
func (l *lines) next() bool {
	// What most calls do: the line stands in the buffer.
	if i := bytes.IndexByte(l.buf[l.from:l.to], '\n'); i >= 0 {
		l.set(l.buf[l.from : l.from+i])
		l.from += i + 1
		l.long = false
		return true
	}
	return l.refill()
}

// refill reads until the buffer holds a line end.
func (l *lines) refill() bool {
	l.long = false
	var head []byte // of a line that is too long
	searched := l.to - l.from
	for l.err == nil {
		if l.from > 0 {
			l.to = copy(l.buf, l.buf[l.from:l.to])
			l.from = 0
		}
		if l.to == len(l.buf) {
			if len(l.buf) < maxLine {
				l.buf = append(l.buf, make([]byte, len(l.buf))...)
			} else {
				if head == nil {
					head = bytes.Clone(l.buf[:longHead])
				}
				l.to, searched = 0, 0
			}
		}
		var n int
		if n, l.err = l.r.Read(l.buf[l.to:]); n == 0 && l.err == nil {
			continue
		}
		l.to += n
		if i := bytes.IndexByte(l.buf[searched:l.to], '\n'); i >= 0 {
			l.set(l.buf[:searched+i])
			l.from = searched + i + 1
			if head != nil {
				l.text, l.long = head, true
			}
			return true
		}
		searched = l.to
	}
	if l.from == l.to && head == nil {
		return false
	}
	l.set(l.buf[l.from:l.to])
	l.from = l.to
	l.cut = true
	if head != nil {
		l.text, l.long = head, true
	}
	return true
}

func (l *lines) set(text []byte) {
	if n := len(text); n > 0 && text[n-1] == '\r' {
		text = text[:n-1]
	}
	l.text = text
	l.number++
}

// failed returns the error that ended the stream, nil at the end of the file.
func (l *lines) failed() error {
	if errors.Is(l.err, io.EOF) {
		return nil
	}
	return readError(l.err)
}

// eachLine calls f for each line of a log, without what CI systems put around
// it, until the end or the first error.
func eachLine(r io.Reader, file string, f func(l *lines) error) error {
	l := newLines(r)
	for l.next() {
		l.text = stripCI(l.text)
		if err := f(l); err != nil {
			return err
		}
	}
	if err := l.failed(); err != nil {
		return lineError(file, l.number, "%w", err)
	}
	return nil
}

// anyLine reports whether accept takes a line of the head of a log. The line is
// the caller's. Words, if there are any, are those of which such a head has one:
// most heads have none, and are not split into lines for each format.
func anyLine(head []byte, accept func(line []byte) bool, words ...string) bool {
	if len(words) > 0 && !slices.ContainsFunc(words, func(word string) bool { return bytes.Contains(head, []byte(word)) }) {
		return false
	}
	for line := range bytes.Lines(head) {
		if accept(stripCI(bytes.Clone(bytes.TrimRight(line, "\r\n")))) {
			return true
		}
	}
	return false
}
