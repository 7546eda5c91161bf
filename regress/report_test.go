package regress

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"
)

func TestReportRoundTrip(t *testing.T) {
	p, err := ReadPolicy(strings.NewReader(fullPolicy), "p.yaml")
	require.NoError(t, err)
	p.Now = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	suites(t, func(t *testing.T, base, head *Run, _ *rand.Rand) {
		head.Warnings = []Warning{{File: "a.txt", Line: 3, Message: "package failed"}}
		r := vouched(t, base, head, p)
		var text bytes.Buffer
		_, err := r.WriteTo(&text)
		require.NoError(t, err)
		again, err := ReadReport(bytes.NewReader(text.Bytes()), "r.json")
		require.NoError(t, err)
		require.Empty(t, cmp.Diff(r, again, transparent, cmpopts.EquateEmpty()), "the hinge loses nothing")
		var twice bytes.Buffer
		_, err = again.WriteTo(&twice)
		require.NoError(t, err)
		require.Equal(t, text.String(), twice.String())
	})
}

// The field names of the JSON are a contract: users script against them.
func TestReportJSONContract(t *testing.T) {
	r := vouched(t, run(series("A", "sec/op", "sec/op", refBase...), series("B", "sec/op", "sec/op", 1)),
		run(series("A", "sec/op", "sec/op", refHead...)), Policy{})
	var b bytes.Buffer
	_, err := r.WriteTo(&b)
	require.NoError(t, err)
	text := b.String()
	for _, want := range []string{
		`"schema": 1`, `"gate": "shut"`, `"summary": {`, `"regression": 1`, `"missing": 1`, `"compared": 1`,
		`"benchmark": "A"`, `"metric": "sec/op"`, `"direction": "lower"`, `"exact": false`, `"center": 100`, `"n": 5`,
		`"relative": 0.1225937`, `"confidence": 0.95`, `"p": 0.0079`, `"p_gate": 1.3299`, `"p_adjusted": 1.3299`, `"mde": 0.`,
		`"method": "rank-log"`, `"evidence": "vouched"`, `"verdict": "regression"`, `"severity": "error"`, `"waiver": null`,
	} {
		require.Contains(t, text, want)
	}
	require.Contains(t, text, "\"center\": 100,\n        \"n\": 5", "a side of five samples has no interval, and no zero for it")
}

func TestReadHostileReports(t *testing.T) {
	r := vouched(t, run(series("A", "sec/op", "sec/op", refBase...)), run(series("A", "sec/op", "sec/op", refHead...)), Policy{})
	var b bytes.Buffer
	_, err := r.WriteTo(&b)
	require.NoError(t, err)
	good := b.String()
	edit := func(from, to string) string {
		require.Contains(t, good, from)
		return strings.Replace(good, from, to, 1)
	}
	for _, c := range []struct{ why, text, want string }{
		{"a gate that its findings contradict", edit(`"gate": "shut"`, `"gate": "open"`), "it says the gate is open, and its findings make it shut"},
		{"a summary that counts wrong", edit(`"regression": 1`, `"regression": 0`), "its summary does not count"},
		{"a verdict that does not exist", edit(`"verdict": "regression"`, `"verdict": "fine"`), `unknown verdict "fine"`},
		{"no verdict", edit(`"verdict": "regression"`, `"verdict": ""`), "unknown verdict"},
		{"a newer schema", edit(`"schema": 1`, `"schema": 2`), "schema 2 is newer"},
		{"no schema", edit(`"schema": 1,`, ``), "schema 0 is not that of a report"},
		{"a control character", edit(`"benchmark": "A"`, `"benchmark": "A\u001b[31m"`), "control character"},
		{"a metric twice", edit(`"comparisons": [`, `"comparisons": [{"benchmark": "A", "metric": "sec/op", "direction": "lower", "verdict": "new", "method": "none", "evidence": "unverified", "severity": "error"},`), "out of order or twice"},
		{"text for a number", edit(`"n": 5`, `"n": "5"`), "r.json:"},
		{"null for a number", edit(`"mde": `, `"mde": null, "x": `), "is not a number"},
		{"samples that do not match their number", edit(`"n": 5`, `"n": 6`), "samples and their number disagree"},
		{"truncated", good[:len(good)/2], "not valid JSON: the file ends in the middle"},
		{"empty", "", "the file is empty"},
		{"a baseline", fullBaseline, "reading report"},
	} {
		_, err := ReadReport(strings.NewReader(c.text), "r.json")
		require.ErrorContains(t, err, c.want, c.why)
	}
	_, err = ReadReport(strings.NewReader(edit(`"exact": false`, `"exact": false, "later": {"a": [1]}`)), "r.json")
	require.NoError(t, err, "fields may be added without a new schema")
}

func FuzzReadReport(f *testing.F) {
	b := NewBaseline(run(series("A", "sec/op", "sec/op", refBase...)))
	r, err := Compare(b, run(series("A", "sec/op", "sec/op", refHead...)), Policy{})
	require.NoError(f, err)
	var text bytes.Buffer
	_, err = r.WriteTo(&text)
	require.NoError(f, err)
	f.Add(text.Bytes())
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := ReadReport(bytes.NewReader(text), "f")
		if err != nil {
			require.Nil(t, r)
			return
		}
		var once bytes.Buffer
		_, err = r.WriteTo(&once)
		require.NoError(t, err)
		again, err := ReadReport(bytes.NewReader(once.Bytes()), "f")
		require.NoError(t, err)
		require.Empty(t, cmp.Diff(r, again, transparent, cmpopts.EquateEmpty()))
	})
}
