package regress

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A diagnosis may come out of an artifact that anyone could write.
func TestHostileDiagnosis(t *testing.T) {
	whole := Diagnosis{Kind: "cpu", Culprit: "f", Grown: []Grown{{Function: "f"}}, Calls: []Call{{Function: "f", Head: 1}, {Function: "g", Depth: 1, Head: 0.5}}}
	for _, c := range []struct {
		why  string
		edit func(*Diagnosis)
	}{
		{"", func(*Diagnosis) {}},
		{"call 2 is no part of a tree", func(d *Diagnosis) { d.Calls[1].Depth = 2 }},
		{"call 1 is no part of a tree", func(d *Diagnosis) { d.Calls[0].Depth = -1 }},
		{"call 2 is no part of a tree", func(d *Diagnosis) { d.Calls[1].Head = 1e9 }},
		{"a share of a function is not from 0 to 1", func(d *Diagnosis) { d.Grown[0].Base.Flat = -1 }},
		{"it holds 1 functions and 501 calls", func(d *Diagnosis) { d.Calls = make([]Call, 501) }},
		{"control character", func(d *Diagnosis) { d.Calls[0].Function = "\x1b[2J" }},
		{"longer than", func(d *Diagnosis) { d.Culprit = strings.Repeat("x", 1<<20) }},
	} {
		d := whole
		d.Calls, d.Grown = append([]Call(nil), d.Calls...), append([]Grown(nil), d.Grown...)
		c.edit(&d)
		var text bytes.Buffer
		_, err := (&Report{Diagnoses: []Diagnosis{d}}).WriteTo(&text)
		require.NoError(t, err)
		_, err = ReadReport(&text, "r.json")
		if c.why == "" {
			require.NoError(t, err)
		} else {
			require.ErrorContains(t, err, c.why)
		}
	}
}
