package parse

import "testing"

func TestGhz(t *testing.T) {
	const text, json = "ghz/slow.summary.txt", "ghz/slow.json"
	checkTexts(t, "ghz", []textCase{
		{
			name: "other units", why: "below 10 µs ns, from a second on s",
			text: fixture(t, text, "584.21 ms", "1.25 s", "4.21 ms", "4210 ns"), want: map[string]string{"duration": "1.25", "latency.min": "4.21e-06"},
		},
		{name: "with a name", why: "--name", text: fixture(t, text, "  Count:", "  Name:\t\tnightly run 5\n  Count:"), want: map[string]string{"requests": "600"}},
		{name: "again and again", why: "repetitions are samples", text: fixture(t, text) + fixture(t, "ghz/base.summary.txt"), want: map[string]string{"latency.p50": "0.00476 0.00028"}},
		{
			name: "failures only, JSON", why: "failed calls have no latency, and ghz prints 0",
			text: `{"options":{"call":"a.B/C"},"count":2,"total":1000,"average":500,"fastest":0,"slowest":0,"rps":2,"errorDistribution":{"rpc error: not found":2},"statusCodeDistribution":{"NotFound":2},"latencyDistribution":null}`,
			want: map[string]string{"a.B/C error_rate": "1", "a.B/C latency.mean": "", "a.B/C requests": "2"}, warnings: []string{"0: each of the 2 requests failed: latency and throughput are those of failures"},
		},
		{
			name: "failures only, text", why: "the same",
			text: "\nSummary:\n  Count:\t2\n  Total:\t1.00 ms\n  Slowest:\t0 ns\n  Fastest:\t0 ns\n  Average:\t500 ns\n  Requests/sec:\t2.00\n\nStatus code distribution:\n  [NotFound]   2 responses   \n",
			want: map[string]string{"error_rate": "1", "latency.mean": ""}, warnings: []string{"2: each of the 2 requests failed: latency and throughput are those of failures"},
		},
		{
			name: "messages with commas", why: "the CSV quotes nothing",
			text: "\nduration (ms),status,error\n1.50,OK,\n9.00,Internal,rpc error: a, \"b\", c\n2.50,OK,\n", want: map[string]string{"latency.mean": "0.002", "errors": "1", "requests": "3"},
		},
		{name: "nobody answered", why: "not a fast service", text: fixture(t, json, `"OK":586,"Unavailable":14`, `"Unavailable":600`), err: "out: not one of 600 calls was answered"},
		{name: "nobody answered, text", why: "the same", text: fixture(t, text, "[OK]            594", "[Unavailable]   594", "[Unavailable]   6", "[DeadlineExceeded]   6"), err: "out:2: not one of 600 calls was answered"},
		{name: "nobody answered, CSV", why: "the same", text: ghzHeader + "\n1.50,Unavailable,x\n", err: "out: not one of 1 calls was answered"},
		{name: "no call", why: "nothing was measured", text: ghzHeader + "\n", err: "out: there is no call below the header"},
		{name: "no call, JSON", why: "the same", text: fixture(t, json, `"count":600`, `"count":0`, `"Unavailable":14`, `"Unavailable":0`), err: "out: not one of 0 calls was answered"},
		{name: "no latency", why: "a damaged file", text: fixture(t, json, `"slowest":8288567`, `"slowest":0`), err: "out: no latency of the calls that succeeded"},
		{name: "the last row cut", why: "never read as a shorter file", text: ghzHeader + "\n1.50,OK,\n2.50,OK,", err: "out:3: the file is cut off"},
		{name: "another row", why: "a damaged file", text: ghzHeader + "\n1,5,OK,\n", err: "out:2: not a call of ghz"},
		{name: "a negative duration", why: "the clock was set back", text: ghzHeader + "\n-1.50,OK,\n", err: "out:2: not a call of ghz"},
		{name: "an unknown unit", why: "never a guess", text: fixture(t, text, "8.80 ms", "8.80 us"), err: "out:5: latency.max: not a number in a known unit"},
	})
}

func TestGhzCut(t *testing.T) {
	checkCuts(t, "ghz", "ghz/base.summary.txt", "600 responses")
	for _, n := range []int{1000, 30_000, 54_968} {
		checkTexts(t, "ghz", []textCase{{name: "JSON", text: fixture(t, "ghz/base.json")[:n], err: "the file ends in the middle"}})
	}
}
