package parse

import (
	"strconv"
	"strings"
	"testing"
)

func TestAB(t *testing.T) {
	const plain, flaky = "ab/slow.txt", "ab/flaky.txt"
	checkTexts(t, "ab", []textCase{
		{
			name: "lengths", why: "a page that is made anew each time is no failure, and ab counts it as one",
			text: fixture(t, plain), want: map[string]string{"/users errors.failed": "16", "/users errors.length": "", "/users errors.receive": "0", "/users error_rate": "0.008"},
		},
		{
			name: "dropped connections", why: "the status says nothing of them",
			text: fixture(t, flaky), want: map[string]string{"/ errors.receive": "258", "/ errors.exceptions": "158"},
			warnings: []string{"1: ab counts 416 failures to connect or to receive: the error rate, of status codes, does not have them, and their times are among the latencies"},
		},
		{
			name: "write errors and posted bytes", why: "lines that few runs have",
			text: fixture(t, plain, "Non-2xx", "Write errors:           3\nNon-2xx", "Transfer rate:          2480.09 [Kbytes/sec] received\n",
				"Transfer rate:          2480.09 [Kbytes/sec] received\n                        61.06 kb/s sent\n                        2500.00 kb/s total\n"),
			want: map[string]string{"/users errors.write": "3", "/users transfer_rate": "2.53961216e+06"},
		},
		{
			name: "a later version", why: "the trunk of httpd prints more lines",
			text: fixture(t, plain, "Concurrency Level:", "Number of workers:      1\nConcurrency Level:", "Complete requests:", "Number of requests:     2000\nComplete requests:"),
			want: map[string]string{"/users requests": "2000"},
		},
		{
			name: "the answers of the server", why: "-v prints them before the results, whatever they hold",
			text: fixture(t, plain, "Benchmarking", "LOG: Response code = 200\nRequests per second:    1.00 [#/sec] (mean)\nTotal: 1 2 3\nBenchmarking"),
			want: map[string]string{"/users throughput": "1732.85"},
		},
		{
			name: "two runs", why: "the values of both are samples", text: fixture(t, plain) + fixture(t, "ab/base.txt"),
			want: map[string]string{"/users throughput": "1732.85 25333.77", "/users errors.status": "16 0"},
		},
		{name: "another query", why: "other work is no repetition", text: fixture(t, plain) + fixture(t, plain, "page=1", "page=2"), err: "out:57: runs of"},
		{name: "refused", why: "no run, and the reason", text: fixture(t, "ab/refused.txt"), err: "apr_socket_recv: Connection refused (111)"},
		{name: "no request", why: "ab -t ends without an answer", text: fixture(t, plain, "requests:      2000", "requests:      0"), err: "out:1: not one request"},
		{name: "decimal commas", why: "no locale of ab", text: fixture(t, plain, "5.771", "5,771"), err: "latency.mean: not a number in a known unit"},
		{name: "another unit", why: "never a guess", text: fixture(t, plain, "5.771 [ms]", "5.771 [us]"), err: "latency.mean: not what ab prints"},
		{name: "other columns", why: "never a guess", text: fixture(t, plain, "Total:          5    6", "Total:          5"), err: "not a row of the connection times"},
		{name: "a total twice", why: "no one can say which is the run's", text: fixture(t, plain, "Complete requests:      2000", "Complete requests:      2000\nComplete requests:      1"), err: "requests a second time"},
		{name: "another tool's output", why: "--from ab says so", text: "hello\n", err: "out: no run of ab"},
	})
}

func TestABTables(t *testing.T) {
	const header = "starttime\tseconds\tctime\tdtime\tttime\twait\n"
	const row = "Mon Nov 23 14:55:40 2026\t1795445740\t0\t5\t5\t5\n"
	checkTexts(t, "ab", []textCase{
		{
			name: "decimal commas", why: "a spreadsheet writes semicolons then", text: fixture(t, "ab/ab.locale.csv"),
			want: map[string]string{"latency.p50": "0.000251"},
		},
		{
			name: "few requests", why: "ab prints what stands behind its table", text: fixture(t, "ab/seconds.percentiles.csv"),
			want:     map[string]string{"latency.max": "2.502005"},
			warnings: []string{"1: the times do not rise with the percentage: of few requests ab prints what stands behind its table"},
		},
		{name: "two runs", why: "samples", text: fixture(t, "ab/base.percentiles.csv") + fixture(t, "ab/slow.percentiles.csv"), want: map[string]string{"latency.p50": "0.000251 0.005721"}},
		{name: "a row is missing", why: "the file is damaged", text: fixture(t, "ab/base.percentiles.csv", "50,0.251\n", ""), err: `out:52: not the time of 50 percent: "51,`},
		{name: "a row too many", why: "the file is damaged", text: fixture(t, "ab/base.percentiles.csv") + "101,1.000\n", err: "out:103: not the time of 101 percent"},
		{name: "only zeros", why: "nothing was measured", text: "Percentage served,Time in ms\n" + zeroPercentiles(), err: "out:1: all times are 0"},
		{name: "requests", why: "two runs", text: header + row + header + row + row, want: map[string]string{"requests": "1 2", "latency.p99": "0.005 0.005"}},
		{name: "no request", why: "nothing was answered", text: header, err: "out:1: not one request was answered"},
		{name: "cut", why: "12 ms or 1", text: header + strings.TrimSuffix(row, "\n"), err: "out:2: not a whole row"},
		{name: "other columns", why: "the file is damaged", text: header + "1\t2\n", err: "out:2: not a whole row"},
		{name: "no number", why: "never a guess", text: header + strings.Replace(row, "\t5\t5\n", "\t5,0\t5\n", 1), err: "out:2: not a count"},
	})
}

func zeroPercentiles() string {
	var b strings.Builder
	for i := range 101 {
		b.WriteString(strings.Replace("N,0.000\n", "N", strconv.Itoa(i), 1))
	}
	return b.String()
}

func TestABCut(t *testing.T) {
	checkCuts(t, "ab", "ab/tls.txt", "(longest request)")
	checkCuts(t, "ab", "ab/base.percentiles.csv", "7.662")
}
