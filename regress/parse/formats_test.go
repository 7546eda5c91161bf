package parse

import (
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/org/regress-gate/regress"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestFormats is the contract of the table: every format is described, has
// fixtures, and each fixture is accepted by this format alone and read as its
// golden file says, error or run.
func TestFormats(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range List() {
		t.Run(f.Name, func(t *testing.T) {
			require.NotContains(t, []string{"", "auto"}, f.Name)
			require.False(t, seen[f.Name], "two formats of this name")
			seen[f.Name] = true
			for _, text := range []string{f.Doc, f.Example, f.Metrics} {
				require.NotEmpty(t, text)
				require.NotContains(t, text, "\n", "one line each")
			}
			found, err := Lookup(f.Name)
			require.NoError(t, err)
			require.Equal(t, f.Name, found.Name)

			if f.Raw {
				return // any file is one: TestSize
			}
			for _, path := range fixtures(t, f.Name) {
				t.Run(filepath.Base(path), func(t *testing.T) {
					require.Equal(t, []string{cmp.Or(f.Twin, f.Name)}, sniffers(t, path))
					checkGolden(t, path)
				})
			}
		})
	}
}

// TestRefused holds files that are in no format.
func TestRefused(t *testing.T) {
	for _, path := range fixtures(t, "refused") {
		t.Run(filepath.Base(path), func(t *testing.T) {
			_, err := readFile(t, path)
			require.Error(t, err)
			checkGolden(t, path)
		})
	}
}

func TestLookupListsTheNames(t *testing.T) {
	_, err := Lookup("gobnech")
	require.ErrorContains(t, err, `unknown input format "gobnech" (one of auto, gobench, `)
}

func TestListIsACopy(t *testing.T) {
	List()[0].Name = "changed"
	require.NotEqual(t, "changed", List()[0].Name)
}

// fixtures returns the inputs of a folder of testdata.
func fixtures(t testing.TB, folder string) (inputs []string) {
	all, err := filepath.Glob(filepath.Join("testdata", folder, "*"))
	require.NoError(t, err)
	for _, path := range all {
		if !strings.HasSuffix(path, ".golden.json") && !strings.HasSuffix(path, truthSuffix) {
			inputs = append(inputs, path)
		}
	}
	require.NotEmpty(t, inputs, "no fixture in testdata/%s", folder)
	return inputs
}

// sniffers returns the formats that accept the file.
func sniffers(t *testing.T, path string) (names []string) {
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	text, err := decode(bytes.NewReader(data))
	require.NoError(t, err)
	head, _ := text.Peek(sniffLen)
	for _, f := range List() {
		before := bytes.Clone(head)
		if f.Sniff(head) {
			names = append(names, f.Name)
		}
		require.Equal(t, before, head, "%s changed what it looked at", f.Name)
	}
	return names
}

func readFile(t testing.TB, path string) (*regress.Run, error) { return readAs(t, path, "") }

func readAs(t testing.TB, path, format string) (*regress.Run, error) {
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	return Read(f, filepath.Base(path), format)
}

func checkGolden(t *testing.T, path string) {
	t.Helper()
	run, err := readFile(t, path)
	if format, _ := Lookup(filepath.Base(filepath.Dir(path))); format.Twin != "" {
		run, err = readAs(t, path, format.Name)
	}
	got := describe(run, err)
	golden := path + ".golden.json"
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(got), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err, "write it with -update, and check it")
	if diff := gocmp.Diff(string(want), got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// describe writes all that Read returned as JSON, one series a line.
func describe(run *regress.Run, err error) string {
	encode := func(v any) string {
		var b strings.Builder
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		if err := e.Encode(v); err != nil {
			panic(err)
		}
		return strings.TrimSuffix(b.String(), "\n")
	}
	if err != nil {
		return encode(map[string]string{"error": err.Error()}) + "\n"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "{\n \"commit\": %s,\n \"time\": %s,\n \"environment\": %s,\n \"warnings\": [", encode(run.Commit), encode(run.Time), encode(run.Env))
	comma := ""
	for _, w := range run.Warnings {
		fmt.Fprintf(&b, "%s\n  %s", comma, encode(w.String()))
		comma = ","
	}
	b.WriteString("\n ],\n \"series\": [")
	comma = ""
	for _, s := range run.Series {
		fmt.Fprintf(&b, "%s\n  {\"benchmark\": %s, \"metric\": %s, \"unit\": %s, \"direction\": %s, \"exact\": %v, \"broken\": %s, \"samples\": %s}",
			comma, encode(s.Benchmark), encode(s.Metric), encode(s.Unit), encode(s.Direction.String()), s.Exact, encode(s.Broken), encode(s.Samples))
		comma = ","
	}
	b.WriteString("\n ]\n}\n")
	return b.String()
}
