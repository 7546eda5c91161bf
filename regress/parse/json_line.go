package parse

import (
	"bytes"

	"github.com/go-json-experiment/json/jsontext"
)

// jsonLine reads JSON objects that stand on a line each, without allocating. The
// zero value is ready to use.
type jsonLine struct {
	reader bytes.Reader
	dec    *jsontext.Decoder
	space  []byte // of the values
}

// members reads the members of an object. Target says for a name, which is still
// quoted, where its value is kept and of which kind it must be ('"' for a string,
// which is unquoted, '0' for a number), or nil for one of no use. The values are
// valid until the next call. It tells whether the line is such an object to its
// end; what was kept until an error stays.
func (j *jsonLine) members(line []byte, target func(name []byte) (*[]byte, byte)) bool {
	j.begin(line)
	if token, err := j.dec.ReadToken(); err != nil || token.Kind() != '{' {
		return false
	}
	for j.dec.PeekKind() == '"' {
		name, err := j.dec.ReadValue()
		if err != nil {
			return false
		}
		keep, kind := target(name)
		value, err := j.dec.ReadValue()
		if err != nil {
			return false
		}
		if keep == nil {
			continue
		}
		if byte(value.Kind()) != kind {
			return false
		}
		begin := len(j.space)
		if kind != '"' {
			j.space = append(j.space, value...)
		} else if j.space, err = jsontext.AppendUnquote(j.space, value); err != nil {
			return false
		}
		*keep = j.space[begin:len(j.space):len(j.space)]
	}
	token, err := j.dec.ReadToken()
	return err == nil && token.Kind() == '}' && j.dec.PeekKind() == 0
}

// begin makes dec read the line. What space held is gone.
func (j *jsonLine) begin(line []byte) {
	j.space = j.space[:0]
	j.reader.Reset(line)
	if j.dec == nil {
		j.dec = jsontext.NewDecoder(&j.reader)
	} else {
		j.dec.Reset(&j.reader)
	}
}
