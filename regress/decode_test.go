package regress

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/org/regress-gate/regress/unit"
	"github.com/stretchr/testify/require"
)

// comparable lets cmp see into the types that keep their numbers to themselves.
var transparent = cmp.AllowUnexported(Figure{}, Percent{}, Pattern{})

// The baseline of the specification, as it stands there.
const specification = `{"metrics":{"p95_latency":{"value":100,"threshold":10,"unit":"ms"}},"timestamp":"2026-11-23T10:00:00Z"}`

func TestReadSpecificationBaseline(t *testing.T) {
	b, err := ReadBaseline(strings.NewReader(specification), "b.json")
	require.NoError(t, err)
	want := &Baseline{
		Time:    time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC),
		Entries: []Entry{{Series: Series{Key: Key{"", "p95_latency"}, Unit: "ms", Samples: []float64{100}, Threshold: PercentOf(0.1)}}},
	}
	require.Empty(t, cmp.Diff(want, b, transparent))

	head, err := ReadRun(strings.NewReader(`{"p95_latency": 111}`), "r.json")
	require.NoError(t, err)
	r, err := Compare(b, head, Policy{})
	require.NoError(t, err)
	c := only(t, r)
	require.Equal(t, Regressed, c.Verdict, "the value's own threshold asks for the plain comparison")
	require.Equal(t, Unverified, c.Evidence)
	require.Contains(t, c.Reason, "+11.0 %")
}

const fullBaseline = `{
  "schema": 1,
  "commit": "abc",
  "timestamp": "2026-11-23T10:00:00Z",
  "environment": {"goos": "linux", "cpu": "AMD EPYC", "cores": 2},
  "metrics": {
    "p95_latency": {"value": 100, "unit": "ms", "threshold": 10, "threshold_abs": 2, "direction": "lower"}
  },
  "benchmarks": {
    "Encode/small-8": {
      "allocs/op": {"value": 2, "unit": "allocs/op", "exact": true},
      "sec/op": {"value": 2.5e-06, "unit": "sec/op", "samples": [2e-06, 3e-06], "anchor": {"value": 2e-06}, "history": [
        {"commit": "def", "timestamp": "2026-11-22T10:00:00Z", "value": 2e-06, "spread": 1e-07, "n": 10}]}
    }
  }
}
`

func TestBaselineRoundTrip(t *testing.T) {
	b, err := ReadBaseline(strings.NewReader(fullBaseline), "b.json")
	require.NoError(t, err)
	require.Len(t, b.Entries, 3)
	require.Equal(t, unit.Lower, b.Entries[0].Direction)
	require.Equal(t, []float64{2e-6, 3e-6}, b.Entries[2].Samples)
	require.Len(t, b.Entries[2].History, 1)

	var text bytes.Buffer
	_, err = b.WriteTo(&text)
	require.NoError(t, err)
	again, err := ReadBaseline(bytes.NewReader(text.Bytes()), "b.json")
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(b, again, transparent))
	var twice bytes.Buffer
	_, err = again.WriteTo(&twice)
	require.NoError(t, err)
	require.Equal(t, text.String(), twice.String(), "the same baseline is the same bytes")
}

func TestRunForms(t *testing.T) {
	for _, c := range []struct {
		why, text string
		want      []Series
	}{
		{"flat map", `{"p95_latency": 95.2, "rps": 1000}`, []Series{series("", "p95_latency", "", 95.2), series("", "rps", "", 1000)}},
		{"a number for a metric", `{"metrics": {"a": 1}}`, []Series{series("", "a", "", 1)}},
		{"samples alone", `{"metrics": {"a": {"samples": [3, 1, 2]}}}`, []Series{series("", "a", "", 3, 1, 2)}},
		{"samples with their median", `{"metrics": {"a": {"samples": [3, 1, 2], "value": 2}}}`, []Series{series("", "a", "", 3, 1, 2)}},
		{"processes of iterations are one median each", `{"metrics": {"a": {"samples": [[1, 2, 9], [4, 6]]}}}`, []Series{series("", "a", "", 2, 5)}},
		{"a metric named like a field is a metric under metrics", `{"metrics": {"schema": 7}}`, []Series{series("", "schema", "", 7)}},
		{"null is no number: the metric is broken, and stays",
			`{"metrics": {"a": {"samples": [1, null, 2]}}}`, []Series{{Key: Key{"", "a"}, Samples: []float64{1, 2}, Broken: "sample 2 is null"}}},
		{"NaN as other tools spell it", `{"metrics": {"a": "NaN"}}`, []Series{{Key: Key{"", "a"}, Broken: "sample 1 is NaN"}}},
		{"a number that no float64 holds", `{"metrics": {"a": 1e999}}`, []Series{{Key: Key{"", "a"}, Broken: "sample 1 is out of range"}}},
	} {
		r, err := ReadRun(strings.NewReader(c.text), "r.json")
		require.NoError(t, err, c.why)
		require.Empty(t, cmp.Diff(c.want, r.Series, transparent, cmpopts.EquateEmpty()), c.why)

		var text bytes.Buffer
		_, err = r.WriteTo(&text)
		require.NoError(t, err, c.why)
		again, err := ReadRun(&text, "r.json")
		require.NoError(t, err, c.why)
		require.Empty(t, cmp.Diff(r, again, transparent, cmpopts.EquateEmpty()), "%s: what convert writes reads back", c.why)
	}
}

