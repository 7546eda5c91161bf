package strict

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// JSON reads one JSON document in a stream. A syntax error ends the reading;
// other problems are collected. After an error its methods return zero values,
// and Done returns what went wrong.
type JSON struct {
	file     string
	dec      *jsontext.Decoder
	lines    *lineCounter
	fatal    error // the syntax or read error that ended the reading
	problems []error
}

// NewJSON returns a reader of r; file is its name in messages.
func NewJSON(r io.Reader, file string) *JSON {
	j := &JSON{file: file}
	j.lines = &lineCounter{r: r, passed: func() int64 { return j.dec.InputOffset() }}
	j.dec = jsontext.NewDecoder(j.lines)
	return j
}

// Problem records something wrong with the token that was read last.
func (j *JSON) Problem(format string, args ...any) {
	if len(j.problems) < MaxProblems && j.fatal == nil {
		j.problems = append(j.problems, j.at(j.dec.InputOffset(), fmt.Sprintf(format, args...)))
	}
}

// Done returns everything that was wrong, after checking that nothing follows
// the document.
func (j *JSON) Done() error {
	if j.fatal == nil {
		if _, err := j.dec.ReadToken(); err == nil {
			j.Problem("text follows the end of the document")
		} else if !errors.Is(err, io.EOF) {
			j.fail(err)
		}
	}
	return errors.Join(append(j.problems, j.fatal)...)
}

// Failed tells that a syntax error ended the reading.
func (j *JSON) Failed() bool { return j.fatal != nil }

// Unmarshal reads the whole value into v, by the rules of encoding/json/v2:
// fields that v does not know are passed over.
func (j *JSON) Unmarshal(v any) {
	err := json.UnmarshalDecode(j.dec, v)
	var semantic *json.SemanticError
	switch {
	case errors.As(err, &semantic):
		reason := semantic.Err
		if reason == nil {
			reason = fmt.Errorf("a JSON %s cannot stand here", semantic.JSONKind)
		}
		j.fatal = j.at(semantic.ByteOffset+1, fmt.Sprintf("%s: %v", semantic.JSONPointer, reason))
	case err != nil:
		j.fail(err)
	}
}

func (j *JSON) at(offset int64, message string) error {
	return fmt.Errorf("%s:%d: %s", j.file, j.lines.line(max(offset-1, 0)), message)
}

func (j *JSON) fail(err error) {
	const truncated = "not valid JSON: the file ends in the middle of the document (truncated?)"
	var syntax *jsontext.SyntacticError
	switch {
	case j.fatal != nil:
	case errors.Is(err, io.ErrUnexpectedEOF):
		j.fatal = j.at(j.lines.read, truncated)
	case errors.As(err, &syntax) && errors.Is(err, jsontext.ErrDuplicateName):
		j.fatal = j.at(syntax.ByteOffset+1, fmt.Sprintf("not valid JSON: the key %.80q occurs twice", syntax.JSONPointer.LastToken()))
	case errors.As(err, &syntax):
		j.fatal = j.at(syntax.ByteOffset+1, "not valid JSON: "+syntax.Err.Error())
	case errors.Is(err, io.EOF):
		j.fatal = fmt.Errorf("%s: the file is empty", j.file)
	default:
		j.fatal = fmt.Errorf("%s: %w", j.file, err)
	}
}

// Kind returns the kind of the next token: '{', '[', '"', '0' for a number, 't',
// 'f', 'n', or 0 after an error.
func (j *JSON) Kind() jsontext.Kind {
	if j.fatal != nil {
		return 0
	}
	return j.dec.PeekKind()
}

// Token reads the next token, which is valid until the next call.
func (j *JSON) Token() jsontext.Token {
	if j.fatal != nil {
		return jsontext.Null
	}
	t, err := j.dec.ReadToken()
	if err != nil {
		j.fail(err)
		return jsontext.Null
	}
	return t
}

// Skip passes over the next value.
func (j *JSON) Skip() {
	if j.fatal == nil {
		if err := j.dec.SkipValue(); err != nil {
			j.fail(err)
		}
	}
}

// expect tells whether the next value is of that kind, and passes over it with a
// problem where it is not.
func (j *JSON) expect(what string, kind jsontext.Kind, form string) bool {
	if j.Kind() == kind {
		return true
	}
	j.Skip()
	j.Problem("%s must be %s", what, form)
	return false
}

// Object calls member for each key, which must read the value. What names the
// object in a problem, here and in the methods below.
func (j *JSON) Object(what string, member func(key string)) {
	if !j.expect(what, '{', "an object") {
		return
	}
	for j.Token(); j.Kind() != '}' && j.fatal == nil; {
		member(strings.Clone(j.Token().String()))
	}
	j.Token()
}

// Array calls element for each element, which must read it.
func (j *JSON) Array(what string, element func()) {
	if !j.expect(what, '[', "a list") {
		return
	}
	for j.Token(); j.Kind() != ']' && j.fatal == nil; {
		element()
	}
	j.Token()
}

// Text reads a string.
func (j *JSON) Text(what string) string {
	if !j.expect(what, '"', "a string") {
		return ""
	}
	return strings.Clone(j.Token().String())
}

// Bool reads true or false.
func (j *JSON) Bool(what string) bool {
	if j.Kind() == 't' {
		j.Token()
		return j.fatal == nil // what began like true may be none
	}
	if j.expect(what, 'f', "true or false") {
		j.Token()
	}
	return false
}

// Number reads a finite number.
func (j *JSON) Number(what string) float64 {
	if !j.expect(what, '0', "a number") {
		return 0
	}
	v, finite := j.Float()
	if !finite {
		j.Problem("%s is out of range", what)
		return 0
	}
	return v
}

// Float reads the number that Kind has announced. It is not finite where no
// float64 holds it.
func (j *JSON) Float() (v float64, finite bool) {
	t := j.Token()
	if j.fatal != nil { // what began like a number was none
		return 0, true
	}
	v, err := t.Float()
	return v, err == nil && !math.IsInf(v, 0)
}

// Count reads a whole number from 0 to 2³¹−1.
func (j *JSON) Count(what string) int {
	v := j.Number(what)
	if v < 0 || v != math.Trunc(v) || v > math.MaxInt32 {
		j.Problem("%s must be a whole number ≥ 0", what)
		return 0
	}
	return int(v)
}
