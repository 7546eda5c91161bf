package parse_test

import (
	"fmt"
	"log"
	"strings"

	"github.com/org/regress-gate/regress/parse"
)

func ExampleRead() {
	const output = `goos: linux
goarch: amd64
pkg: example.com/codec
BenchmarkEncode/small-8   	 2500000	       478.4 ns/op	     64 B/op
BenchmarkEncode/small-8   	 2500000	       481.0 ns/op	     64 B/op
--- SKIP: BenchmarkDecode
PASS
`
	run, err := parse.Read(strings.NewReader(output), "bench.txt", "auto")
	if err != nil {
		log.Fatal(err)
	}
	for _, s := range run.Series {
		fmt.Println(s.Benchmark, s.Metric, s.Samples)
	}
	for _, w := range run.Warnings {
		fmt.Println(w)
	}
	// Output:
	// Encode/small-8 sec/op [4.784e-07 4.81e-07]
	// Encode/small-8 B/op [64 64]
	// bench.txt:6: "BenchmarkDecode" was skipped
}

func ExampleLookup() {
	f, err := parse.Lookup("gobench")
	fmt.Println(f.Doc, err)
	_, err = parse.Lookup("xml")
	problem, _, _ := strings.Cut(err.Error(), " (one of ")
	fmt.Println(problem)
	// Output:
	// text of go test -bench <nil>
	// unknown input format "xml"
}
