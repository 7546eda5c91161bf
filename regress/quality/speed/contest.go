package main

import (
	"fmt"
	"os"

	"github.com/org/regress-gate/regress/quality/internal/markdown"
)

// sizes of the contest, with how often each program runs and what the ratios of
// wall, processor time and memory are to reach (0: no bar).
var sizes = map[string]struct {
	shape
	rounds         int
	wall, cpu, rss float64
}{
	"S":  {shape{100, 10, 3}, 21, 2, 0, 0},
	"M":  {shape{1_000, 20, 3}, 7, 25, 0, 0},
	"L":  {shape{10_000, 20, 3}, 3, 30, 40, 4},
	"XL": {shape{100_000, 10, 3}, 3, 15, 0, 4},
}

// contest sets compare beside benchstat, on the same files.
func contest(b *bench) (*markdown.Table, error) {
	t := markdown.NewTable("size", "benchmarks × samples × units", "MB a side", "regress-gate", "", "", "benchstat", "", "", "**wall**", "**CPU**", "**memory**")
	t.Add("", "", "", "wall, s", "CPU, s", "peak, MB", "wall, s", "CPU, s", "peak, MB", "times", "times", "times")
	for _, name := range b.sizes {
		size, known := sizes[name]
		if !known {
			return nil, fmt.Errorf("no size is called %q: S, M, L and XL are", name)
		}
		base, head, err := b.pair(size.shape)
		if err != nil {
			return nil, err
		}
		info, err := os.Stat(base)
		if err != nil {
			return nil, err
		}
		ours, theirs, err := inTurns(size.rounds,
			func() (cost, error) { return b.once(1, b.ours, "compare", base, head) },
			func() (cost, error) { return b.once(0, b.benchstat, base, head) })
		if err != nil {
			return nil, err
		}
		t.Add(name, fmt.Sprintf("%d × %d × %d", size.benchmarks, size.samples, size.units), fmt.Sprintf("%.1f", float64(info.Size())/1e6),
			seconds(ours.wall), seconds(ours.cpu), megabytes(ours.rss), seconds(theirs.wall), seconds(theirs.cpu), megabytes(theirs.rss),
			times(theirs.wall/ours.wall, size.wall), times(theirs.cpu/ours.cpu, size.cpu), times(theirs.rss/ours.rss, size.rss))
	}
	return t, nil
}

func seconds(s float64) string { return fmt.Sprintf("%.3f", s) }

func megabytes(bytes float64) string { return fmt.Sprintf("%.1f", bytes/1e6) }

// times shows a ratio, and the bar where it is missed.
func times(ratio, bar float64) string {
	if ratio < bar {
		return fmt.Sprintf("%.1f (bar: %.0f)", ratio, bar)
	}
	return fmt.Sprintf("%.1f", ratio)
}
