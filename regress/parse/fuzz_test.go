package parse

import (
	"bytes"
	"os"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzParse holds for every format, auto among them, and any bytes: no panic, no
// run beside an error, a run that is valid and holds something, and memory that
// stays within bounds.
func FuzzParse(f *testing.F) {
	formats := append(names(formats[:]), "auto", "auto")
	for i, format := range formats {
		folder := format
		if format == "auto" {
			folder = "refused"
		}
		if one, err := Lookup(format); err == nil && one.Raw {
			continue
		}
		for _, path := range fixtures(f, folder) {
			seed := fuzzSeed(f, path)
			f.Add(uint8(i), seed)
			f.Add(uint8(len(formats)-1), seed)
		}
	}
	for _, c := range goBenchCases {
		if len(c.log) < 1<<10 {
			f.Add(uint8(0), []byte(c.log))
			f.Add(uint8(1), goTestEvents([]byte(c.log)))
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		format := formats[int(which)%len(formats)]
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		run, err := Read(bytes.NewReader(data), "fuzz", format)
		runtime.ReadMemStats(&after)
		require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(1<<30), "%d bytes as %s take memory without a bound", len(data), format)
		if err != nil {
			require.Nil(t, run, format)
			require.NotEmpty(t, err.Error())
			return
		}
		require.NoError(t, run.Validate(), format)
		require.NotEmpty(t, run.Series, format)
	})
}

// fuzzSeed returns a fixture as it is decoded, of a long one its beginning: short
// inputs are what a fuzzer is good at.
func fuzzSeed(f *testing.F, path string) []byte {
	const most = 2 << 10
	file, err := os.Open(path)
	require.NoError(f, err)
	defer file.Close()
	text, err := decode(file)
	if err != nil {
		return nil
	}
	head, _ := text.Peek(sniffLen)
	head = bytes.Clone(head)
	if len(head) > most {
		return head[:most+bytes.IndexByte(append(head[most:], '\n'), '\n')]
	}
	return head
}

// FuzzResultLine holds that the fast path reads what the general one reads: the
// second of two equal lines takes the fast path where it can.
func FuzzResultLine(f *testing.F) {
	f.Add("A-2       \t  1000\t       478.4 ns/op\t      64 B/op\t       2 allocs/op")
	f.Add("A 2 18446744073709551616 x")
	f.Add("\t10 0.00000000000000000001 MB/s 5. B/op .5 x")
	f.Fuzz(func(t *testing.T, rest string) {
		text := newGoText(newGoRun("log"), "")
		line := []byte(benchmarkWord + rest)
		if text.fast(line) {
			t.Fatal("nothing is known yet")
		}
		if fault, err := text.result(line, 1); fault != "" || err != nil {
			return
		}
		if !text.fast(line) {
			return
		}
		require.Equal(t, 2, text.run.results)
		for _, m := range text.last.metrics {
			require.Len(t, m.samples, 2)
			require.Equal(t, m.samples[0], m.samples[1])
		}
	})
}
