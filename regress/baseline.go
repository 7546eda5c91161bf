package regress

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/org/regress-gate/regress/infer"
	"github.com/org/regress-gate/regress/internal/strict"
)

// BaselineSchema is the version of the baseline JSON that this package writes,
// and the newest that it reads.
const BaselineSchema = 1

// Baseline is the stored reference that runs are judged against.
type Baseline struct {
	Commit  string
	Time    time.Time
	Env     Env
	Design  Design
	Entries []Entry // sorted by key once saved; no two share one
}

// Entry is the reference for one metric.
type Entry struct {
	Series
	// History holds the latest runs of the same environment, newest last. The one
	// that Samples are from is among them.
	History []Point
	// Anchor is the value that slow drift is measured against, nil before the first
	// run. Its N is the number of runs that it is the median of; 0 where a person
	// has pinned it.
	Anchor *Point
	// Accepted is the latest acceptance of a loss, nil where there was none.
	Accepted *Acceptance
}

// NewBaseline returns a baseline that holds the run as it is. They share their
// samples.
func NewBaseline(r *Run) *Baseline {
	b := &Baseline{Commit: r.Commit, Time: r.Time, Env: r.Env, Design: r.Design, Entries: make([]Entry, 0, len(r.Series))}
	for _, s := range r.Series {
		b.Entries = append(b.Entries, Entry{Series: s})
	}
	return b
}

// Validate reports everything that makes the baseline unfit to judge by.
func (b *Baseline) Validate() error {
	errs := []error{validate(b.Commit, b.Env, len(b.Entries), func(i int) *Series { return &b.Entries[i].Series })}
	for i := range b.Entries {
		if err := b.Entries[i].validatePast(); err != nil && len(errs) < strict.MaxProblems {
			errs = append(errs, fmt.Errorf("%s: %w", b.Entries[i].Key, err))
		}
	}
	return errors.Join(errs...)
}

// validatePast reports what is broken in the history, the anchor and the
// acceptance of the entry.
func (e *Entry) validatePast() error {
	points := e.History
	if e.Anchor != nil {
		points = append(slices.Clip(points), *e.Anchor)
	}
	for i := range points {
		if math.IsNaN(points[i].Center) || math.IsInf(points[i].Center, 0) {
			return fmt.Errorf("earlier run %d is %v", i+1, points[i].Center)
		}
		if err := validText(points[i].Commit); err != nil {
			return fmt.Errorf("commit of earlier run %d: %w", i+1, err)
		}
	}
	if a := e.Accepted; a != nil {
		for _, text := range [...]string{a.By, a.Reason, a.Commit} {
			if err := validText(text); err != nil {
				return fmt.Errorf("acceptance: %w", err)
			}
		}
	}
	return nil
}

// Center returns the median of the samples, the value that files show. The
// series must have samples.
func (s *Series) Center() float64 { return infer.Median(s.Samples) }

func sortEntries(entries []Entry) {
	slices.SortFunc(entries, func(a, b Entry) int { return compareKeys(a.Key, b.Key) })
}

func compareKeys(a, b Key) int {
	if c := cmp.Compare(a.Benchmark, b.Benchmark); c != 0 {
		return c
	}
	return cmp.Compare(a.Metric, b.Metric)
}
