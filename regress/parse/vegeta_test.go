package parse

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	vegeta "github.com/tsenart/vegeta/v12/lib"
)

func TestVegeta(t *testing.T) {
	const text, report, csv, ndjson, hist = "vegeta/base.txt", "vegeta/base.report.json", "vegeta/flaky.csv", "vegeta/flaky.ndjson", "vegeta/base.hist.txt"
	const row = "1795445329909751071,200,1500000,0,2,%,b2s=,,0,GET,http://h/,\n"
	with := func(err string) string { return strings.Replace(row, "%", err, 1) }
	checkTexts(t, "vegeta", []textCase{
		{
			name: "long durations", why: "text has Go durations: minutes and hours are part of one",
			text: fixture(t, text, "3.996s, 3.99s, 5.163ms", "1h0m2.5s, 1h0m1s, 1.5s", "5.163ms\n", "1m3s\n"),
			want: map[string]string{"duration": "3602.5", "wait": "1.5", "latency.max": "63"},
		},
		{
			name: "an older version", why: "its columns stand in the brackets, and its JSON has fewer keys",
			text: "Requests      [total, rate]            400, 100.24\nDuration      [total, attack, wait]    4s, 3.99s, 10ms\n" +
				"Latencies     [mean, 50, 95, 99, max]  1ms, 2ms, 3ms, 4ms, 5ms\nSuccess       [ratio]                  50.00%\nStatus Codes  [code:count]             200:200  500:200  \n",
			want: map[string]string{"latency.p50": "0.002", "latency.max": "0.005", "latency.min": "", "throughput": "", "error_rate": "0.5"},
		},
		{
			name: "older JSON", why: "the same",
			text: `{"latencies":{"mean":1000,"50th":2000,"95th":3000,"99th":4000,"max":5000},"bytes_in":{"total":0,"mean":0},"bytes_out":{"total":0,"mean":0},` +
				`"duration":1000000000,"wait":1,"requests":2,"rate":2,"success":1,"status_codes":{"200":2},"errors":null}`,
			want: map[string]string{"latency.p95": "3e-06", "latency.p90": "", "rate": "2"},
		},
		{
			name: "an unusual sign for micro", why: "editors and normalisers make μ of µ",
			text: fixture(t, text, "µs", "μs"), want: map[string]string{"latency.min": "0.000152842"},
		},
		{
			name: "two reports", why: "repetitions are samples",
			text: fixture(t, text) + fixture(t, "vegeta/slow.txt"), want: map[string]string{"latency.p50": "0.000271865 0.005393", "throughput": "100.11 98.62"},
		},
		{
			name: "two JSON reports", why: "repetitions are samples",
			text: fixture(t, report) + fixture(t, "vegeta/slow.report.json"), want: map[string]string{"latency.p50": "0.000271865 0.005392635"},
		},
		{
			name: "report -every", why: "each report replaces the one before: the screen is cleared",
			text: "\x1b[2J\x1b[0;0H" + fixture(t, text, "400, ", "200, ", "200:400", "200:200") + "\x1b[2J\x1b[0;0H" + fixture(t, text), want: map[string]string{"requests": "400"},
		},
		{name: "no request", why: "nothing was measured", text: fixture(t, text, "400, 100.24, 100.11", "0, 0.00, 0.00", "200:400", ""), err: "out:1: vegeta made no request"},
		{name: "no requests", why: "a damaged file", text: fixture(t, report, `"requests":400`, `"request":400`), err: "without latencies"},
		{name: "NaN in JSON", why: "no JSON", text: fixture(t, report, "379132", "NaN"), err: "out:1: not valid JSON"},
		{name: "a text for a number", why: "never a guess", text: fixture(t, report, `"95th":545285`, `"95th":"545285"`), err: "out:1: /latencies/95th"},
		{name: "a key twice", why: "no one can say which of the two it is", text: fixture(t, report, `"95th":545285`, `"95th":1,"95th":545285`), err: `the key "95th" occurs twice`},
		{name: "no duration", why: "never a guess", text: fixture(t, text, "545.285µs", "545,285µs"), err: "out:1: latency.p95"},

		{name: "an empty histogram", why: "nothing was measured", text: strings.NewReplacer("385", "0", " 5 ", " 0 ", " 9 ", " 0 ", " 1 ", " 0 ").Replace(fixture(t, hist)), err: "the histogram is empty"},
		{name: "a row that is no bucket", why: "a damaged file", text: fixture(t, hist, "385", "x"), err: `out:2: not the count of a bucket: "x"`},

		{
			name: "rows of an older version", why: "nine columns, without method, URL and headers",
			text: "1795445329909751071,200,1500000,0,2,,b2s=,a,0\r\n1795445330909751071,500,2500000,0,2,500 Internal,b2s=,a,1\r\n",
			want: map[string]string{"latency.mean": "0.002", "errors": "1", "error_rate": "0.5", "duration": "1", "rate": "2"},
		},
		{
			name: "quoted cells", why: "errors have commas, quotes and line ends in them",
			text: with(`"a, ""b"""`) + with("\"two\nlines\""), want: map[string]string{"requests": "2"},
		},
		{
			name: "a long row", why: "the body is stored, and only the beginning is of use",
			text: with("") + strings.Replace(with(""), "b2s=", strings.Repeat("b2s=", maxLine), 1), want: map[string]string{"requests": "2"},
		},
		{
			name: "a long row of JSON", why: "the same",
			text: fixture(t, ndjson) + strings.Replace(strings.SplitAfter(fixture(t, ndjson), "\n")[0], "b2s=", strings.Repeat("b2s=", maxLine), 1), want: map[string]string{"requests": "61"},
		},
		{
			name: "jq has sorted the keys and left the body out", why: "vegeta's manual shows that",
			text: `{"attack":"","bytes_in":2,"bytes_out":0,"code":200,"error":"","latency":1000000,"timestamp":"2026-11-23T14:48:49.909751071Z"}` + "\n",
			want: map[string]string{"latency.max": "0.001", "throughput": "", "requests": "1"},
		},
		{name: "the last line without its end", why: "complete all the same", text: strings.TrimSpace(fixture(t, ndjson)), want: map[string]string{"requests": "60"}},
		{name: "the last row cut", why: "a truncated file is never read as a shorter one", text: strings.TrimSpace(fixture(t, csv)), err: "out:60: the file is cut off"},
		{name: "the last object cut", why: "the same", text: strings.TrimRight(fixture(t, ndjson), "}\n"), err: "out:60: the file is cut off"},
		{name: "an open quote", why: "the same", text: with("") + with(`"open`), err: "out:2: the file ends within a quoted field"},
		{name: "another row", why: "a damaged file", text: with("") + "x,200,1\n", err: `out:2: not a result of vegeta encode --to csv: ["x" "200" "1"]`},
		{name: "fewer columns", why: "a damaged file", text: with("") + "1795445329909751071,200,1500000,0\n", err: "out:2: not a result"},
		{name: "another object", why: "a damaged file", text: fixture(t, ndjson) + `{"latency":1}` + "\n", err: "out:61: not a result"},
		{name: "a negative latency", why: "the clock was set back", text: fixture(t, ndjson, `"latency":893788`, `"latency":-1`), err: "out:1: not a result"},
		{name: "another tool's output", why: "--from vegeta says so", text: "hello\n", err: `out: nothing that vegeta writes, the file begins with "hello\n"`},
	})
}

