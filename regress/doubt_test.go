package regress

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What cannot well be true is said, and judged all the same.
func TestDoubt(t *testing.T) {
	times := func(samples []float64, f float64) []float64 {
		moved := make([]float64, len(samples))
		for i, v := range samples {
			moved[i] = v * f
		}
		return moved
	}
	for _, c := range []struct {
		why        string
		base, head Series
		note       string
	}{
		{"an optimised-away benchmark", series("A", "sec/op", "sec/op", refBase...), series("A", "sec/op", "sec/op", times(refBase, 0.03)...), "an improvement of 97 % by one change: check that the work is still done"},
		{"a single value proves nothing, and is as strange", series("A", "latency", "ms", 100), series("A", "latency", "ms", 3), "an improvement of 97 %"},
		{"thirty times the throughput", series("A", "req/s", "req/s", refBase...), series("A", "req/s", "req/s", times(refBase, 30)...), "an improvement of 2900 %"},
		{"no throughput left is no improvement", series("A", "req/s", "req/s", refBase...), series("A", "req/s", "req/s", times(refBase, 0.03)...), ""},
		{"half the time is what a good change does", series("A", "sec/op", "sec/op", refBase...), series("A", "sec/op", "sec/op", times(refBase, 0.5)...), ""},
		{"a negative time", series("A", "sec/op", "sec/op", 1, 2, 3), series("A", "sec/op", "sec/op", 1, -2, 3), "a negative time in the head: the clock or the tool is wrong"},
		{"a time of nothing", series("A", "latency", "ms", 0, 1, 2), series("A", "latency", "ms", 1, 1, 2), "a time of exactly 0 in the base: below the resolution of the tool"},
		{"a balance may be negative", series("A", "level", "widgets", 1, -2, 3), series("A", "level", "widgets", 1, 2, 3), ""},
	} {
		got := only(t, vouched(t, run(c.base), run(c.head), Policy{}))
		require.Contains(t, strings.Join(got.Notes, "; "), c.note, c.why)
		if c.note == "" {
			require.Empty(t, got.Notes, c.why)
		}
	}
}
