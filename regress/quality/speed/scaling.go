package main

import (
	"fmt"

	"github.com/org/regress-gate/regress/quality/internal/markdown"
)

// scaling measures what a sample costs as one dimension of the run grows and the
// others stay: the cost is linear where the column does not rise.
func scaling(b *bench) (*markdown.Table, error) {
	dimensions := []struct {
		name  string
		shape func(n int) shape
	}{
		{"benchmarks, of 10 samples", func(n int) shape { return shape{n / 10, 10, 1} }},
		{"samples, of 10 benchmarks", func(n int) shape { return shape{10, n / 10, 1} }},
		{"units, of 10 benchmarks of 10 samples", func(n int) shape { return shape{10, 10, n / 100} }},
	}
	t := markdown.NewTable("what grows", "samples a side", "wall, s", "CPU, s", "CPU a sample, µs", "peak, MB")
	for _, d := range dimensions {
		for n := 1_000; n <= 1_000_000; n *= 10 {
			base, head, err := b.pair(d.shape(n))
			if err != nil {
				return nil, err
			}
			var costs []cost
			for range 5 {
				c, err := b.once(1, b.ours, "compare", base, head)
				if err != nil {
					return nil, err
				}
				costs = append(costs, c)
			}
			c := medians(costs)
			t.Add(d.name, fmt.Sprint(n), seconds(c.wall), seconds(c.cpu), fmt.Sprintf("%.2f", c.cpu/float64(2*n)*1e6), megabytes(c.rss))
		}
	}
	return t, nil
}