func TestVegetaCut(t *testing.T) {
	checkCuts(t, "vegeta", "vegeta/base.txt", "200:400")
	checkCuts(t, "vegeta", "vegeta/base.hist.txt", "+Inf]   0")
	checkCuts(t, "vegeta", "vegeta/base.report.json", "[]}")
	data, err := os.ReadFile("testdata/vegeta/refused.bin")
	require.NoError(t, err)
	whole := 0
	for n := 256; n < len(data); n++ {
		if run, err := Read(bytes.NewReader(data[:n]), "out", "vegeta"); err == nil {
			whole++ // a stream that ends between two results cannot be told from a shorter one
			require.NotEmpty(t, run.Series)
		}
	}
	require.Equal(t, 19, whole, "of 20 results")
}

// TestVegetaSamples compares raw results with what plain scripts found in them.
func TestVegetaSamples(t *testing.T) {
	paths, err := filepath.Glob("testdata/vegeta/*" + truthSuffix)
	require.NoError(t, err)
	found := 0
	for _, path := range paths {
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		var want struct {
			Samples struct {
				Count, Min, Max, Mean float64
				Stdev                 float64            `json:"stdev_sample"`
				Rank                  map[string]float64 `json:"nearest_rank"`
			}
		}
		require.NoError(t, json.Unmarshal(data, &want))
		s := want.Samples
		if s.Count == 0 {
			continue
		}
		found++
		run, err := readFile(t, strings.TrimSuffix(path, truthSuffix))
		require.NoError(t, err)
		values := map[string]float64{}
		for _, series := range run.Series {
			values[series.Metric] = series.Samples[0]
		}
		require.Equal(t, s.Count, values["requests"])
		for name, value := range map[string]float64{
			"min": s.Min, "max": s.Max, "mean": s.Mean, "stdev": s.Stdev,
			"p50": s.Rank["p50"], "p90": s.Rank["p90"], "p95": s.Rank["p95"], "p99": s.Rank["p99"],
		} {
			require.InDelta(t, value, values["latency."+name], 1e-9, "%s: %s", path, name)
		}
	}
	require.Equal(t, 6, found)
}

