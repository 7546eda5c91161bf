package regress

import (
	"errors"
	"fmt"
	"slices"
)

// Merge folds more runs of the same environment into one: the same key adds its
// samples in the order of the arguments, so three files of a load tool are
// three samples. A benchmark's name that two packages share, be it in different
// files, is written with its package. Runs of different environments, or one key
// in units of different dimensions, are an error. The result owns its slices.
func Merge(runs ...*Run) (*Run, error) {
	if len(runs) == 0 {
		return nil, errors.New("no run to merge")
	}
	merged := &Run{Commit: runs[0].Commit, Time: runs[0].Time, Env: runs[0].Env, Design: runs[0].Design}
	at := make(map[Key]int, len(runs[0].Series))
	shared := SharedNames(runs...)
	for _, r := range runs {
		env, err := merged.Env.Merge(r.Env)
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
			s.Benchmark = s.qualified(shared)
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
