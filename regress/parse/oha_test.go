package parse

import (
	"strings"
	"testing"
)

func TestOha(t *testing.T) {
	const text, json = "oha/text.handmade.txt", "oha/json.handmade.json"
	checkTexts(t, "oha", []textCase{
		{
			name: "other units", why: "--time-unit, and by the slowest request",
			text: strings.ReplaceAll(fixture(t, text), " secs", " ms"), want: map[string]string{"duration": "0.00125", "latency.p50": "2e-06"},
		},
		{
			name: "tens of seconds", why: "a unit of very slow services",
			text: strings.ReplaceAll(fixture(t, text), " secs", " 10 sec"), want: map[string]string{"duration": "12.5", "latency.p50": "0.02"},
		},
		{
			name: "colours", why: "the summary was meant for a terminal",
			text: strings.ReplaceAll(fixture(t, text), "Summary:", "\x1b[1m\x1b[4mSummary:\x1b[0m"), want: map[string]string{"latency.mean": "0.0025"},
		},
		{
			name: "aborted at the end of the time", why: "no failure of the service",
			text: fixture(t, text) + "  [9] aborted due to deadline\n", want: map[string]string{"requests": "200", "errors.transport": "4"},
		},
		{name: "again and again", why: "repetitions are samples", text: fixture(t, text) + fixture(t, text), want: map[string]string{"latency.p50": "0.002 0.002"}},
		{name: "JSON again and again", why: "repetitions are samples", text: fixture(t, json) + fixture(t, json), want: map[string]string{"latency.p50": "0.002 0.002"}},
		{
			name: "failures only", why: "answered, but fast",
			text: fixture(t, text, "[200] 190", "[404] 190"), want: map[string]string{"error_rate": "1"},
			warnings: []string{"1: each of the 200 requests failed: latency and throughput are those of failures"},
		},
		{
			name: "nothing answered", why: "NaN is no latency",
			text: strings.NewReplacer("0.0125 secs", "NaN secs", "  [200] 190 responses\n", "", "  [500] 6 responses\n", "").Replace(fixture(t, text)), err: "out:1: not one request was answered, 4 failed",
		},
		{name: "a null", why: "a damaged file", text: fixture(t, json, `"slowest": 0.0125`, `"slowest": null`), err: "out: no latency of the requests"},
		{name: "cut before the status codes", why: "never read as a whole", text: strings.Split(fixture(t, text), "Status code")[0], err: "out:1: the summary that begins here has no status codes"},
		{name: "cut within a line", why: "the same", text: strings.TrimSuffix(fixture(t, text), " 104)\n"), err: "out:39: the file is cut off"},
		{name: "decimal commas", why: "no locale of oha", text: fixture(t, text, "0.0025 secs", "0,0025 secs"), err: "out:6: latency.mean: not a number in a known unit"},
		{name: "not a count", why: "never a guess", text: fixture(t, text, "190 responses", "1.9k responses"), err: "out:35: not a count"},
	})
	for n := range len(fixture(t, json)) {
		if n%37 == 0 {
			checkTexts(t, "oha", []textCase{{name: "JSON cut", text: fixture(t, json)[:n], err: "out:"}})
		}
	}
}
