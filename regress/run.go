package regress

import (
	"errors"
	"fmt"
	"slices"
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
	var errs []error
	seen := make(map[Key]struct{}, len(r.Series))
	for i := range r.Series {
		s := &r.Series[i]
		if err := s.Validate(); err != nil {
			errs = append(errs, err)
		} else if _, twice := seen[s.Key]; twice {
			errs = append(errs, fmt.Errorf("%s: two series with this name", s.Key))
		}
		seen[s.Key] = struct{}{}
		if len(errs) == strict.MaxProblems {
			break
		}
	}
	for _, text := range []string{r.Commit, r.Env.CPU, r.Env.GOOS, r.Env.GOARCH, r.Env.Go, r.Env.Runner} {
		if err := validText(text); err != nil {
			errs = append(errs, fmt.Errorf("description of the run: %w", err))
		}
	}
	return errors.Join(errs...)
}

// Merge folds more runs of the same environment into one: the same key adds its
// samples in the order of the arguments, so three files of a load tool are
// three samples. Runs of different environments, or one key in units of
// different dimensions, are an error. The result owns its slices.
func Merge(runs ...*Run) (*Run, error) {
	if len(runs) == 0 {
		return nil, errors.New("no run to merge")
	}
	merged := &Run{Commit: runs[0].Commit, Time: runs[0].Time, Env: runs[0].Env, Design: runs[0].Design}
	at := make(map[Key]int, len(runs[0].Series))
	for _, r := range runs {
		env, err := merged.Env.merge(r.Env)
		if err != nil {
			return nil, fmt.Errorf("merging runs: %w", err)
		}
		merged.Env = env
		merged.Design = min(merged.Design, r.Design)
		switch {
		case merged.Commit == "":
			merged.Commit = r.Commit
		case r.Commit != "" && r.Commit != merged.Commit:
			return nil, fmt.Errorf("merging runs: they measured different commits, %s and %s", merged.Commit, r.Commit)
		}
		if r.Time.After(merged.Time) {
			merged.Time = r.Time
		}
		merged.Warnings = append(merged.Warnings, r.Warnings...)
		for _, s := range r.Series {
			i, known := at[s.Key]
			if !known {
				at[s.Key] = len(merged.Series)
				s.Samples = slices.Clone(s.Samples)
				merged.Series = append(merged.Series, s)
				continue
			}
			if err := merged.Series[i].extend(s); err != nil {
				return nil, fmt.Errorf("merging runs: %w", err)
			}
		}
	}
	return merged, nil
}

// extend adds the samples of more, converted to the unit of s.
func (s *Series) extend(more Series) error {
	if s.Unit == "" {
		s.Unit = more.Unit
	}
	factor, err := factorTo(s.Unit, more.Unit)
	if err != nil {
		return fmt.Errorf("%s: %w", s.Key, err)
	}
	for _, v := range more.Samples {
		s.Samples = append(s.Samples, v*factor)
	}
	s.Exact = s.Exact && more.Exact
	if s.Broken == "" {
		s.Broken = more.Broken
	}
	return nil
}
