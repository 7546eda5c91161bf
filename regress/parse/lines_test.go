package parse

import (
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
)

func TestLines(t *testing.T) {
	long := strings.Repeat("x", maxLine)
	for _, c := range []struct{ name, why, in, want string }{
		{"empty", "no line at all", "", ""},
		{"line ends", "both kinds, and an empty line", "a\r\n\nb\n", "1 a|2 |3 b|"},
		{"cut", "the last line has no end, and says so", "a\nb", "1 a|2 b cut|"},
		{"carriage return alone", "only the end of the line is taken off", "a\rb\r\n", "1 a\rb|"},
		{"longest", "exactly what the buffer can grow to", long[1:] + "\na\n", "1 1048575|2 a|"},
		{"too long", "its beginning is kept, and the next line is whole", long + long + "y\na\n", "1 256 long|2 a|"},
		{"too long and cut", "both is said", long + long, "1 256 long cut|"},
	} {
		for _, reader := range []struct {
			name string
			of   func(io.Reader) io.Reader
		}{
			{"whole", func(r io.Reader) io.Reader { return r }},
			{"half", iotest.HalfReader},
			{"with the error", iotest.DataErrReader},
		} {
			t.Run(c.name+"/"+reader.name, func(t *testing.T) {
				var got strings.Builder
				l := newLines(reader.of(strings.NewReader(c.in)))
				for l.next() {
					text := string(l.text)
					if len(text) > 100 {
						text = fmt.Sprint(len(text))
					}
					fmt.Fprint(&got, l.number, " ", text, map[bool]string{true: " long"}[l.long], map[bool]string{true: " cut"}[l.cut], "|")
				}
				require.NoError(t, l.failed())
				require.Equal(t, c.want, got.String(), c.why)
			})
		}
	}
}

func TestLinesPassErrorsOn(t *testing.T) {
	l := newLines(io.MultiReader(strings.NewReader("a\nb"), iotest.ErrReader(io.ErrClosedPipe)))
	for l.next() {
	}
	require.ErrorIs(t, l.failed(), io.ErrClosedPipe)
}

// TestLongLine holds that a line of 100 MB costs no memory.
func TestLongLine(t *testing.T) {
	const size = 100 << 20
	for _, c := range []struct{ why, before, err, warning string }{
		{why: "noise is left out, and said", before: "noise", warning: "log:2: a line of more than 1048576 bytes is left out"},
		{why: "a result is an error", before: "BenchmarkA-2 10 ", err: "log:2: a result line of more than 1048576 bytes: the file is damaged"},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		run, err := Read(io.MultiReader(strings.NewReader("BenchmarkB 10 5 ns/op\n"+c.before),
			io.LimitReader(endless{}, size), strings.NewReader("\n")), "log", "")
		runtime.ReadMemStats(&after)
		require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(8<<20), c.why)
		if c.err != "" {
			require.EqualError(t, err, c.err, c.why)
			continue
		}
		require.NoError(t, err, c.why)
		require.Equal(t, c.warning, run.Warnings[0].String(), c.why)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}