func TestBrokenDocuments(t *testing.T) {
	for _, c := range []struct{ why, text, want string }{
		{"empty", "", "f.json: the file is empty"},
		{"white space", "\n\n", "f.json: the file is empty"},
		{"no JSON at all", "<html>", `f.json:1: not valid JSON`},
		{"truncated", "{\n\"metrics\": {\n\"a\": {\"value\": 1", "f.json:3: not valid JSON: the file ends in the middle of the document (truncated?)"},
		{"an unknown field, which may be a misspelt one", "{\"metrics\": {\n \"a\": {\"value\": 1, \"treshold\": 5}}}", `f.json:2: a: unknown field "treshold"`},
		{"an unknown field at the top", "{\"metrics\": {},\n\"commmit\": \"x\"}", `f.json:2: unknown field "commmit"`},
		{"a key twice, as a bad merge leaves it", "{\"metrics\": {\n\"a\": {\"value\": 1},\n\"a\": {\"value\": 2}}}", `f.json:3: not valid JSON: the key "a" occurs twice`},
		{"NaN, which JSON does not have", "{\"metrics\": {\n\"a\": {\"value\": NaN}}}", "f.json:2: not valid JSON"},
		{"NaN as a string", `{"metrics": {"a": {"value": "NaN"}}}`, "f.json:1: a: sample 1 is NaN: a baseline holds finite numbers only"},
		{"an infinite number", `{"metrics": {"a": {"value": 1e999}}}`, "out of range"},
		{"null", `{"metrics": {"a": {"value": null}}}`, "sample 1 is null"},
		{"a number as text", `{"metrics": {"a": {"value": "12"}}}`, `f.json:1: a: "12" is not a number`},
		{"a newer schema", `{"schema": 2, "metrics": {}}`, "f.json:1: schema 2 is newer than this program reads (1): upgrade regress-gate"},
		{"schema 0", `{"schema": 0, "metrics": {}}`, "schema must be 1"},
		{"a value that is not the median", `{"metrics": {"a": {"value": 5, "samples": [1, 2, 3]}}}`, "f.json:1: a: value 5 is not the median of its samples, 2"},
		{"nothing measured", `{"metrics": {"a": {"unit": "ms"}}}`, "f.json:1: a: neither value nor samples"},
		{"a negative threshold", `{"metrics": {"a": {"value": 1, "threshold": -5}}}`, "threshold -5 must be a percentage ≥ 0"},
		{"a direction that does not exist", `{"metrics": {"a": {"value": 1, "direction": "down"}}}`, `"down"`},
		{"neither metrics nor benchmarks", `{"commit": "x"}`, `neither "metrics" nor "benchmarks"`},
		{"a list", `[1]`, "f.json:1: the document must be an object"},
		{"a time of another form", `{"timestamp": "yesterday", "metrics": {}}`, `f.json:1: timestamp "yesterday" is not a time like 2026-11-23T10:00:00Z`},
		{"a second document", `{"metrics": {}} {}`, "text follows the end"},
		{"a broken character", "{\"metrics\": {\"a\xff\": 1}}", "f.json:1: not valid JSON"},
		{"a control character in a name", `{"metrics": {"a\u0000b": 1}}`, "control character U+0000"},
		{"no name", `{"metrics": {"": 1}}`, "a metric without a name"},
		{"an unknown environment", `{"environment": {"os": "linux"}, "metrics": {}}`, `unknown environment field "os" (one of goos, goarch, cpu, cores, go, runner)`},
		{"a design that a file cannot claim", `{"design": "vouched", "metrics": {}}`, `unknown design "vouched"`},
		{"a process without samples", `{"metrics": {"a": {"samples": [[]]}}}`, "a process without samples"},
	} {
		_, err := ReadBaseline(strings.NewReader(c.text), "f.json")
		require.ErrorContains(t, err, c.want, c.why)
	}
	_, err := ReadBaseline(strings.NewReader("{\"x\": 1,\n\"metrics\": {\"a\": {}}}"), "f.json")
	require.ErrorContains(t, err, "f.json:1: unknown field \"x\"")
	require.ErrorContains(t, err, "f.json:2: a: neither value nor samples", "all problems of a file are reported together")
}

func FuzzReadBaseline(f *testing.F) {
	f.Add([]byte(specification))
	f.Add([]byte(fullBaseline))
	f.Add([]byte(`{"metrics": {"a": {"samples": [[1, 2], [3]]}}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		b, err := ReadBaseline(bytes.NewReader(text), "f")
		if err != nil {
			require.Nil(t, b)
			return
		}
		require.NoError(t, b.Validate())
		var out bytes.Buffer
		_, err = b.WriteTo(&out)
		require.NoError(t, err)
		again, err := ReadBaseline(&out, "f")
		require.NoError(t, err)
		require.Empty(t, cmp.Diff(b, again, transparent, cmpopts.EquateEmpty()))
	})
}
