package parse

import (
	"strings"
	"testing"
)

func TestH2load(t *testing.T) {
	const plain = "h2load/slow.txt"
	const row = "time for request:     5.08ms     11.57ms      5.80ms       464us    94.10%"
	checkTexts(t, "h2load", []textCase{
		{name: "TLS", why: "more lines before the results", text: fixture(t, "h2load/tls.txt"), want: map[string]string{"throughput": "2030.83", "bytes_read": "3120", "transfer_rate": "63365.12"}},
		{name: "by time", why: "the total is what was done then", text: fixture(t, "h2load/timed.txt"), want: map[string]string{"requests": "1529", "duration": "1"}},
		{
			name: "a later version", why: "percentiles, and shorter names of the rows",
			text: fixture(t, plain, "                     min         max         mean         sd        +/- sd\n"+row,
				"                 min      max   median      p95      p99     mean       sd   +/- sd\nrequest     :  5.08ms  11.57ms   5.70ms   6.00ms   7.00ms   5.80ms    464us  94.10%"),
			want: map[string]string{"latency.p50": "0.0057", "latency.p95": "0.006", "latency.p99": "0.007", "latency.stdev": "0.000464", "latency.max": "0.01157"},
		},
		{name: "two runs", why: "samples", text: fixture(t, plain) + fixture(t, "h2load/base.txt"), want: map[string]string{"throughput": "1718.51 18970.29"}},
		{name: "the results alone", why: "progress went elsewhere", text: after(fixture(t, plain), "finished"), want: map[string]string{"throughput": "1718.51"}},
		{
			name: "only failures", why: "errors are answered fast", text: fixture(t, "h2load/all404.txt"), want: map[string]string{"error_rate": "1"},
			warnings: []string{"2: each of the 60 requests failed: latency and throughput are those of failures"},
		},
		{name: "nothing within the time", why: "h2load prints zeros", text: fixture(t, "h2load/timed.txt", "1529 total", "0 total"), err: "not one request was answered"},
		{name: "before 2015", why: "never a guess", text: "starting benchmark...\nfinished in 0 sec, 385 millisec and 851 microsec, 2591 req/s, 1689 kbytes/s\n", err: "out:2: not what h2load prints"},
		{name: "a column too few", why: "the file is damaged", text: fixture(t, plain, row, "time for request: 1ms 2ms"), err: "not a row of the times"},
		{name: "decimal commas", why: "no locale of h2load", text: fixture(t, plain, "5.08ms", "5,08ms"), err: "latency.min: not a number"},
		{name: "no times", why: "the file is damaged", text: fixture(t, plain, row+"\n", ""), err: "results are missing in the run of h2load that begins in line 1"},
		{name: "a run begins within a run", why: "the first was stopped", text: "starting benchmark...\n" + fixture(t, plain), err: "out:1: this run of h2load has no row req/s"},
		{name: "another tool's output", why: "--from h2load says so", text: "hello\n", err: "out: no run of h2load"},
	})
}

func TestH2loadCut(t *testing.T) {
	checkCuts(t, "h2load", "h2load/tls.txt", "req/s           :")
}

// after returns the text from the first mark on.
func after(text, mark string) string { return text[strings.Index(text, mark):] }
