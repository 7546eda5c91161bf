package parse

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/montanaflynn/stats"
	"github.com/stretchr/testify/require"
)

// TestTally compares with the plain definitions, below and above the number of
// rows that are kept.
func TestTally(t *testing.T) {
	for _, n := range []int{1, 2, 45, tallyExact, tallyExact + 1, 5 * tallyExact} {
		r := rand.New(rand.NewPCG(1, uint64(n)))
		rows := make([]float64, n)
		var all tally
		for i := range rows {
			rows[i] = 1e-3 * math.Exp(2*r.NormFloat64())
			require.True(t, all.add(rows[i]))
		}
		tolerance := 0.0
		if n > tallyExact {
			tolerance = 1e-3
		}
		slices.Sort(rows)
		for _, p := range []float64{0.5, 0.9, 0.95, 0.99, 0.999, 1} {
			want := rows[int(math.Ceil(p*float64(n)-1e-9))-1]
			require.InEpsilon(t, want, all.quantile(p), tolerance+1e-12, "n %d, p %v", n, p)
		}
		sum, _ := stats.Sum(rows)
		require.InEpsilon(t, sum, all.sum, 1e-9)
		require.Equal(t, rows[0], all.min)
		require.Equal(t, rows[n-1], all.max)
		if n > 1 {
			stdev, _ := stats.StandardDeviationSample(rows)
			require.InEpsilon(t, stdev, all.stdev(), 1e-9)
		}
	}
}

// TestTallyTakesNumbersOnly holds that no row is bent into the range.
func TestTallyTakesNumbersOnly(t *testing.T) {
	var all tally
	for _, v := range []float64{math.NaN(), math.Inf(1), -1e-9, 2 * tallyMax} {
		require.False(t, all.add(v))
	}
	require.Zero(t, all.count)
	require.Zero(t, all.quantile(0.5))
	require.Zero(t, all.stdev())
	require.True(t, all.add(0))
	require.Zero(t, all.quantile(0.99))
}
