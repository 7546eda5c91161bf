package regress

import (
	"fmt"

	"github.com/org/regress-gate/regress/unit"
)

// The settings of a policy that are one of a few words. Each is a table beside
// its type and these methods; encoding/json and the YAML reader call them.

// String returns the policy's word, "default" for the zero value.
func (r Response) String() string {
	if r == 0 {
		return "default"
	}
	return word(responseWords[:], r)
}

// MarshalText refuses values outside the enumeration.
func (r Response) MarshalText() ([]byte, error) { return marshalWord("response", responseWords[:], r) }

// UnmarshalText accepts ignore, warn and fail.
func (r *Response) UnmarshalText(text []byte) error {
	return unmarshalWord("response", responseWords[:], text, r)
}

// MarshalText refuses values outside the enumeration.
func (c Confidence) MarshalText() ([]byte, error) {
	return marshalWord("confidence", confidenceWords[:], c)
}

// UnmarshalText accepts balanced, strict and sensitive.
func (c *Confidence) UnmarshalText(text []byte) error {
	return unmarshalWord("confidence", confidenceWords[:], text, c)
}

// MarshalText refuses values outside the enumeration.
func (s Single) MarshalText() ([]byte, error) { return marshalWord("single", singleWords[:], s) }

// UnmarshalText accepts inconclusive and threshold.
func (s *Single) UnmarshalText(text []byte) error {
	return unmarshalWord("single", singleWords[:], text, s)
}

// MarshalText refuses values outside the enumeration.
func (e Environment) MarshalText() ([]byte, error) {
	return marshalWord("environment", environmentWords[:], e)
}

// UnmarshalText accepts incomparable and compare.
func (e *Environment) UnmarshalText(text []byte) error {
	return unmarshalWord("environment", environmentWords[:], text, e)
}

// String returns the word of the run file: "interleaved", and "" for what no
// file can say.
func (d Design) String() string {
	if d == Interleaved {
		return "interleaved"
	}
	return ""
}

// UnmarshalText accepts interleaved, the only design that a file can declare.
func (d *Design) UnmarshalText(text []byte) error {
	if string(text) != "interleaved" {
		return fmt.Errorf("unknown design %q (a run file can say interleaved)", text)
	}
	*d = Interleaved
	return nil
}

// Direction is unit.Direction; the alias keeps policies and entries readable.
type Direction = unit.Direction
