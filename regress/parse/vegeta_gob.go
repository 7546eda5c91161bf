package parse

import (
	"bytes"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/org/regress-gate/regress"
)

// maxVegetaResult bounds one binary result, which has the body of the answer in
// it (vegeta attack -max-body 0 leaves that out).
const maxVegetaResult = 64 << 20

// sniffVegetaGob accepts a gob stream that begins with the definition of a type
// called Result, with the fields of a vegeta result.
func sniffVegetaGob(head []byte) bool {
	head = head[:min(len(head), 256)]
	at := bytes.Index(head, []byte("\x06Result\x01"))
	return at >= 0 && at < 16 && bytes.Contains(head, []byte("\x07Latency\x01")) && bytes.Contains(head, []byte("\x09Timestamp\x01"))
}

func parseVegetaGob(r io.Reader, o Options) (*regress.Run, error) {
	var v vegetaResults
	input := &allowance{r: r}
	dec := gob.NewDecoder(input)
	for {
		var row struct { // gob passes over the other fields
			Code      uint16
			Timestamp time.Time
			Latency   time.Duration
		}
		input.left = maxVegetaResult
		err := dec.Decode(&row)
		switch {
		case errors.Is(err, io.EOF):
			return v.run(o.File)
		case err != nil:
			return nil, fmt.Errorf("%s: result %d: %w", o.File, v.requests+1, readError(err))
		case !v.add(row.Timestamp.UnixNano(), int64(row.Code), int64(row.Latency)):
			return nil, fmt.Errorf("%s: result %d cannot be true: status %d, %v at %v", o.File, v.requests+1, row.Code, row.Latency, row.Timestamp)
		}
	}
}

// An allowance passes on so many bytes and no more: gob takes the length of a
// value from the file.
type allowance struct {
	r    io.Reader
	left int
}

// Read implements io.Reader.
func (a *allowance) Read(p []byte) (int, error) {
	if a.left <= 0 {
		return 0, fmt.Errorf("more than %d bytes: the file is damaged", maxVegetaResult)
	}
	n, err := a.r.Read(p[:min(len(p), a.left)])
	a.left -= n
	return n, err
}
