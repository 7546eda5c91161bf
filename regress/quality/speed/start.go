package main

import (
	"fmt"
	"os"

	"github.com/org/regress-gate/regress/quality/internal/markdown"
)

// start compares the shortest work of the command with a program that does nothing.
func start(b *bench) (*markdown.Table, error) {
	ours, nothing, err := inTurns(200,
		func() (cost, error) { return b.once(0, b.ours, "version") },
		func() (cost, error) { return b.once(0, "true") })
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(b.ours)
	if err != nil {
		return nil, err
	}
	t := markdown.NewTable("", "wall, ms", "CPU, ms", "peak, MB", "binary, MiB")
	row := func(name string, c cost, size string) {
		t.Add(name, fmt.Sprintf("%.2f", c.wall*1e3), fmt.Sprintf("%.2f", c.cpu*1e3), megabytes(c.rss), size)
	}
	row("regress-gate version", ours, fmt.Sprintf("%.2f", float64(info.Size())/(1<<20)))
	row("true", nothing, "–")
	return t, nil
}
