package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/gate"
	"github.com/stretchr/testify/require"
)

// generated are base and head of size M, and how many bytes both have.
func generated(tb testing.TB) (base, head string, bytes int64) {
	folder := tb.TempDir()
	base, head = filepath.Join(folder, "base.txt"), filepath.Join(folder, "head.txt")
	for i, path := range []string{base, head} {
		require.NoError(tb, writeRun(path, sizes["M"].shape, i == 1))
		info, err := os.Stat(path)
		require.NoError(tb, err)
		bytes += info.Size()
	}
	return base, head, bytes
}

// BenchmarkCompare is the whole way from two files to a report, size M.
func BenchmarkCompare(b *testing.B) {
	base, head, bytes := generated(b)
	b.SetBytes(bytes)
	b.ReportAllocs()
	for b.Loop() {
		r, err := gate.Compare(gate.Judgement{Now: time.Now}, gate.Input{Paths: []string{base}}, gate.Input{Paths: []string{head}})
		require.NoError(b, err)
		require.Equal(b, regress.Shut, r.Gate())
	}
}

// BenchmarkReadRun is the part of it that reads the files.
func BenchmarkReadRun(b *testing.B) {
	base, head, bytes := generated(b)
	b.SetBytes(bytes)
	b.ReportAllocs()
	for b.Loop() {
		for _, path := range []string{base, head} {
			_, err := gate.ReadRun(gate.Input{Paths: []string{path}})
			require.NoError(b, err)
		}
	}
}
