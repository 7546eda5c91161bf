package parse

import "testing"

func TestBombardier(t *testing.T) {
	const text, json = "bombardier/flaky.txt", "bombardier/base.json"
	const intro = "Bombarding http://127.0.0.1:18080/users?page=1&limit=20 with 2000 request(s) using 10 connection(s)\n 0 / 2000\r 2000 / 2000\nDone!\n"
	checkTexts(t, "bombardier", []textCase{
		{
			name: "the largest units", why: "times and bytes are scaled from 0.85 of the next unit",
			text: fixture(t, text, "0.97ms     1.35ms     7.39ms", "5.00s     0.90m     1.50h", "560.59KB/s", "0.90GB/s"),
			want: map[string]string{"latency.mean": "5", "latency.stdev": "54", "latency.max": "5400", "transfer_rate": "9.663676416e+08"},
		},
		{
			name: "bytes without a prefix", why: "the smallest unit has no name",
			text: fixture(t, text, "560.59KB/s", "211.44/s"), want: map[string]string{"transfer_rate": "211.44"},
		},
		{
			name: "JSON behind a progress bar", why: "-o json without -p r",
			text: intro + fixture(t, json), want: map[string]string{"/users throughput": "14518.264463712816"},
		},
		{
			name: "JSON again and again", why: "repetitions are samples, and no line end is between them",
			text: fixture(t, json) + fixture(t, "bombardier/base2.json"), want: map[string]string{"/users latency.p50": "0.000435 0.000318"},
		},
		{
			name: "text again and again", why: "repetitions are samples",
			text: fixture(t, "bombardier/base.txt") + fixture(t, "bombardier/base2.txt"), want: map[string]string{"/users latency.p50": "0.000241 0.000288"},
		},
		{
			name: "no latency distribution", why: "JSON without -l",
			text: fixture(t, json, `,"percentiles":{"50":435,"75":547,"90":1386,"95":2318,"99":4936}`, ""),
			want: map[string]string{"/users latency.p50": "", "/users latency.max": "0.018674"},
		},
		{
			name: "no rate", why: "too short for a sample of it; requests by time are there",
			text: fixture(t, json, `"rps"`, `"none"`), want: map[string]string{"/users throughput": "", "/users throughput_total": "14486.103255719674"},
		},
		{
			name: "failures only", why: "they were answered, but fast",
			text: fixture(t, json, `"req2xx":57976`, `"req2xx":0`, `"req5xx":0`, `"req5xx":3`), want: map[string]string{"/users error_rate": "1"},
			warnings: []string{"0: each of the 3 requests failed: latency and throughput are those of failures"},
		},
		{
			name: "messages of any form", why: "they are what a service or a resolver said",
			text: fixture(t, text, "  Throughput:", "  Errors:\n    Reqs/sec 1.00 2.00 3.00 - 1\n    50% 7.00s\n  Throughput:"), want: map[string]string{"throughput": "4090.38", "latency.p50": "0.000442"},
		},
		{name: "no latency", why: "nothing was recorded", text: fixture(t, text, "  Latency   ", "  There wasn't enough data to compute statistics for latencies."), err: "out:13: bombardier recorded no latency"},
		{name: "no result", why: "a damaged file", text: fixture(t, json, `"result"`, `"outcome"`), err: "nothing that bombardier writes"},
		{name: "stopped", why: "the result is to come", text: intro, err: "out: no table of bombardier"},
		{name: "JSON cut", why: "the progress bar is there, the JSON is not", text: intro + fixture(t, json)[:300], err: "out:4: not valid JSON: the file ends in the middle"},
		{name: "an unknown unit", why: "never a guess", text: fixture(t, text, "0.97ms", "0.97ns"), err: "out:3: latency.mean: not a number in a known unit"},
		{name: "not a count", why: "never a guess", text: fixture(t, text, "2xx - 364", "2xx - 3k"), err: "out:11: not a number of answers"},
		{name: "a line twice", why: "no one can say which of the two it is", text: fixture(t, text, "  Latency Dist", "  Reqs/sec 1.00 1.00 1.00\n  Latency Dist"), err: "out:4: throughput a second time"},
	})
}

func TestBombardierCut(t *testing.T) {
	checkCuts(t, "bombardier", "bombardier/base.txt", "24.38MB/s")
	checkCuts(t, "bombardier", "bombardier/flaky.json", "}}}}")
}
