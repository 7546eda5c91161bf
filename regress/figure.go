package regress

import (
	"fmt"
	"math"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// Figure is a number that may not exist. The zero Figure does not, and is left
// out of the JSON: no number carries the meaning of "none".
type Figure struct {
	// bits are those of the number, turned so that zero is the one that does not
	// exist: a report holds twenty figures a metric.
	bits uint64
}

// turn is a NaN, which no figure is.
const turn = 0x7ff8000000000001

// NewFigure returns v as a Figure; a v that is NaN or infinite does not exist.
func NewFigure(v float64) Figure {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return Figure{}
	}
	return Figure{math.Float64bits(v) ^ turn}
}

// Get returns the number, and whether it exists.
func (f Figure) Get() (float64, bool) {
	if f.IsZero() {
		return 0, false
	}
	return math.Float64frombits(f.bits ^ turn), true
}

// IsZero tells that the number does not exist; it makes `omitzero` leave it out.
func (f Figure) IsZero() bool { return f.bits == 0 }

// MarshalJSON writes the shortest decimal that reads back as the same number.
func (f Figure) MarshalJSON() ([]byte, error) {
	v, known := f.Get()
	if !known {
		return nil, fmt.Errorf("a figure that does not exist has no JSON form")
	}
	return appendNumber(nil, v), nil
}

// UnmarshalJSON accepts a JSON number.
func (f *Figure) UnmarshalJSON(data []byte) error {
	v, err := strconv.ParseFloat(string(data), 64)
	if err != nil || jsontext.Value(data).Kind() != '0' {
		return fmt.Errorf("%.40q is not a number in range; one that does not exist is left out", data)
	}
	*f = NewFigure(v)
	return nil
}
