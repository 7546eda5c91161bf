package regress

import (
	"errors"
	"fmt"
	"time"

	"github.com/org/regress-gate/regress/internal/strict"
)

// Run is all that one execution measured, with its environment. Parsers make
// it; Compare only reads it.
type Run struct {
	Commit   string    // the commit that was measured, "" where unknown
	Time     time.Time // when it was measured; zero where unknown
	Env      Env
	Design   Design
	Series   []Series
	Warnings []Warning // what the source said went wrong, in file order
}

// Warning is a remark on a file that could be read all the same: a failed
// package, a skipped benchmark. File and Line are zero where they are unknown.
type Warning struct {
	File    string `json:"file,omitzero"`
	Line    int    `json:"line,omitzero"`
	Message string `json:"message"`
}

// String returns "file:line: message", without the parts that are unknown.
func (w Warning) String() string {
	switch {
	case w.File == "":
		return w.Message
	case w.Line == 0:
		return w.File + ": " + w.Message
	}
	return fmt.Sprintf("%s:%d: %s", w.File, w.Line, w.Message)
}

// Design says how the two sides of a comparison were measured, which decides
// how much their difference proves (Evidence).
type Design uint8

// The designs, from the weakest to the strongest.
const (
	// Separate: at another time, in another job. The zero value assumes the worst.
	Separate Design = iota
	// Vouched: the user says that both sides were measured alike, by giving both
	// to one command. No file can say this of itself.
	Vouched
	// Interleaved: base and head in one job in A B B A order, one process a sample.
	Interleaved
)

// Validate reports everything that makes the run unfit to be judged: broken
// series, and two series with the same key.
func (r *Run) Validate() error {
	return validate(r.Commit, r.Env, len(r.Series), func(i int) *Series { return &r.Series[i] })
}

// validate is that for any list of n series.
func validate(commit string, env Env, n int, at func(i int) *Series) error {
	var errs []error
	seen := keySet{blocks: map[string]bool{}}
	for i := range n {
		s := at(i)
		fresh := seen.add(s.Key, i, at)
		if err := s.Validate(); err != nil {
			errs = append(errs, err)
		} else if !fresh {
			errs = append(errs, fmt.Errorf("%s: two series with this name", s.Key))
		}
		if len(errs) == strict.MaxProblems {
			break
		}
	}
	for _, text := range []string{commit, env.CPU, env.GOOS, env.GOARCH, env.Go, env.Runner} {
		if err := validText(text); err != nil {
			errs = append(errs, fmt.Errorf("description of the run: %w", err))
		}
	}
	return errors.Join(errs...)
}
