package parse

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// TestGoTestJSONEqualsText makes events of each case of the text format: the
// results, the names and the warnings must be the same.
func TestGoTestJSONEqualsText(t *testing.T) {
	for _, c := range goBenchCases {
		if strings.Contains(c.log, "pkg: ") || !utf8.ValidString(c.log) || strings.Contains(c.log, "\a") || !strings.HasSuffix(c.log, "\n") {
			continue // in events the package is a field, JSON is UTF-8, and the end differs
		}
		t.Run(c.name, func(t *testing.T) {
			events := goTestEvents([]byte(c.log))
			run, err := Read(bytes.NewReader(events), "log", "gotestjson")
			if c.err != "" {
				require.Error(t, err, c.why)
				return
			}
			require.NoError(t, err, c.why)
			if diff := cmp.Diff(c.want, summary(run)); diff != "" {
				t.Errorf("%s (-text +json):\n%s", c.why, diff)
			}
			var want, got []string
			for _, w := range c.warnings {
				_, text, _ := strings.Cut(w, ": ")
				want = append(want, text)
			}
			for _, w := range run.Warnings {
				got = append(got, w.Message)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-text +json):\n%s", c.why, diff)
			}
		})
	}
}

func TestGoTestJSON(t *testing.T) {
	const output = `{"Action":"output","Package":"`
	for _, c := range []struct {
		name, why, log string
		want           map[string]string
		warnings       []string
		err            string
	}{
		{
			name: "packages interleaved",
			why:  "go test -p runs several at once; half lines of two packages must not be joined",
			log: output + `a","Test":"BenchmarkA","Output":"BenchmarkA-2 \t"}` + "\n" +
				output + `b","Test":"BenchmarkA","Output":"BenchmarkA-2 \t"}` + "\n" +
				output + `a","Test":"BenchmarkA","Output":"     100\t        10 ns/op\n"}` + "\n" +
				output + `b","Test":"BenchmarkA","Output":"     100\t        20 ns/op\n"}` + "\n",
			want: map[string]string{"a.A-2 sec/op": "1e-08", "b.A-2 sec/op": "2e-08"},
		},
		{
			name: "several lines in one event",
			why:  "a tool may join them, and may escape what need not be",
			log:  output + `a","Output":"BenchmarkA-2\t100\t10 ns\u002fop\r\nBenchmarkB-2\t100\t20 ns/op\n"}` + "\r\n",
			want: map[string]string{"A-2 sec/op": "1e-08", "B-2 sec/op": "2e-08"},
		},
		{
			name: "plain lines",
			why:  "standard error of the go command stands between the events; its failures count",
			log: "go: downloading example.com/x v1.0.0\n{not JSON\n{\"level\":\"info\"}\nFAIL\tb [build failed]\n" +
				output + `a","Output":"BenchmarkA-2\t100\t10 ns/op\n"}` + "\n",
			want: map[string]string{"A-2 sec/op": "1e-08"},
			warnings: []string{
				`2: not an event of go test -json, and left out: "{not JSON"`,
				`3: not an event of go test -json, and left out: "{\"level\":\"info\"}"`,
				`4: package "b" did not build: its results are missing`,
			},
		},
		{
			name: "a package that fails without a word",
			why:  "the event alone must be enough",
			log: output + `a","Output":"BenchmarkA-2\t100\t10 ns/op\n"}` + "\n" +
				`{"Action":"fail","Package":"a","Test":"TestX"}` + "\n" + `{"Action":"fail","Package":"b"}` + "\n",
			want:     map[string]string{"A-2 sec/op": "1e-08"},
			warnings: []string{`3: package "b" failed: its results may be incomplete`},
		},
		{
			name: "a build that fails without a package",
			why:  "nothing else in the file may say so",
			log: output + `a","Output":"BenchmarkA-2\t100\t10 ns/op\n"}` + "\n" +
				`{"ImportPath":"b [b.test]","Action":"build-fail"}` + "\n" + `{"ImportPath":"c [c.test]","Action":"build-fail"}` + "\n" +
				`{"Action":"fail","Package":"c","FailedBuild":"c [c.test]"}` + "\n",
			want: map[string]string{"A-2 sec/op": "1e-08"},
			warnings: []string{
				`2: "b [b.test]" did not build`,
				`4: package "c" failed: its results may be incomplete`,
			},
		},
		{
			name: "killed",
			why:  "a package that started and did not end",
			log: `{"Action":"start","Package":"a"}` + "\n" + `{"Action":"start","Package":"b"}` + "\n" +
				output + `a","Output":"BenchmarkA-2\t100\t10 ns/op\n"}` + "\n" + `{"Action":"pass","Package":"a"}` + "\n",
			want:     map[string]string{"A-2 sec/op": "1e-08"},
			warnings: []string{`4: the log of package "b" ends here without PASS, ok or FAIL: it may be cut off`},
		},
		{
			name: "cut in an event",
			why:  "the last line is half an event, and the line before it half a result",
			log: output + `a","Output":"BenchmarkA-2\t100\t10 ns/op\n"}` + "\n" +
				output + `a","Output":"BenchmarkA-2\t100\t1"}` + "\n" + output + `a","Outp`,
			want: map[string]string{"A-2 sec/op": "1e-08"},
			warnings: []string{
				`3: the file is cut off within its last line: that line is left out`,
				`3: the file is cut off within its last line, "BenchmarkA-2\t100\t1": that line is left out`,
			},
		},
		{
			name: "a line without end",
			why:  "events can make up a line longer than any line of the file",
			log: strings.Repeat(output+`a","Output":"`+strings.Repeat("x", 1000)+`"}`+"\n", 1100) +
				output + `a","Output":"\nBenchmarkA-2\t100\t10 ns/op\n"}` + "\n",
			want:     map[string]string{"A-2 sec/op": "1e-08"},
			warnings: []string{`1049: a line of more than 1048576 bytes is left out`},
		},
		{
			name: "no result",
			why:  "a pass of nothing",
			log:  `{"Action":"pass","Package":"a"}` + "\n",
			err:  "log: no benchmark result (run go test with -bench",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			run, err := Read(strings.NewReader(c.log), "log", "")
			if c.err != "" {
				require.ErrorContains(t, err, c.err, c.why)
				return
			}
			require.NoError(t, err, c.why)
			if diff := cmp.Diff(c.want, summary(run)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.why, diff)
			}
			if diff := cmp.Diff(c.warnings, messages(run)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.why, diff)
			}
		})
	}
}

// TestGoTestJSONHasATime holds what events know and text does not.
func TestGoTestJSONHasATime(t *testing.T) {
	run, err := readFile(t, filepath.Join("testdata", "gotestjson", "usersvc.base.ndjson"))
	require.NoError(t, err)
	require.Equal(t, "2026-11-23T15:03:37.666510741Z", run.Time.Format("2006-01-02T15:04:05.999999999Z07:00"))
}
