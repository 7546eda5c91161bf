package parse

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/org/regress-gate/regress"
)

// benchFormats are the formats of this section of the table.
var benchFormats = []string{
	"hyperfine", "gbench", "criterion", "libtest", "pytest", "jmh", "benchmarkdotnet", "vitest", "benchmarkjs", "catch2",
	"github-action-benchmark", "bmf",
}

// TestBenchForms holds that a file means the same however it went through other
// programs: with a byte order mark, with the line ends of Windows, compressed,
// and, for text, in the log of a CI system, in colour.
func TestBenchForms(t *testing.T) {
	for _, format := range benchFormats {
		for _, path := range fixtures(t, format) {
			data, err := os.ReadFile(path)
			require.NoError(t, err)
			want, err := Read(bytes.NewReader(data), "file", "")
			if err != nil || bytes.IndexByte(data, 0x1b) >= 0 {
				continue
			}
			windows := append([]byte("\ufeff"), bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n"))...)
			requireSame(t, path, want, windows)
			var packed bytes.Buffer
			z := gzip.NewWriter(&packed)
			_, err = z.Write(windows)
			require.NoError(t, err)
			require.NoError(t, z.Close())
			requireSame(t, path, want, packed.Bytes())
			if filepath.Ext(path) == ".txt" {
				log := "2026-01-02T03:04:05.1234567Z \x1b[0m" + strings.ReplaceAll(strings.TrimSuffix(string(data), "\n"), "\n", "\x1b[0m\n2026-01-02T03:04:05.1234567Z \x1b[32m") + "\n"
				requireSame(t, path, want, []byte(log))
			}
			for _, cut := range []int{1, 3} { // not one value more or other than in the whole
				part, err := Read(bytes.NewReader(data[:len(data)*cut/4]), "file", format)
				if err == nil {
					requirePart(t, path, want, part)
				}
			}
		}
	}
}

func requireSame(t *testing.T, path string, want *regress.Run, data []byte) {
	t.Helper()
	got, err := Read(bytes.NewReader(data), "file", "")
	require.NoError(t, err, path)
	require.Equal(t, want, got, path)
}

// requirePart holds that what is left of a cut file has the values of the whole,
// and a warning where it has fewer.
func requirePart(t *testing.T, path string, whole, part *regress.Run) {
	t.Helper()
	values := map[string]bool{}
	n := 0
	for i := range whole.Series {
		for _, v := range whole.Series[i].Samples {
			values[whole.Series[i].Metric+" "+strconv.FormatFloat(v, 'g', -1, 64)] = true
			n++
		}
	}
	for i := range part.Series {
		for _, v := range part.Series[i].Samples {
			require.True(t, values[part.Series[i].Metric+" "+strconv.FormatFloat(v, 'g', -1, 64)], "%s: %s %v", path, part.Series[i].Key, v)
			n--
		}
	}
	if n > 0 {
		require.NotEmpty(t, part.Warnings, "%s: %d values are gone without a word", path, n)
	}
}
