package parse

import (
	"bytes"
	"fmt"
	"io"
)

// csvRows cuts CSV (RFC 4180) into rows without allocating. A quoted field may
// hold line ends. A row that is longer than maxLine, has a quote that is never
// closed, or has no line end (the file is cut off within it) is an error.
type csvRows struct {
	fields [][]byte // of the current row; valid until the next call
	number int      // of the line in which the row begins

	heads bool // of a row that is too long the beginning will do: lines.long tells
	open  bool // the last row may lack its line end, as RFC 4180 has it: lines.cut tells
	lines *lines
	comma byte
	space []byte // of fields that had quotes
	file  string
	err   error
}

func newCSVRows(r io.Reader, file string, comma byte) *csvRows {
	return &csvRows{lines: newLines(r), comma: comma, file: file}
}

// next moves to the next row, and passes over empty lines. After false, err tells
// why, and is nil at the end of the file.
func (c *csvRows) next() bool {
	for {
		if !c.line() {
			return false
		}
		c.number = c.lines.number
		if len(c.lines.text) > 0 {
			break
		}
	}
	if bytes.IndexByte(c.lines.text, '"') >= 0 {
		return c.quoted()
	}
	c.fields = c.fields[:0]
	for text := c.lines.text; ; {
		i := bytes.IndexByte(text, c.comma)
		if i < 0 {
			c.fields = append(c.fields, text)
			return true
		}
		c.fields = append(c.fields, text[:i])
		text = text[i+1:]
	}
}

func (c *csvRows) line() bool {
	if !c.lines.next() {
		if err := c.lines.failed(); err != nil {
			c.err = lineError(c.file, c.lines.number, "%w", err)
		}
		return false
	}
	if c.lines.long && !c.heads {
		return c.fail("a row of more than %d bytes: the file is damaged", maxLine)
	}
	if c.lines.cut && len(c.lines.text) > 0 && !c.open {
		return c.fail("the file is cut off within its last row: the tool was killed, or is still writing")
	}
	return true
}

func (c *csvRows) fail(format string, args ...any) bool {
	c.err = lineError(c.file, c.lines.number, format, args...)
	return false
}

// quoted cuts a row of which a field is quoted. The fields are kept by where they
// end, since space may move while it grows.
func (c *csvRows) quoted() bool {
	c.space, c.fields = c.space[:0], c.fields[:0]
	var ends []int
	text := c.lines.text
	for {
		if len(text) == 0 || text[0] != '"' {
			i := bytes.IndexByte(text, c.comma)
			if i < 0 {
				c.space = append(c.space, text...)
				ends = append(ends, len(c.space))
				break
			}
			c.space = append(c.space, text[:i]...)
			ends = append(ends, len(c.space))
			text = text[i+1:]
			continue
		}
		rest, ok := c.unquote(text[1:])
		if !ok {
			return false
		}
		ends = append(ends, len(c.space))
		if len(rest) == 0 {
			break
		}
		if rest[0] != c.comma {
			return c.fail("%.20q follows a quoted field: the file is damaged", rest)
		}
		text = rest[1:]
	}
	from := 0
	for _, end := range ends {
		c.fields = append(c.fields, c.space[from:end:end])
		from = end
	}
	return true
}

// unquote appends a field to space, from behind its first quote, and returns what
// follows its last one.
func (c *csvRows) unquote(text []byte) (rest []byte, ok bool) {
	for {
		i := bytes.IndexByte(text, '"')
		switch {
		case i >= 0 && i+1 < len(text) && text[i+1] == '"':
			c.space = append(c.space, text[:i+1]...)
			text = text[i+2:]
		case i >= 0:
			c.space = append(c.space, text[:i]...)
			return text[i+1:], true
		case c.lines.long:
			c.space = append(c.space, text...)
			return nil, true
		default:
			c.space = append(append(c.space, text...), '\n')
			if len(c.space) > maxLine {
				return nil, c.fail("a row of more than %d bytes: a quote is missing", maxLine)
			}
			if !c.line() {
				if c.err == nil {
					c.fail("the file ends within a quoted field that begins in line %d (truncated?)", c.number)
				}
				return nil, false
			}
			text = c.lines.text
		}
	}
}

// columns finds columns by their names in the header, -1 for one that is not
// there. A name that stands there twice is an error.
func (c *csvRows) columns(names ...string) (indexes []int, err error) {
	for _, name := range names {
		found := -1
		for i, field := range c.fields {
			if string(bytes.TrimSpace(field)) != name {
				continue
			}
			if found >= 0 {
				return nil, lineError(c.file, c.number, "two columns called %q", name)
			}
			found = i
		}
		indexes = append(indexes, found)
	}
	return indexes, nil
}

// width holds the row to the number of columns.
func (c *csvRows) width(columns int) error {
	if len(c.fields) != columns {
		return lineError(c.file, c.number, "%d columns, and %d in the rows before", len(c.fields), columns)
	}
	return nil
}

// missing says which column is needed.
func (c *csvRows) missing(name, remedy string) error {
	return lineError(c.file, c.number, "there is no column %s (%s)", name, fmt.Sprint(remedy))
}
