package parse

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/org/regress-gate/regress"
)

const shortLog = "BenchmarkA-2 10 5 ns/op\n"

func TestRead(t *testing.T) {
	for _, c := range []struct{ name, why, in, format, err string }{
		{"auto", "the default", shortLog, "", ""},
		{"auto by name", "the word of --from", shortLog, "auto", ""},
		{"by name", "no sniffer is asked", strings.Repeat("noise\n", 20_000) + shortLog, "gobench", ""},
		{"late", "the sniffers see 64 KiB only, and the message says what to do", strings.Repeat("noise\n", 20_000) + shortLog, "",
			`log: unknown format, the file begins with "noise\n`},
		{"no such format", "a typing error in --from", shortLog, "gobnech", `log: unknown input format "gobnech"`},
		{"no format", "where to look", "x", "",
			"log: unknown format, the file begins with \"x\" (name the format with --from, `regress-gate formats` lists them)"},
		{"another format", "the file is not what --from says", `{"p95": 1}`, "gobench", "log: no benchmark result"},
		{"only white space", "the step before failed", "\ufeff \r\n", "", "log: the file is empty"},
		{"compressed", "gzip and UTF-16 together", zip(t, encodeUTF16(shortLog, false)), "", ""},
		{"compressed and cut", "the error has the line", zip(t, strings.Repeat(shortLog, 10_000))[:600], "", "log:"},
	} {
		t.Run(c.name, func(t *testing.T) {
			run, err := Read(strings.NewReader(c.in), "log", c.format)
			if c.err != "" {
				require.ErrorContains(t, err, c.err, c.why)
				require.Nil(t, run)
				return
			}
			require.NoError(t, err, c.why)
			require.Equal(t, map[string]string{"A-2 sec/op": "5e-09"}, summary(run))
		})
	}
}

// TestReadErrors breaks the reader after each byte: no run comes of it.
func TestReadErrors(t *testing.T) {
	for _, input := range []string{shortLog + "PASS\n", zip(t, shortLog), encodeUTF16(shortLog, true), string(goTestEvents([]byte(shortLog))), `{"p95": 1}`} {
		for n := range len(input) {
			run, err := Read(io.MultiReader(strings.NewReader(input[:n]), iotest.ErrReader(io.ErrClosedPipe)), "log", "")
			require.ErrorIs(t, err, io.ErrClosedPipe, "%q", input[:n])
			require.Nil(t, run)
		}
	}
}

func TestTwoFormatsMatch(t *testing.T) {
	yes := func([]byte) bool { return true }
	_, err := detect(nil, []Format{{Name: "a", Sniff: yes}, {Name: "b", Sniff: func([]byte) bool { return false }}, {Name: "c", Sniff: yes}})
	require.EqualError(t, err, "the file looks like a and like c (name the format with --from)")
}

// TestReadChecksWhatParsersReturn holds for every format to come.
func TestReadChecksWhatParsersReturn(t *testing.T) {
	series := regress.Series{Key: regress.Key{Metric: "m"}, Samples: []float64{1}}
	for _, c := range []struct {
		why, err string
		series   []regress.Series
	}{
		{"nothing measured is no run", "log: the file holds no measurement", nil},
		{"invariants of a series", "log: m: no samples", []regress.Series{{Key: series.Key}}},
		{"invariants of a run", "log: m: two series with this name", []regress.Series{series, series}},
	} {
		format := Format{Parse: func(io.Reader, Options) (*regress.Run, error) { return &regress.Run{Series: c.series}, nil }}
		run, err := format.read(nil, "log")
		require.EqualError(t, err, c.err, c.why)
		require.Nil(t, run)
	}
}
