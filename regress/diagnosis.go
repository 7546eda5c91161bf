package regress

import (
	"errors"
	"fmt"
)

// Diagnosis is what profiles of base and head say of where a loss comes from.
// Shares are fractions of all samples of their side.
type Diagnosis struct {
	Of          Key    `json:"of,omitzero"`           // the metric whose loss is asked about; zero for the run as a whole
	Kind        string `json:"kind"`                  // what was sampled: "cpu", "alloc_space"
	Change      Figure `json:"change,omitzero"`       // of the metric, for the worse, a fraction; absent where it is about none
	BaseSamples Figure `json:"base_samples,omitzero"` // about how many samples the profiles were counted from
	HeadSamples Figure `json:"head_samples,omitzero"`

	Culprit   string  `json:"culprit,omitzero"`   // the function that explains most of the loss, "" where none does
	Explained Figure  `json:"explained,omitzero"` // which part of Change that is, a fraction; absent where Change is
	Grown     []Grown `json:"grown,omitempty"`    // the functions whose own share grew most, and the culprit before them
	Calls     []Call  `json:"calls,omitempty"`    // both profiles as one tree, each call before what it calls
}

// Grown is a function whose share of a profile grew.
type Grown struct {
	Function string `json:"function"`
	Base     Share  `json:"base"`
	Head     Share  `json:"head"`
}

// Share is what one function has of a profile: in itself, and with what it calls.
type Share struct {
	Flat float64 `json:"flat"`
	Cum  float64 `json:"cum"`
}

// Call is a node in the tree of two profiles.
type Call struct {
	Function string  `json:"function"`
	Depth    int     `json:"depth"` // 0 for what nothing calls
	Base     float64 `json:"base"`  // shares, with what it calls
	Head     float64 `json:"head"`
}

// The bounds of a diagnosis: what a person can look at.
const (
	MaxGrown = 10
	MaxCalls = 500
	maxDepth = 1000
)

// validate reports what no diagnosis of Diagnose could be.
func (d *Diagnosis) validate() error {
	errs := []error{validText(d.Of.Benchmark), validText(d.Of.Metric), validText(d.Kind), validText(d.Culprit)}
	if len(d.Grown) > MaxGrown+1 || len(d.Calls) > MaxCalls {
		errs = append(errs, fmt.Errorf("it holds %d functions and %d calls", len(d.Grown), len(d.Calls)))
	}
	depth := -1
	for i := range d.Calls {
		c := &d.Calls[i]
		if c.Depth < 0 || c.Depth > min(depth+1, maxDepth) || !isShare(c.Base) || !isShare(c.Head) {
			errs = append(errs, fmt.Errorf("call %d is no part of a tree of shares", i+1))
			break
		}
		depth = c.Depth
		errs = append(errs, validText(c.Function))
	}
	for _, g := range d.Grown {
		if !isShare(g.Base.Flat) || !isShare(g.Base.Cum) || !isShare(g.Head.Flat) || !isShare(g.Head.Cum) {
			errs = append(errs, errors.New("a share of a function is not from 0 to 1"))
		}
		errs = append(errs, validText(g.Function))
	}
	return errors.Join(errs...)
}

func isShare(v float64) bool { return 0 <= v && v <= 1 }
