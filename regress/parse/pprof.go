package parse

import (
	"fmt"
	"io"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/profile"
)

var pprofFormat = Format{
	Name:    "pprof",
	Doc:     "CPU, heap and other profiles of pprof (Go, and other languages' profilers)",
	Example: "go test -run '^$' -bench . -cpuprofile cpu.pb.gz ./pkg",
	Metrics: "cpu.flat, cpu.cum, alloc_space.flat, … (each function's share of the profile), cpu.total, …",
	Sniff:   profile.IsPprof,
	Parse:   parsePprof,
}

func parsePprof(r io.Reader, o Options) (*regress.Run, error) {
	p, err := profile.ReadPprof(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.File, readError(err))
	}
	return profileRun(p, o.File)
}
