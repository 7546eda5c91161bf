package parse

import (
	"bytes"
	"io"
	"math"

	"github.com/org/regress-gate/regress/internal/strict"
)

// numberReader puts the words NaN, Infinity and -Infinity, which programs in C++
// and Python write where JSON has no number, between quotation marks.
type numberReader struct {
	r       io.Reader
	in, out []byte
	word    []byte // letters and signs that may go on
	text    bool   // within a string
	escaped bool   // behind a backslash
	err     error
}

func plainNumbers(r io.Reader) io.Reader { return &numberReader{r: r, in: make([]byte, 16<<10)} }

// longestWord is more than the length of any word for a number that is none.
const longestWord = 16

func (p *numberReader) Read(b []byte) (int, error) {
	for len(p.out) == 0 && p.err == nil {
		var n int
		n, p.err = p.r.Read(p.in)
		p.out = p.out[:0]
		for _, c := range p.in[:n] {
			p.put(c)
		}
		if p.err != nil {
			p.endWord()
		}
	}
	if len(p.out) == 0 {
		return 0, p.err
	}
	n := copy(b, p.out)
	p.out = p.out[n:]
	return n, nil
}

func (p *numberReader) put(c byte) {
	if p.text {
		p.text = c != '"' || p.escaped
		p.escaped = c == '\\' && !p.escaped
		p.out = append(p.out, c)
		return
	}
	if c == '-' || c|0x20 >= 'a' && c|0x20 <= 'z' {
		if p.word = append(p.word, c); len(p.word) > longestWord {
			p.endWord()
		}
		return
	}
	p.endWord()
	p.text = c == '"'
	p.out = append(p.out, c)
}

func (p *numberReader) endWord() {
	if _, found := nonFinite(p.word); found {
		p.word = append(append([]byte{'"'}, p.word...), '"')
	}
	p.out = append(p.out, p.word...)
	p.word = p.word[:0]
}

// number reads a number, which may be none: NaN and infinity, as a word or as a
// string (JMH), and null, for which known is false. A text that is none of these
// is a problem.
func number(j *strict.JSON, what string) (v float64, known bool) {
	switch j.Kind() {
	case 'n':
		j.Skip()
		return 0, false
	case '"':
		text := j.Text(what)
		v, ok := parseNumber([]byte(text), 0)
		if !ok && !j.Failed() {
			j.Problem("%s must be a number, not %.40q", what, text)
		}
		return v, ok
	case '0':
		v, finite := j.Float()
		if !finite {
			v = math.Inf(1)
		}
		return v, !j.Failed()
	}
	return j.Number(what), false
}

// numbers reads a list of numbers, and null as an empty one.
func numbers(j *strict.JSON, what string) (list []float64) {
	if j.Kind() == 'n' {
		j.Skip()
		return nil
	}
	j.Array(what, func() {
		if v, known := number(j, what); known {
			list = append(list, v)
		}
	})
	return list
}

// text reads a string, and null as an empty one.
func text(j *strict.JSON, what string) string {
	if j.Kind() == 'n' {
		j.Skip()
		return ""
	}
	return j.Text(what)
}

// firstByte is the first byte of a file that is no white space, 0 where there is
// none in its head.
func firstByte(head []byte) byte {
	if head = bytes.TrimLeft(head, " \t\r\n"); len(head) > 0 {
		return head[0]
	}
	return 0
}
