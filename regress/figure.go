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
	value float64
	known bool
}

// NewFigure returns v as a Figure; a v that is NaN or infinite does not exist.
func NewFigure(v float64) Figure {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return Figure{}
	}
	return Figure{v, true}
}

// Get returns the number, and whether it exists.
func (f Figure) Get() (float64, bool) { return f.value, f.known }

// IsZero tells that the number does not exist; it makes `omitzero` leave it out.
func (f Figure) IsZero() bool { return !f.known }

// MarshalJSON writes the shortest decimal that reads back as the same number.
func (f Figure) MarshalJSON() ([]byte, error) {
	if !f.known {
		return nil, fmt.Errorf("a figure that does not exist has no JSON form")
	}
	return appendNumber(nil, f.value), nil
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
