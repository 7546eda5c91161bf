package regress

import (
	"cmp"
	"slices"
	"time"

	"github.com/org/regress-gate/regress/infer"
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
	History []Point // earlier runs of the same environment, newest last
	Anchor  *Point  // the pinned value that slow drift is measured against
}

// Point is what one earlier run found for one metric.
type Point struct {
	Commit string    `json:"commit,omitzero"`
	Time   time.Time `json:"timestamp,omitzero"`
	Center float64   `json:"value"`           // median of its samples, in the unit of the entry
	Spread Figure    `json:"spread,omitzero"` // their standard deviation, absent for one sample
	N      int       `json:"n,omitzero"`      // how many they were, 0 where not known
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
	series := make([]Series, len(b.Entries))
	for i, e := range b.Entries {
		series[i] = e.Series
	}
	return (&Run{Commit: b.Commit, Env: b.Env, Series: series}).Validate()
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
