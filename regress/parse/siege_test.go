package parse

import "testing"

func TestSiege(t *testing.T) {
	const object, text = "siege/base.json", "siege/verbose.txt"
	checkTexts(t, "siege", []textCase{
		{name: "text", why: "before 4.0.5 there is nothing else", text: fixture(t, text), want: map[string]string{"throughput": "450", "availability": "0.9", "latency.max": "0.01", "errors.failed": "1"}},
		{
			name: "other units", why: "longest and shortest have had none, and seconds", text: fixture(t, text, "0.00 secs", "12.34 ms", "        0.01\n", "        0.02 secs\n"),
			want: map[string]string{"latency.mean": "0.01234", "latency.max": "0.02"},
		},
		{name: "one line", why: "jq -c wrote it anew", text: `{"transactions":4,"availability":80,"elapsed_time":2,"response_time":0.5,"transaction_rate":2,"throughput":1.5,"successful_transactions":4,"failed_transactions":1,"longest_transaction":1,"shortest_transaction":0}`,
			want: map[string]string{"transfer_rate": "1.5", "availability": "0.8"}},
		{name: "two runs", why: "samples", text: fixture(t, object) + fixture(t, "siege/slow.json"), want: map[string]string{"errors.failed": "0 53"}},
		{name: "more transactions were successful than there were", why: "siege counts the steps of a redirect", text: fixture(t, text, "          9 hits", "          7 hits"), want: map[string]string{"requests": "7", "requests.succeeded": "9"}},
		{
			name: "only 404", why: "siege calls them available", text: fixture(t, "siege/all404.txt"), want: map[string]string{"availability": "1", "requests.succeeded": "0"},
			warnings: []string{"5: not one of 10 requests was successful: latency and throughput are those of errors"},
		},
		{name: "refused", why: "no measurement", text: fixture(t, "siege/refused.json"), err: "not one request was answered, and 1025 failed"},
		{name: "a key twice", why: "no one can say which it is", text: fixture(t, object, "availability", "transactions"), err: "duplicate"},
		{name: "a key is missing", why: "never a zero", text: fixture(t, object, "availability", "unavailability"), err: `it has no "availability"`},
		{name: "null", why: "never a zero", text: fixture(t, object, "100.00", `"100,00"`), err: "not the JSON of siege"},
		{name: "a line is missing", why: "never a zero", text: fixture(t, text, "Availability", "Unavailability"), err: `lack "Availability"`},
		{name: "decimal commas", why: "no locale of siege", text: fixture(t, text, "90.00 %", "90,00 %"), err: "availability: not a number"},
		{name: "an unknown unit", why: "never a guess", text: fixture(t, text, "0.00 secs", "0.00 min"), err: "latency.mean: not what siege prints"},
		{name: "a run begins within a run", why: "the first was stopped", text: "Transactions: 5 hits\n" + fixture(t, text), err: "out:1: the results of siege have no end"},
		{name: "another tool's output", why: "--from siege says so", text: "hello\n", err: "out: no result of siege"},
	})
}

func TestSiegeCut(t *testing.T) {
	checkCuts(t, "siege", "siege/base.json", "}")
	checkCuts(t, "siege", "siege/verbose.txt", "Shortest transaction:\t        0.00")
}
