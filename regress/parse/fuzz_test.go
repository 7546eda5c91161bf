package parse

import (
	"bytes"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzRead holds for every format and any bytes: no panic, no run beside an
// error, and a run that is valid and holds something.
func FuzzRead(f *testing.F) {
	folders := []string{"refused"}
	for _, format := range List() {
		if !format.Raw {
			folders = append(folders, format.Name)
		}
	}
	for _, folder := range folders {
		for _, path := range fixtures(f, folder) {
			if data, err := os.ReadFile(path); err == nil && len(data) < 4<<10 {
				f.Add(data)
			}
		}
	}
	for _, c := range goBenchCases {
		if len(c.log) < 1<<10 {
			f.Add([]byte(c.log))
			f.Add(goTestEvents([]byte(c.log)))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, format := range append([]string{"auto"}, names(formats[:])...) {
			run, err := Read(bytes.NewReader(data), "fuzz", format)
			if err != nil {
				require.Nil(t, run, format)
				require.NotEmpty(t, err.Error())
				continue
			}
			require.NoError(t, run.Validate(), format)
			require.NotEmpty(t, run.Series, format)
		}
	})
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
