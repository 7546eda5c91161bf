package parse

import "testing"

func TestWrk(t *testing.T) {
	const plain = "wrk/base.txt"
	checkTexts(t, "wrk", []textCase{
		{
			name: "the largest units", why: "wrk scales each value on its own, from 0.85 of the next unit",
			text: fixture(t, plain, "1.05ms    1.71ms  21.62ms", "1.00s     0.90m     1.50h", "81520 requests in 4.02s, 112.88MB", "81520 requests in 1.25m, 1.50TB",
				"28.06MB", "2.00GB", "10.21k     1.75k   15.61k", "0.90M     1.75k   1.10G"),
			want: map[string]string{
				"/users latency.mean": "1", "/users latency.stdev": "54", "/users latency.max": "5400", "/users duration": "75",
				"/users bytes_read": "1.649267441664e+12", "/users transfer_rate": "2.147483648e+09",
			},
		},
		{
			name: "bytes without a prefix", why: "a small answer",
			text: fixture(t, plain, "112.88MB", "850.00B", "28.06MB", "211.44B"),
			want: map[string]string{"/users bytes_read": "850", "/users transfer_rate": "211.44"},
		},
		{
			name: "from a CI log", why: "time stamps and colours stand around each line",
			text: "2026-11-25T03:00:00.0000000Z \x1b[36mRunning 4s test @ http://h/a\x1b[0m\n" +
				"2026-11-25T03:00:04.0000000Z   2 threads and 10 connections\n" +
				"2026-11-25T03:00:04.0000000Z     Latency     1.00ms    1.00ms   2.00ms   90.00%\n" +
				"2026-11-25T03:00:04.0000000Z   8 requests in 4.00s, 1.00KB read\n" +
				"2026-11-25T03:00:04.0000000Z Requests/sec:      2.00\n2026-11-25T03:00:04.0000000Z Transfer/sec:    256.00B\n",
			want: map[string]string{"/a latency.max": "0.002", "/a throughput": "2", "/a transfer_rate": "256"},
		},
		{
			name: "a script that repeats the words", why: "what a Lua script prints follows the run",
			text: fixture(t, plain) + "Requests/sec: about 1\n50% 7.00s\nLatency 1 2 3 4\n",
			want: map[string]string{"/users throughput": "20263.67"},
		},
		{
			name: "the same path with another query", why: "other work is no repetition",
			text: fixture(t, plain) + fixture(t, plain, "page=1", "page=2"),
			err:  "out:9: runs of \"/users?page=1&limit=20\" and of \"/users?page=2&limit=20\" in one file",
		},
		{
			name: "two paths", why: "each is a benchmark",
			text: fixture(t, plain) + fixture(t, plain, "/users?", "/carts?"),
			want: map[string]string{"/users throughput": "20263.67", "/carts throughput": "20263.67"},
		},
		{
			name: "the second run failed", why: "half of the file is not the run that was asked for",
			text: fixture(t, plain, "?page=1&limit=20", "") + fixture(t, "wrk/zero.txt"),
			err:  "out:9: not one request was answered",
		},
		{
			name: "a run begins within a run", why: "the first was stopped",
			text: "Running 4s test @ http://h/a\n  2 threads and 10 connections\n" + fixture(t, plain),
			err:  "out:1: this run of wrk has no line Transfer/sec",
		},
		{
			name: "a line twice", why: "no one can say which of the two it is",
			text: fixture(t, plain, "Requests/sec:  20263.67", "Requests/sec:  20263.67\nRequests/sec:  1.00"),
			err:  "out:8: throughput a second time",
		},
		{name: "decimal commas", why: "no locale of wrk", text: fixture(t, plain, "1.05ms", "1,05ms"), err: `out:4: latency.mean: not a number in a known unit: "1,05ms"`},
		{name: "an unknown unit", why: "never a guess", text: fixture(t, plain, "1.05ms", "1.05ns"), err: "out:4: latency.mean"},
		{name: "not a count", why: "never a guess", text: fixture(t, plain, "81520 ", "81.5k "), err: "out:6: requests: not a count"},
		{name: "socket errors without a number", why: "never a guess", text: fixture(t, "wrk/flaky.txt", "connect 0, read 3570", "connect, read 3570"), err: "out:12: "},
		{name: "no latency line", why: "a damaged file", text: fixture(t, plain, "Latency ", "Latence "), err: "out:1: results are missing"},
		{name: "another tool's output", why: "--from wrk says so", text: "hello\n", err: "out: no run of wrk"},
		{
			name: "wrk2", why: "its distribution has more rows, and what it calls uncorrected is not what its users were told to look at",
			text: fixture(t, "wrk/wrk2.handmade.txt"),
			want: map[string]string{
				"/index.html latency.p50": "0.00667", "/index.html latency.p95": "0.010015", "/index.html latency.p99.999": "0.0125", "/index.html latency.p100": "",
			},
		},
	})
}

func TestWrkCut(t *testing.T) {
	checkCuts(t, "wrk", "wrk/flaky.txt", "177.64KB")
	checkCuts(t, "wrk", "wrk/wrk2.handmade.txt", "676.32KB")
}
