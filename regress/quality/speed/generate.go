package main

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
)

// shape is the size of a run: so many benchmarks, samples of each, and units.
type shape struct{ benchmarks, samples, units int }

// writeRun writes a run as go test -bench prints it, always the same for the same
// arguments. Its values have four digits, so that ties are common, and a noise of
// 2 %; in the head each tenth benchmark is slower by a fifth.
func writeRun(path string, s shape, head bool) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	defer func() {
		if failed := w.Flush(); err == nil {
			err = failed
		}
		if failed := f.Close(); err == nil {
			err = failed
		}
	}()
	suite := rand.New(rand.NewPCG(1, 1)) // what both sides share
	noise := rand.New(rand.NewPCG(2, 2))
	if head {
		noise = rand.New(rand.NewPCG(3, 3))
	}
	fmt.Fprint(w, "goos: linux\ngoarch: amd64\npkg: example.com/generated\ncpu: generated\n")
	centers := make([]float64, s.units)
	for i := range s.benchmarks {
		for u := range centers {
			centers[u] = 1100 + 7500*suite.Float64()
		}
		slower := 1.0
		if head && i%10 == 0 {
			slower = 1.2
		}
		for range s.samples {
			fmt.Fprintf(w, "BenchmarkGenerated/case=%d-8\t%8d", i, 1000+noise.IntN(1000))
			for u, center := range centers {
				fmt.Fprintf(w, "\t%8.0f %s", center*slower*(1+0.02*noise.NormFloat64()), unitName(u))
			}
			fmt.Fprintln(w)
		}
	}
	return nil
}

// unitName names units of which less is better, those of go test first.
func unitName(i int) string {
	if i < 3 {
		return [...]string{"ns/op", "B/op", "ns/item"}[i]
	}
	return fmt.Sprintf("n%d/op", i)
}
