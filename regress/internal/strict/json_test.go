package strict

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
)

// The reader forgets line ends while it reads; a problem far behind the start of
// a large file must have its right line all the same, at every size of read.
func TestLinesOfLargeFiles(t *testing.T) {
	for _, size := range []int{10, 5000, 200_000} {
		var b strings.Builder
		b.WriteString("{\n")
		for i := range size {
			fmt.Fprintf(&b, "\"k%d\": %d,\n", i, i)
		}
		b.WriteString("\"bad\": \"x\"\n}")
		j := NewJSON(strings.NewReader(b.String()), "f")
		j.Object("document", func(key string) { j.Number(key) })
		require.EqualError(t, j.Done(), fmt.Sprintf("f:%d: bad must be a number", size+2))
	}
}

func TestJSONReadsFromSlowReaders(t *testing.T) {
	j := NewJSON(iotest.OneByteReader(strings.NewReader("{\"a\":\n1,\n\"b\": x}")), "f")
	j.Object("document", func(key string) { j.Number(key) })
	require.ErrorContains(t, j.Done(), "f:3: not valid JSON")
}

func TestJSONReportsReadErrors(t *testing.T) {
	broken := errors.New("disk on fire")
	j := NewJSON(iotest.ErrReader(broken), "f")
	j.Object("document", func(string) {})
	require.ErrorIs(t, j.Done(), broken)
}

func TestJSONBoundsItsProblems(t *testing.T) {
	j := NewJSON(strings.NewReader("["+strings.Repeat("true,", 1000)+"1]"), "f")
	j.Array("document", func() { j.Number("element") })
	require.Len(t, strings.Split(j.Done().Error(), "\n"), MaxProblems)
}

// A token that begins like a number or like true, and is none, is a syntax error
// and not a value.
func TestJSONBrokenTokens(t *testing.T) {
	for _, text := range []string{`{"a": -}`, `{"a": 1.x}`, `{"a": trux}`, `{"a": fals}`, `{"a": nul}`, `{"a": "\x"}`, `{"a": 1e}`, `{a: 1}`} {
		j := NewJSON(strings.NewReader(text), "f")
		j.Object("document", func(key string) {
			switch j.Kind() {
			case '0':
				j.Number(key)
			case 't', 'f':
				j.Bool(key)
			default:
				j.Text(key)
			}
		})
		require.ErrorContains(t, j.Done(), "f:1: not valid JSON", text)
	}
}
