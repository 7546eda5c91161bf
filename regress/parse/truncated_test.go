package parse

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/org/regress-gate/regress"
)

// TestTruncated cuts every fixture at several places. A document in JSON or XML
// that is cut is an error. Of lines, a cut within one is an error, is said in a
// warning, or takes nothing away; what is cut between two lines may be a shorter
// file of its own, with no metric that the whole one has not.
func TestTruncated(t *testing.T) {
	for _, f := range List() {
		if f.Raw {
			continue
		}
		for _, path := range fixtures(t, f.Name) {
			data, err := os.ReadFile(path)
			require.NoError(t, err)
			whole, err := Read(bytes.NewReader(data), "whole", f.Name)
			if err != nil {
				continue
			}
			t.Run(f.Name+"/"+filepath.Base(path), func(t *testing.T) {
				if bytes.HasPrefix(data, gzipMagic) {
					for _, n := range cuts(data) {
						_, err := Read(bytes.NewReader(data[:n]), "part", f.Name)
						require.Error(t, err, "compressed, cut at %d", n)
					}
				}
				text, err := decode(bytes.NewReader(data))
				require.NoError(t, err)
				plain, err := io.ReadAll(text)
				require.NoError(t, err)
				for _, n := range cuts(plain) {
					part, err := Read(bytes.NewReader(plain[:n]), "part", f.Name)
					if err == nil {
						checkPart(t, f.Name, whole, part, plain, n)
					}
				}
			})
		}
	}
}

// openEnded are the formats of which a line that is cut may be one that the reader
// has no use for, or whose text has no end that could be missing. What is left is
// a shorter file of its own.
var openEnded = map[string]string{
	"gobench":   "a benchmark prints what it likes between the results",
	"wrk":       "the first line of a further run in the same file",
	"k6":        "the text summary is an outline of any length; its JSON is whole or refused",
	"artillery": "the text report is an outline of any length; its JSON is whole or refused",
	"criterion": "cargo bench prints what it likes between the results",
	"catch2":    "the console report goes on until the tests end",
	"csv":       "the last line of a table that people write may lack its end",
}

// cuts returns places within the text: eighths of it, each moved to the end of the
// line too, and the last bytes.
func cuts(text []byte) (places []int) {
	end := len(bytes.TrimRight(text, "\r\n"))
	for i := 1; i < 8; i++ {
		n := end * i / 8
		places = append(places, n)
		if i := bytes.IndexByte(text[n:], '\n'); i >= 0 {
			places = append(places, n+i, n+i+1)
		}
	}
	return append(places, max(end-40, 0), max(end-7, 0), end-1)
}

func checkPart(t *testing.T, format string, whole, part *regress.Run, text []byte, n int) {
	t.Helper()
	known := map[regress.Key]*regress.Series{}
	for i := range whole.Series {
		s := &whole.Series[i]
		known[s.Key] = s
		// Of a name that two packages have, a part may hold the first one only.
		bare := regress.Key{Benchmark: strings.TrimPrefix(s.Benchmark, s.Package+"."), Metric: s.Metric}
		known[bare] = cmp.Or(known[bare], s)
	}
	same := len(part.Series) == len(whole.Series)
	for _, s := range part.Series {
		w := known[s.Key]
		if w == nil && format == "folded" || format == "pprof" {
			return // of fewer stacks each has a larger share
		}
		if w == nil && format == "catch2" {
			same = false // two names are told apart in the whole only
			continue
		}
		if w == nil {
			t.Errorf("cut at %d of %d, %s: the whole file has no such metric", n, len(text), s.Key)
			return
		}
		same = same && fmt.Sprint(s.Samples, s.Broken) == fmt.Sprint(w.Samples, w.Broken)
	}
	line := text[bytes.LastIndexByte(text[:n], '\n')+1 : n]
	between := len(bytes.TrimSpace(line)) == 0 || n == len(text) || text[n] == '\n' || text[n] == '\r'
	document := isDocument(text)
	switch {
	case same, says(part, whole):
	case document:
		t.Errorf("cut at %d of %d: a part of a document passes for the whole", n, len(text))
	case !between && openEnded[format] == "":
		t.Errorf("cut at %d of %d, behind %.60q: nothing says that the line was cut (refuse it, warn of it, or say in openEnded why not)", n, len(text), text[max(n-50, 0):n])
	}
}

// says tells whether a part has a warning that the whole has not.
func says(part, whole *regress.Run) bool {
	said := map[regress.Warning]bool{}
	for _, w := range whole.Warnings {
		w.File = "part"
		said[w] = true
	}
	return slices.ContainsFunc(part.Warnings, func(w regress.Warning) bool { return !said[w] })
}

// isDocument tells JSON and XML from lines, and from lines of JSON.
func isDocument(text []byte) bool {
	text = bytes.TrimSpace(text)
	first, rest, more := bytes.Cut(text, []byte{'\n'})
	if len(text) == 0 || text[0] != '{' && text[0] != '[' && text[0] != '<' {
		return false
	}
	last := bytes.TrimSpace(first)
	return !more || last[len(last)-1] != '}' || !bytes.HasPrefix(bytes.TrimSpace(rest), []byte{'{'})
}
