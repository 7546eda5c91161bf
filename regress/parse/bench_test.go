package parse

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"

	"golang.org/x/perf/benchfmt"
)

// goBenchLog makes what go test -bench -benchmem -count prints.
func goBenchLog(benchmarks, count int) []byte {
	random := rand.New(rand.NewPCG(1, 2))
	var b bytes.Buffer
	b.WriteString("goos: linux\ngoarch: amd64\npkg: example.com/service\ncpu: AMD EPYC\n")
	for i := range benchmarks {
		name := fmt.Sprintf("BenchmarkEncode/format=%d/size=%d-8", i%7, i)
		time := 20 * (1 + random.ExpFloat64()*1000)
		for range count {
			noisy := time * (1 + random.Float64()/10)
			precision := 0
			switch {
			case noisy < 100:
				precision = 2
			case noisy < 1000:
				precision = 1
			}
			fmt.Fprintf(&b, "%-44s\t%8d\t%10.*f ns/op\t%8d B/op\t%8d allocs/op\n", name, int(1e9/noisy), precision, noisy, i*16, i%13)
		}
	}
	b.WriteString("PASS\nok  \texample.com/service\t812.345s\n")
	return b.Bytes()
}

// goTestEvents makes of a log what go test -json prints.
func goTestEvents(log []byte) []byte {
	var b bytes.Buffer
	event := func(output []byte) {
		text, err := json.Marshal(string(output))
		if err != nil {
			panic(err)
		}
		fmt.Fprintf(&b, `{"Time":"2026-11-23T14:39:18.551846589Z","Action":"output","Package":"example.com/service","Output":%s}`+"\n", text)
	}
	for line := range bytes.Lines(log) {
		if i := bytes.IndexByte(line, '\t'); i > 0 && isBenchmark(line) {
			event(line[:i+1])
			line = line[i+1:]
		}
		event(line)
	}
	return b.Bytes()
}

func BenchmarkGoBench(b *testing.B) {
	log := goBenchLog(1000, 20)
	b.Run("parse", func(b *testing.B) { benchmarkFormat(b, log, "gobench") })
	b.Run("benchfmt", func(b *testing.B) { // what it is measured against
		b.SetBytes(int64(len(log)))
		b.ReportAllocs()
		for b.Loop() {
			r := benchfmt.NewReader(bytes.NewReader(log), "log")
			n := 0
			for r.Scan() {
				if _, ok := r.Result().(*benchfmt.Result); ok {
					n++
				}
			}
			if n != 20000 {
				b.Fatal(n)
			}
		}
	})
}

func BenchmarkGoTestJSON(b *testing.B) {
	benchmarkFormat(b, goTestEvents(goBenchLog(1000, 20)), "gotestjson")
}

func benchmarkFormat(b *testing.B, input []byte, format string) {
	f, err := Lookup(format)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(input)))
	b.ReportAllocs()
	for b.Loop() {
		run, err := f.Parse(io.Reader(bytes.NewReader(input)), Options{File: "log"})
		if err != nil || len(run.Series) != 3000 {
			b.Fatal(err, len(run.Series))
		}
	}
}