// TestVegetaEncodings writes the same results with vegeta's own encoders, a body
// beyond every line among them.
func TestVegetaEncodings(t *testing.T) {
	var runs []map[string]string
	for _, encoder := range []func(*bytes.Buffer) vegeta.Encoder{
		func(b *bytes.Buffer) vegeta.Encoder { return vegeta.NewEncoder(b) },
		func(b *bytes.Buffer) vegeta.Encoder { return vegeta.NewJSONEncoder(b) },
		func(b *bytes.Buffer) vegeta.Encoder { return vegeta.NewCSVEncoder(b) },
	} {
		var b bytes.Buffer
		encode := encoder(&b)
		for i := range 100 {
			result := vegeta.Result{
				Attack: "a", Seq: uint64(i), Code: uint16(200 + 100*(i%4)), Timestamp: time.Unix(1795445329, int64(i)*1e7),
				Latency: time.Duration(i*i) * time.Microsecond, Error: strings.Repeat("x,\"\n", i%3), Body: make([]byte, i%10), Method: "GET", URL: "http://h/",
			}
			if i == 50 {
				result.Body = make([]byte, 2*maxLine)
			}
			require.NoError(t, encode(&result))
		}
		run, err := Read(&b, "out", "")
		require.NoError(t, err)
		runs = append(runs, summary(run))
	}
	require.Equal(t, "100", runs[0]["requests"])
	require.Equal(t, "0.5", runs[0]["error_rate"])
	require.Equal(t, runs[0], runs[1])
	require.Equal(t, runs[0], runs[2])
}

// TestVegetaAllowance holds that a file cannot ask for more memory than a result
// may have.
func TestVegetaAllowance(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, gob.NewEncoder(&b).Encode(vegeta.Result{Code: 200, Timestamp: time.Unix(1, 0), Body: make([]byte, maxVegetaResult)}))
	_, err := Read(&b, "out", "")
	require.ErrorContains(t, err, "out: result 1: more than 67108864 bytes")
}

// BenchmarkVegeta reads raw results in each of their encodings.
func BenchmarkVegeta(b *testing.B) {
	for name, encoder := range map[string]func(io.Writer) vegeta.Encoder{"binary": vegeta.NewEncoder, "JSON": vegeta.NewJSONEncoder, "CSV": vegeta.NewCSVEncoder} {
		b.Run(name, func(b *testing.B) {
			var results bytes.Buffer
			encode := encoder(&results)
			for i := range 20_000 {
				_ = encode(&vegeta.Result{
					Attack: "a", Seq: uint64(i), Code: 200, Timestamp: time.Unix(1795445329, int64(i)*1e6), Latency: time.Duration(i) * time.Microsecond, BytesIn: 1342,
					Method: "GET", URL: "http://127.0.0.1:18080/users?page=1&limit=20", Headers: map[string][]string{"Content-Type": {"application/json"}},
				})
			}
			b.SetBytes(int64(results.Len()))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Read(bytes.NewReader(results.Bytes()), "out", "vegeta"); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
