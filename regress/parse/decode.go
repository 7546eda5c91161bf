package parse

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

var (
	gzipMagic = []byte{0x1f, 0x8b}
	utf8BOM   = []byte{0xef, 0xbb, 0xbf}
	utf16LE   = []byte{0xff, 0xfe}
	utf16BE   = []byte{0xfe, 0xff}
)

// decode undoes compression and character encoding: what it returns is UTF-8
// without a byte order mark, as far as the file says so in its first bytes.
func decode(r io.Reader) (*bufio.Reader, error) {
	b := bufio.NewReaderSize(r, sniffLen)
	if startsWith(b, gzipMagic) {
		z, err := gzip.NewReader(b)
		if err != nil {
			return nil, readError(err)
		}
		b = bufio.NewReaderSize(z, sniffLen)
	}
	switch {
	case startsWith(b, utf8BOM):
		_, err := b.Discard(len(utf8BOM))
		return b, err
	case startsWith(b, utf16LE):
		b = bufio.NewReaderSize(&utf16Reader{r: b, order: binary.LittleEndian}, sniffLen)
	case startsWith(b, utf16BE):
		b = bufio.NewReaderSize(&utf16Reader{r: b, order: binary.BigEndian}, sniffLen)
	}
	return b, nil
}

func startsWith(b *bufio.Reader, magic []byte) bool {
	head, _ := b.Peek(len(magic))
	return bytes.Equal(head, magic)
}

// readError says what an error of the gzip reader means to the user.
func readError(err error) error {
	var corrupt flate.CorruptInputError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("the file is cut off (download or write it again): %w", err)
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), errors.As(err, &corrupt):
		return fmt.Errorf("the compressed file is damaged (download or write it again): %w", err)
	}
	return err
}

// utf16Reader turns UTF-16 into UTF-8. A surrogate without its other half
// becomes U+FFFD, as everywhere in Go; half a code unit at the end is an error.
type utf16Reader struct {
	r     *bufio.Reader
	order binary.ByteOrder
	begun bool   // the byte order mark is past
	rest  []byte // encoded and not yet read
	space [utf8.UTFMax]byte
}

// Read implements io.Reader.
func (u *utf16Reader) Read(p []byte) (n int, err error) {
	for n < len(p) {
		if len(u.rest) == 0 {
			r, err := u.rune()
			if err != nil {
				if n > 0 {
					return n, nil // the error comes back with the next call
				}
				return 0, err
			}
			if r == '\ufeff' && !u.begun {
				u.begun = true
				continue
			}
			u.begun = true
			u.rest = utf8.AppendRune(u.space[:0], r)
		}
		m := copy(p[n:], u.rest)
		u.rest = u.rest[m:]
		n += m
	}
	return n, nil
}

func (u *utf16Reader) rune() (rune, error) {
	head, err := u.r.Peek(4)
	switch {
	case len(head) == 0:
		return 0, err
	case len(head) == 1:
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return 0, err
	}
	r, size := rune(u.order.Uint16(head)), 2
	if utf16.IsSurrogate(r) {
		pair := rune(utf8.RuneError)
		if len(head) == 4 {
			pair = utf16.DecodeRune(r, rune(u.order.Uint16(head[2:])))
		}
		if r = pair; r != utf8.RuneError {
			size = 4
		}
	}
	_, err = u.r.Discard(size)
	return r, err
}
