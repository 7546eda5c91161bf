package infer

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWithoutSpikes(t *testing.T) {
	for _, c := range []struct {
		why          string
		series, want []float64
	}{
		{"nothing", nil, nil},
		{"two values have no middle", []float64{0, 9}, []float64{0, 9}},
		{"a spike becomes the nearer neighbour", []float64{0, 1, 0, 1, 99, 2, 1}, []float64{0, 1, 0, 1, 2, 2, 1}},
		{"… downwards too", []float64{0, 1, 0, 1, -99, 2, 1}, []float64{0, 1, 0, 1, 1, 2, 1}},
		{"two apart", []float64{0, 0, 9, 0, 0, 0, 9, 0, 0, 0, 0}, make([]float64, 11)},
		{"every third run is no spike, but noise", []float64{0, 9, 0, 0, 9, 0, 0, 9}, []float64{0, 9, 0, 0, 9, 0, 0, 9}},
		{"two in a row may be a level", []float64{0, 1, 0, 99, 98, 1, 0}, []float64{0, 1, 0, 99, 98, 1, 0}},
		{"a step", []float64{0, 1, 0, 1, 99, 98, 99}, []float64{0, 1, 0, 1, 99, 98, 99}},
		{"nobody knows whether the first and the last will last", []float64{99, 0, 1, 0, 1, 99}, []float64{99, 0, 1, 0, 1, 99}},
		{"noise", []float64{0, 2, 1, 4, 0, 3}, []float64{0, 2, 1, 4, 0, 3}},
	} {
		before := slices.Clone(c.series)
		require.Equal(t, c.want, withoutSpikes(c.series), c.why)
		require.Equal(t, before, c.series, "the caller's slice")
	}
}
