package gate

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/render"
)

func TestLocate(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	at := locate(fstest.MapFS{
		"codec/codec_test.go":        file("package codec\n\nfunc BenchmarkEncode(b *testing.B) {\n}\nfunc BenchmarkBoth(b *testing.B) {}\n"),
		"other/other_test.go":        file("package other\nfunc BenchmarkBoth(b *testing.B) {}\n"),
		"testdata/x/x_test.go":       file("package x\nfunc BenchmarkEncode(b *testing.B) {}\n"),
		"vendor/v/v_test.go":         file("package v\nfunc BenchmarkEncode(b *testing.B) {}\n"),
		"codec/codec.go":             file("package codec\nfunc BenchmarkNot(b *testing.B) {}\n"),
		".cache/codec/codec_test.go": file("package codec\nfunc BenchmarkEncode(b *testing.B) {}\n"),
	})
	encode := render.Place{File: "codec/codec_test.go", Line: 3}
	for benchmark, want := range map[string]render.Place{
		"Encode": encode, "Encode-8": encode, "Encode/large-8": encode, "codec.Encode/a.b/c": encode, "example.com/codec.Encode-16": encode,
		"codec.Both": {File: "codec/codec_test.go", Line: 5}, "example.com/other.Both/x": {File: "other/other_test.go", Line: 2},
		"Both": {}, "Not": {}, "": {}, "GET /users": {},
	} {
		place, ok := at(regress.Key{Benchmark: benchmark, Metric: "sec/op"})
		require.Equal(t, want, place, benchmark)
		require.Equal(t, want != render.Place{}, ok, benchmark)
	}
}
