package main

import (
	"math/rand/v2"

	"github.com/org/regress-gate/regress"
)

// allocations measures metrics without noise: how often one allocation more, or
// none, is called a regression. Counts stay below twenty, of which one more is
// beyond the default threshold.
func allocations(more float64) func(*lab) rate {
	const n, most = 3, 20
	return func(l *lab) rate {
		return meanOf(l.series("allocations", func(r *rand.Rand) float64 {
			count := float64(r.IntN(most))
			report := compare(regress.NewBaseline(constantRun(count, n)), constantRun(count+more, n))
			return percent(report.Gate() == regress.Shut)
		}))
	}
}

func constantRun(value float64, n int) *regress.Run {
	samples := make([]float64, n)
	for i := range samples {
		samples[i] = value
	}
	key := regress.Key{Benchmark: keys[0].Benchmark, Metric: "allocs/op"}
	return &regress.Run{Series: []regress.Series{{Key: key, Unit: "allocs/op", Samples: samples}}}
}
