package gate

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/org/regress-gate/regress"
	"github.com/stretchr/testify/require"
)

// writeRun writes a run as go test -bench prints it: values of four digits, so
// that ties are common, and a tenth of the benchmarks slower by a fifth in head.
func writeRun(tb testing.TB, path string, benchmarks, samples int, head bool) int64 {
	f, err := os.Create(path)
	require.NoError(tb, err)
	w := bufio.NewWriter(f)
	suite := rand.New(rand.NewPCG(1, 1)) // what both sides share
	rng := rand.New(rand.NewPCG(2, 2))
	if head {
		rng = rand.New(rand.NewPCG(3, 3))
	}
	fmt.Fprint(w, "goos: linux\ngoarch: amd64\npkg: example.com/generated\ncpu: generated\n")
	for i := range benchmarks {
		center, allocs := 100+9e3*suite.Float64(), suite.IntN(50)
		for range samples {
			base, slow := center*(1+0.02*rng.NormFloat64()), 1.0
			if head && i%10 == 0 {
				slow = 1.2
			}
			fmt.Fprintf(w, "BenchmarkGenerated/case=%d-8 \t%8d\t%12.0f ns/op\t%8d B/op\t%8d allocs/op\n", i, 1000+rng.IntN(1000), base*slow, allocs*48+rng.IntN(3), allocs)
		}
	}
	require.NoError(tb, w.Flush())
	require.NoError(tb, f.Close())
	info, err := os.Stat(path)
	require.NoError(tb, err)
	return info.Size()
}

// BenchmarkCompare is the whole way from two files to a report: 1,000 benchmarks
// × 20 samples × 3 units a side. MB/s counts the bytes of both files.
func BenchmarkCompare(b *testing.B) {
	folder := b.TempDir()
	base, head := filepath.Join(folder, "base.txt"), filepath.Join(folder, "head.txt")
	b.SetBytes(writeRun(b, base, 1000, 20, false) + writeRun(b, head, 1000, 20, true))
	b.ReportAllocs()
	for b.Loop() {
		r, err := Compare(Judgement{Now: time.Now}, Input{Paths: []string{base}}, Input{Paths: []string{head}})
		require.NoError(b, err)
		require.Equal(b, regress.Shut, r.Gate())
	}
}

// BenchmarkReadRun is the part of it that reads one file.
func BenchmarkReadRun(b *testing.B) {
	path := filepath.Join(b.TempDir(), "run.txt")
	b.SetBytes(writeRun(b, path, 1000, 20, false))
	b.ReportAllocs()
	for b.Loop() {
		_, err := ReadRun(Input{Paths: []string{path}})
		require.NoError(b, err)
	}
}
