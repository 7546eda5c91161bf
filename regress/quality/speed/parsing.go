package main

import (
	"fmt"
	"os/exec"
	"regexp"

	"github.com/org/regress-gate/regress/quality/internal/markdown"
)

var benchmarkLine = regexp.MustCompile(`(?m)^Benchmark(\S+)\s+\d+\s+\S+ ns/op\s+(\S+) MB/s\s+\S+ B/op\s+(\d+) allocs/op$`)

// parsing runs the Go benchmarks of the parsers that most runs go through. They are
// a process of their own: a large one here would be taken for the memory of those
// that it starts.
func parsing(*bench) (*markdown.Table, error) {
	out, err := exec.Command("go", "test", "-run", "^$", "-bench", "^(BenchmarkGoBench|BenchmarkGoTestJSON)$", "-cpu", "1",
		"github.com/org/regress-gate/regress/parse").CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("running the benchmarks: %w\n%s", err, out)
	}
	t := markdown.NewTable("20,000 lines of 3 values", "MB/s", "allocations")
	for _, m := range benchmarkLine.FindAllStringSubmatch(string(out), -1) {
		t.Add(m[1], m[2], m[3])
	}
	if t.Empty() {
		return nil, fmt.Errorf("no benchmark in the output:\n%s", out)
	}
	return t, nil
}
