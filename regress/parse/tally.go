package parse

import (
	"math"
	"slices"

	"github.com/HdrHistogram/hdrhistogram-go"
)

// A tally summarises raw rows, such as the latency of each request, in bounded
// memory. Rows feed quantiles and are no samples: the requests of one run are
// not independent of each other, so a run gives one value of each summary.
//
// Quantiles are by nearest rank: the smallest row that at least a share p of all
// rows does not exceed. Up to tallyExact rows they are exact. Beyond that the
// rows stand in an HDR histogram of three significant digits, which is right to
// 0.1 % in a third of a megabyte. Count, sum, minimum, maximum and standard
// deviation are exact in either case. The zero value is an empty tally.
type tally struct {
	// resolution is the unit of the histogram, and 1e15 of it the largest row. The
	// zero value stands for tallyUnit. It is set before the first row.
	resolution float64

	rows      []float64 // all of them, while there are few
	sorted    bool
	histogram *hdrhistogram.Histogram // in units of tallyUnit

	count    int64
	sum      float64
	mean, m2 float64 // Welford's running mean and sum of squared deviations
	min, max float64
}

const (
	tallyExact = 1 << 14
	tallyUnit  = 1e-9 // of whatever the rows are in: a nanosecond for seconds
	tallyMax   = 1e6  // in that same unit: eleven days in seconds
)

// add takes one row. It reports whether the row is a number from 0 to the largest;
// others are not taken.
func (t *tally) add(v float64) bool {
	if !(v >= 0 && v <= tallyMax/tallyUnit*t.unit()) {
		return false
	}
	if t.count == 0 || v < t.min {
		t.min = v
	}
	t.max = max(t.max, v)
	t.count++
	t.sum += v
	d := v - t.mean
	t.mean += d / float64(t.count)
	t.m2 += d * (v - t.mean)

	if t.histogram == nil && len(t.rows) < tallyExact {
		t.rows, t.sorted = append(t.rows, v), false
		return true
	}
	if t.histogram == nil {
		t.histogram = hdrhistogram.New(1, int64(tallyMax/tallyUnit), 3)
		for _, row := range t.rows {
			t.record(row)
		}
		t.rows = nil
	}
	t.record(v)
	return true
}

func (t *tally) unit() float64 {
	if t.resolution == 0 {
		return tallyUnit
	}
	return t.resolution
}

func (t *tally) record(v float64) {
	// The range holds all that add lets through, so there is no error to see.
	_ = t.histogram.RecordValue(int64(math.Round(v / t.unit())))
}

// quantile returns the row of nearest rank to 0 < p ≤ 1, and 0 of an empty tally.
func (t *tally) quantile(p float64) float64 {
	if t.count == 0 {
		return 0
	}
	// 0.07*100 is 7.000000000000001: what is a rank but for rounding is one.
	rank := max(int64(math.Ceil(p*float64(t.count)-1e-9)), 1)
	if t.histogram != nil {
		// The histogram rounds to a rank, so it is asked for a share that is one.
		v := t.histogram.ValueAtPercentile(100 * float64(rank) / float64(t.count))
		return min(max(float64(v)*t.unit(), t.min), t.max)
	}
	if !t.sorted {
		slices.Sort(t.rows)
		t.sorted = true
	}
	return t.rows[rank-1]
}

// stdev returns the standard deviation of the rows, with n-1 below, and 0 of
// fewer than two.
func (t *tally) stdev() float64 {
	if t.count < 2 {
		return 0
	}
	return math.Sqrt(t.m2 / float64(t.count-1))
}
