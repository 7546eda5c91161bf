package strict

import "io"

// lineCounter finds the line of a byte offset without holding the file: it
// remembers only the line ends that its reader has not passed yet.
type lineCounter struct {
	r      io.Reader
	passed func() int64 // the offset before which no line will be asked for

	read   int64   // bytes read so far
	before int     // line ends before pending[0]
	ends   []int64 // offsets of the line ends from there on
}

// Read implements io.Reader.
func (c *lineCounter) Read(p []byte) (int, error) {
	c.forget(c.passed())
	n, err := c.r.Read(p)
	for i, b := range p[:n] {
		if b == '\n' {
			c.ends = append(c.ends, c.read+int64(i))
		}
	}
	c.read += int64(n)
	return n, err
}

func (c *lineCounter) forget(offset int64) {
	i := 0
	for i < len(c.ends) && c.ends[i] < offset {
		i++
	}
	c.before += i
	c.ends = append(c.ends[:0], c.ends[i:]...)
}

// line returns the number, from 1, of the line that holds the byte at offset.
func (c *lineCounter) line(offset int64) int {
	line := c.before + 1
	for _, end := range c.ends {
		if end >= offset {
			break
		}
		line++
	}
	return line
}
