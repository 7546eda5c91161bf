package parse

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAutocannon(t *testing.T) {
	const text, json = "autocannon/slow.txt", "autocannon/slow.json"
	german := strings.NewReplacer("1,631", "1.631", "1,643", "1.643", "1,726", "1.726", "1,680", "1.680", "43.27", "43,27")
	proofless := strings.NewReplacer("1,631", "1.631", "1,643", "1.643", "1,726", "1.726", "1,680", "1.680", "43.27", "43   ")
	french := strings.NewReplacer("1,631", "1\u202f631", "1,643", "1\u202f643", "1,726", "1\u202f726", "1,680", "1\u202f680", "43.27", "43,27")
	checkTexts(t, "autocannon", []textCase{
		{
			name: "German numbers", why: "node prints those of the machine's language",
			text: german.Replace(fixture(t, text)), want: map[string]string{"/users throughput": "1680", "/users throughput.stdev": "43.27", "/users throughput.min": "1631"},
		},
		{
			name: "German numbers that could be English", why: "1.680 for 4 s is not 7k requests",
			text: proofless.Replace(fixture(t, text)), want: map[string]string{"/users throughput": "1680", "/users throughput.stdev": "43"},
		},
		{
			name: "English numbers that could be German", why: "the same",
			text: fixture(t, text, "43.27", "43   "), want: map[string]string{"/users throughput": "1680"},
		},
		{
			name: "French numbers", why: "digits are grouped by a narrow blank",
			text: french.Replace(fixture(t, text)), want: map[string]string{"/users throughput": "1680", "/users throughput.stdev": "43.27"},
		},
		{name: "numbers of two languages", why: "never a guess", text: fixture(t, text, "1,680 ", "1.680,5", "43.27", "43.27"), err: "out:6: numbers of two languages in one row"},
		{name: "a rate that is none", why: "never a guess", text: fixture(t, text, "1,680", "NaN-1"), err: "out:6: not a number"},
		{
			name: "colours and cursor moves", why: "the tables were meant for a terminal",
			text: "\x1b[?25l\x1b[1Grunning [====  ] 50%\r" + strings.ReplaceAll(fixture(t, text), "│ Req/Sec", "│ \x1b[1mReq/Sec\x1b[22m"), want: map[string]string{"/users throughput": "1680"},
		},
		{
			name: "errors and time-outs", why: "they are rounded to thousands, and no requests that were answered",
			text: fixture(t, text) + "2k errors (1k timeouts)\n3 requests with mismatched body\n",
			want: map[string]string{"/users errors.transport": "2000", "/users errors.timeout": "1000", "/users errors.mismatch": "3", "/users error_rate": "0.23623853211009174", "/users errors.status": "60"},
		},
		{
			name: "no latency table", why: "without --latency",
			text: fixture(t, "autocannon/base.txt")[:strings.Index(fixture(t, "autocannon/base.txt"), "┌────────────┬")] + "74k requests in 4.02s, 108 MB read\n",
			want: map[string]string{"/users latency.p97.5": "0.002", "/users latency.p90": ""},
		},
		{
			name: "runs again and again", why: "repetitions are samples",
			text: fixture(t, "autocannon/base.txt") + fixture(t, "autocannon/base2.txt"), want: map[string]string{"/users throughput": "18549 19668"},
		},
		{
			name: "JSON again and again", why: "repetitions are samples",
			text: fixture(t, "autocannon/base.json") + fixture(t, "autocannon/base2.json"), want: map[string]string{"/users throughput": "18639 20880"},
		},
		{
			name: "several URLs", why: "no one of them is the benchmark",
			text: fixture(t, json, `"url":"http://127.0.0.1:18080/users?page=1&limit=20"`, `"url":["http://h/a","http://h/b"]`), want: map[string]string{"throughput": "1686.5"},
		},
		{
			name: "an older version", why: "fewer quantiles, no mismatches",
			text: `{"url":"http://h/a","requests":{"average":1,"mean":1,"stddev":0,"min":1,"max":1,"total":2,"sent":2},"latency":{"average":1.5,"stddev":1,"min":1,"max":2,"p50":1,"p99":2,"p999":2},` +
				`"throughput":{"average":10,"total":20},"errors":0,"timeouts":0,"duration":2,"connections":1,"pipelining":1,"non2xx":0,"2xx":2}`,
			want: map[string]string{"/a latency.p99": "0.002", "/a errors.mismatch": ""},
		},
		{
			name: "failures only", why: "they were answered, but fast",
			text: fixture(t, json, `"non2xx":72`, `"non2xx":6746`), want: map[string]string{"/users error_rate": "1"},
			warnings: []string{"0: each of the 6746 requests failed: latency and throughput are those of failures"},
		},
		{
			name: "a warm-up", why: "--warmup prints a line of its own, which is no sample",
			text: fixture(t, json, `"duration":4.01`, `"duration":1.01`) + fixture(t, json), err: "of --warmup only the second line",
		},
		{name: "no requests", why: "a damaged file", text: fixture(t, json, `"total":6746`, `"totals":6746`), err: "out: a report of autocannon without requests"},
		{name: "NaN", why: "no JSON", text: fixture(t, json, `"p99":6`, `"p99":NaN`), err: "out:1: not valid JSON"},
		{name: "another run begins", why: "the first was stopped", text: "Running 4s test @ http://h/a\n10 connections\n│ Stat │ Avg │\n" + fixture(t, text), err: "out:3: the run that begins here has no last line"},
		{name: "stopped", why: "the tables are to come", text: "Running 4s test @ http://h/a\n10 connections with 2 pipelining factor\n\n", err: "out: no tables of autocannon"},
		{name: "an unknown unit", why: "never a guess", text: fixture(t, text, "5.38 ms", "5.38 ns"), err: "out:8: latency.mean: not a number in a known unit"},
	})
}

func TestAutocannonCut(t *testing.T) {
	checkCuts(t, "autocannon", "autocannon/base.txt", "108 MB read")
	checkCuts(t, "autocannon", "autocannon/base.json", "}}")
}

func TestDecimalMark(t *testing.T) {
	for number, want := range map[string]byte{
		"": 0, "12": 0, "1,234": 0, "1.234": 0, "1,234.5": '.', "1.234,5": ',', "1,234,567": '.', "1.234.567": ',',
		"1.5": '.', "1,5": ',', "0.125": '.', "0,125": ',', "1234.567": '.', "1 234,5": ',', "1.2345": '.',
	} {
		require.Equal(t, string(rune(want)), string(rune(decimalMark(number))), number)
	}
}
