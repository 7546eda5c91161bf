package regress

import (
	"fmt"
	"math"
	"unicode"
	"unicode/utf8"

	"github.com/org/regress-gate/regress/unit"
)

// Key names one metric of one benchmark. The unit is an attribute of the
// series and not part of its name, so that a metric which comes back in
// another unit is seen as the same metric and not as one missing and one new.
//
// Benchmark is empty for a metric of the run as a whole ("p95_latency"); Metric
// is never empty in a valid series.
type Key struct {
	Benchmark string `json:"benchmark"`
	Metric    string `json:"metric"`
}

// String returns "benchmark metric", or the metric alone where there is no
// benchmark.
func (k Key) String() string {
	if k.Benchmark == "" {
		return k.Metric
	}
	return k.Benchmark + " " + k.Metric
}

// Series holds all samples of one metric in one run.
type Series struct {
	Key
	// Package is where the benchmark is defined, "" where the tool names none.
	// Only Merge reads it; it is no part of a file.
	Package string
	// Unit is the unit of the samples as the source wrote it, "" where it did
	// not say: then the baseline entry's unit is taken.
	Unit string
	// Direction says which way is better. Undeclared is resolved by Compare from
	// the baseline entry, a rule, or the unit and the metric's name.
	Direction unit.Direction
	// Samples are independent repetitions in measuring order, all finite. The
	// Series owns the slice. It is empty only where Broken says why.
	Samples []float64
	// Exact declares a metric without noise (allocs/op, a file's size).
	Exact bool
	// Threshold and ThresholdAbs (in Unit) are the limits that the file itself
	// asks for; unset ones are left to the policy.
	Threshold    Percent
	ThresholdAbs Figure
	// Broken says why the series cannot be compared ("sample 3 is NaN"), "" for
	// a sound one. A broken series has the verdict Incomparable; it is never
	// dropped so that the rest is judged without it.
	Broken string
}

// maxName bounds a name, a unit and a reason, in bytes. Longer ones come from
// broken or hostile files, and each is repeated in every output.
const maxName = 16 << 10

// Validate reports the first way in which the series breaks the rules that its
// fields state.
func (s *Series) Validate() error {
	switch {
	case s.Metric == "":
		return fmt.Errorf("benchmark %q: a metric without a name", s.Benchmark)
	case len(s.Samples) == 0 && s.Broken == "":
		return fmt.Errorf("%s: no samples", s.Key)
	}
	for _, text := range [...]struct{ what, text string }{
		{"benchmark name", s.Benchmark}, {"metric name", s.Metric}, {"unit", s.Unit}, {"reason", s.Broken},
	} {
		if err := validText(text.text); err != nil {
			return fmt.Errorf("%s of %.80q: %w", text.what, s.Key.String(), err)
		}
	}
	for i, v := range s.Samples {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Errorf("%s: sample %d is %v", s.Key, i+1, v)
		}
	}
	return nil
}

// printable tells whether the text is of printable ASCII characters alone.
func printable(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// validText refuses text that no output can carry faithfully. Printable
// characters of every script are allowed: escaping is each renderer's work.
func validText(s string) error {
	if len(s) > maxName {
		return fmt.Errorf("longer than %d bytes", maxName)
	}
	if printable(s) { // what most are
		return nil
	}
	if !utf8.ValidString(s) {
		return fmt.Errorf("not valid UTF-8")
	}
	for _, r := range s {
		if unicode.IsControl(r) {
			return fmt.Errorf("control character %U", r)
		}
	}
	return nil
}
