package parse

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const heyHeader = "response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read,status-code,offset\n"

func TestHey(t *testing.T) {
	const plain = "hey/flaky.txt"
	checkTexts(t, "hey", []textCase{
		{
			name: "one percent sign", why: "hey 0.1.4 prints one, 0.1.5 two",
			text: strings.ReplaceAll(fixture(t, plain), "%%", "%"), want: map[string]string{"latency.p95": "0.0043", "errors.transport": "11"},
		},
		{
			name: "few requests", why: "there is no such percentile",
			text: fixture(t, plain, "10%% in 0.0001", "0%% in 0.0000"), want: map[string]string{"latency.p0": "", "latency.p10": ""},
		},
		{
			name: "before 0.1.1", why: "the rate is of the answers then, and the sections have another order",
			text: "Summary:\n  Total:\t10.0000 secs\n  Slowest:\t0.5881 secs\n  Fastest:\t0.0710 secs\n  Average:\t0.1778 secs\n  Requests/sec:\t20.0000\n\n" +
				"Detailed Report:\n\n\tDNS+dialup:\n  \t\tAverage:\t0.0035 secs\n\nStatus code distribution:\n  [200]\t200 responses\n\n" +
				"Response time histogram:\n  0.071 [1]\t|\n\nLatency distribution:\n  10% in 0.0933 secs\n\nError distribution:\n  [4]\tEOF\n",
			want: map[string]string{"requests": "204", "latency.p10": "0.0933", "latency.mean": "0.1778"},
		},
		{
			name: "two runs", why: "the values of both are samples", text: fixture(t, plain) + fixture(t, "hey/slow.txt"),
			want: map[string]string{"throughput": "3566.2525 1691.3973", "errors.transport": "11 0"},
		},
		{
			name: "more than a million", why: "hey divides the time of all by a million then",
			text: fixture(t, "hey/base.txt", "21923.9067", "400000.0000", "87722 responses", "1000000 responses"),
			want: map[string]string{"latency.mean": "", "requests": "", "latency.p99": "0.0028", "error_rate": "0"},
			warnings: []string{"2: hey keeps the first 1000000 responses: percentiles and status codes are those, and the number of requests " +
				"and the average, which is wrong then, are left out"},
		},
		{
			name: "only failures", why: "errors are answered fast", text: fixture(t, "hey/base.txt", "[200]", "[503]"),
			want: map[string]string{"error_rate": "1"}, warnings: []string{"2: each of the 87722 requests failed: latency and throughput are those of failures"},
		},
		{name: "a status code is missing", why: "the file was cut between two lines", text: fixture(t, plain, "  [503]\t22 responses\n", ""), err: "out:2: status codes and errors add up to 278 requests, and hey made about 300"},
		{name: "decimal commas", why: "no locale of hey", text: fixture(t, plain, "0.0009 secs", "0,0009 secs"), err: `out:6: latency.mean: not what hey prints`},
		{name: "half a status line", why: "never silently fewer", text: fixture(t, plain, "22 responses", "22 resp"), err: "out:44: not a row of the status codes"},
		{name: "another tool's output", why: "--from hey says so", text: "hello\n", err: "out: no run of hey"},
	})
}

func TestHeyRows(t *testing.T) {
	checkTexts(t, "hey", []textCase{
		{
			name: "before 0.1.2", why: "there was no status code",
			text:     strings.TrimSuffix(heyHeader, ",status-code,offset\n") + "\n0.0100,0,0,0,0,0\n0.0300,0,0,0,0,0\n",
			want:     map[string]string{"latency.max": "0.03", "latency.p50": "0.01", "error_rate": "", "throughput_est": ""},
			warnings: []string{"1: this hey wrote no status codes: a response that is an error looks like any other"},
		},
		{
			name: "a header within", why: "a second run was appended",
			text: heyHeader + "0.0100,0,0,0,0,0,200,0.0100\n" + heyHeader + "0.0300,0,0,0,0,0,200,0.0300\n",
			want: map[string]string{"latency.max": "0.01 0.03", "throughput_est": "50 16.666666666666668"},
		},
		{
			name: "no line end at the end", why: "an editor took it off, and the row is whole",
			text: heyHeader + "0.0100,0,0,0,0,0,500,0.0100", want: map[string]string{"errors.status": "1"},
			warnings: []string{"1: each of the 1 requests failed: latency and throughput are those of failures"},
		},
		{name: "cut in the last number", why: "0.01 was 0.0100 or any other", text: heyHeader + "0.0100,0,0,0,0,0,200,0.01", err: "out:2: the file is cut off within its last row"},
		{name: "NaN", why: "a row without a time", text: heyHeader + "NaN,0,0,0,0,0,200,0.0100\n", err: "out:2: not a row of hey: a response time of NaN s"},
		{name: "decimal commas", why: "they are columns", text: heyHeader + "0,0100,0,0,0,0,0,200,0,0100\n", err: "out:2: not a row of hey: 10 columns, where the header has 8"},
		{name: "semicolons", why: "a spreadsheet's", text: heyHeader + "0.0100;0;0;0;0;0;200;0.0100\n", err: "out:2: not a row of hey: 1 columns"},
		{name: "a word", why: "never a guess", text: heyHeader + "0.0100,0,0,0,0,0,OK,0.0100\n", err: `out:2: not a row of hey: "OK" is not a number`},
		{name: "an empty second run", why: "half of the file is not what was asked for", text: heyHeader + "0.0100,0,0,0,0,0,200,0.0100\n" + heyHeader, err: "out:3: not one request was answered"},
	})
}

func TestHeyCut(t *testing.T) {
	checkCuts(t, "hey", "hey/flaky.txt", "[11]\tG")
	checkCuts(t, "hey", "hey/slow.txt", "[500]\t73 responses")
}

// TestHeyMillion holds that quantiles of more rows than are kept are right to a
// thousandth, and that the rows are not kept.
func TestHeyMillion(t *testing.T) {
	var b strings.Builder
	b.WriteString(heyHeader)
	const n = 1_000_000
	for i := range n {
		fmt.Fprintf(&b, "%.4f,0.0000,0.0000,0.0000,0.0000,0.0000,200,1.0000\n", float64(1+i*7919%n)/10_000)
	}
	run, err := Read(strings.NewReader(b.String()), "out", "")
	require.NoError(t, err)
	for _, s := range run.Series {
		switch s.Metric {
		case "requests":
			require.Equal(t, []float64{n}, s.Samples)
		case "latency.max":
			require.Equal(t, []float64{100}, s.Samples)
		case "latency.p99":
			require.InEpsilon(t, 99, s.Samples[0], 0.001)
		}
	}
}
