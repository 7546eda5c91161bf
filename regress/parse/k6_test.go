package parse

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/unit"
)

// k6Truth makes of the truth of a file of k6 what the parser says. In the text a
// sub-metric is listed below its metric, as { name:list }. Of metrics that are no
// metric of k6's own, and of gauges, the truth of the text gives directions that
// contradict those of the JSON: the text does not tell types. The unit of a trend
// of the script's own stands in the script alone.
func k6Truth(metrics []truthMetric, path string) []truthMetric {
	base := ""
	for i := range metrics {
		m := &metrics[i]
		if sub, found := strings.CutPrefix(m.Name, "{ "); found {
			m.Name = base + "{" + strings.Replace(sub, " }", "}", 1)
		} else {
			base, _, _ = strings.Cut(m.Name, ".")
		}
		own := k6Own[k6Base(strings.Split(m.Name, ".")[0])]
		if strings.Contains(path, ".txt.") && (own.kind == "" || own.kind == k6Gauge) || strings.HasPrefix(m.Better, "unknown: ") {
			m.Better = "undeclared"
		}
		if strings.HasPrefix(m.Unit, "as the script says") {
			m.Unit = ""
		}
	}
	return metrics
}

// lookup returns the only sample of a series.
func lookup(t testing.TB, run *regress.Run, benchmark, metric string) float64 {
	t.Helper()
	for _, s := range run.Series {
		if s.Benchmark == benchmark && s.Metric == metric {
			require.Len(t, s.Samples, 1, metric)
			return s.Samples[0]
		}
	}
	t.Fatalf("no series %q %q", benchmark, metric)
	return 0
}

// TestK6Points compares the raw points' summary with the truth, which counts them
// by nearest rank as well.
func TestK6Points(t *testing.T) {
	paths, err := filepath.Glob("testdata/k6/*" + truthSuffix)
	require.NoError(t, err)
	compared := 0
	for _, path := range paths {
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		var want struct {
			Parse   string
			Samples struct {
				Min, Max, Mean float64
				NearestRank    map[string]float64 `json:"nearest_rank"`
			}
		}
		require.NoError(t, json.Unmarshal(data, &want))
		if want.Samples.NearestRank == nil || want.Parse != "ok" {
			continue
		}
		run, err := readFile(t, strings.TrimSuffix(path, truthSuffix))
		require.NoError(t, err)
		value := func(stat string) float64 { return lookup(t, run, "", "http_req_duration."+stat) }
		require.InDelta(t, want.Samples.Min, value("min"), 1e-9)
		require.InDelta(t, want.Samples.Max, value("max"), 1e-9)
		require.InDelta(t, want.Samples.Mean, value("mean"), 1e-6)
		for p, v := range want.Samples.NearestRank {
			require.InDelta(t, v, value(p), 1e-9, path)
		}
		compared++
	}
	require.Greater(t, compared, 5)
}

// TestK6Layouts holds that one run gives the same in each layout that knows as
// much: names, kinds and directions.
func TestK6Layouts(t *testing.T) {
	names := func(path string) map[string]unit.Direction {
		run, err := readFile(t, "testdata/k6/"+path)
		require.NoError(t, err)
		names := map[string]unit.Direction{}
		for _, s := range run.Series {
			names[s.Metric] = s.Direction
		}
		return names
	}
	export := names("base.summary-export.json")
	require.Equal(t, export, names("base.handlesummary.json"))
	for _, path := range []string{"base.csv", "base.ndjson", "base.raw.txt", "flaky.txt", "base.summary-new.json"} {
		for name, direction := range names(path) {
			if known, both := export[name]; both {
				require.Equal(t, known, direction, "%s: %s", path, name)
			}
		}
	}
}

func readText(t testing.TB, format, text string) (*regress.Run, error) {
	t.Helper()
	return Read(strings.NewReader(text), "file", format)
}

// TestK6Printed holds every form in which k6 prints a number.
func TestK6Printed(t *testing.T) {
	for text, want := range map[string]struct {
		value float64
		unit  string
	}{
		"0s": {0, "s"}, "510ns": {510e-9, "s"}, "3.95µs": {3.95e-6, "s"}, "12.34ms": {12.34e-3, "s"}, "2.5s": {2.5, "s"},
		"1m30s": {90, "s"}, "1h2m3s": {3723, "s"}, "1234567.89us": {1.23456789, "s"},
		"0 B": {0, "B"}, "3.4567 B": {3.4567, "B"}, "558 kB": {558e3, "B"}, "2.8 MB": {2.8e6, "B"}, "1.2 TB": {1.2e12, "B"},
		"6472": {6472, "1"}, "1302.125464": {1302.125464, "1"}, "1e+21": {1e21, "1"},
	} {
		value, unit, ok := k6Printed(text)
		require.True(t, ok, text)
		require.InEpsilon(t, want.value+1, value+1, 1e-12, text)
		require.Equal(t, want.unit, unit, text)
	}
	for _, text := range []string{"", "fast", "1.2 KiB", "12 ms", "-", "1,5ms"} {
		_, _, ok := k6Printed(text)
		require.False(t, ok, text)
	}
}

// manyMetrics are points of metrics that all have another name.
func manyMetrics() string {
	var b strings.Builder
	for i := range k6Most + 1 {
		fmt.Fprintf(&b, "user_%d,1795443432,1.0,200\n", i)
	}
	return b.String()
}

// k6OldText is handmade after the text of k6 before v0.57: one list, marks
// before the metrics that have thresholds, ✓ and ✗ in rates.
const k6OldText = "running (0m04.0s), 0/2 VUs, 20 complete and 0 interrupted iterations\r\ndefault ✓ [ 100% ] 2 VUs  4s\n\n" +
	"     ✗ is fine\n      ↳  90% — ✓ 18 / ✗ 2\n\n" +
	"     checks.........................: 90.00% ✓ 18       ✗ 2  \n" +
	"     data_received..................: 2.8 MB 693 kB/s\n" +
	"   \x1b[31m✗\x1b[0m http_req_duration..............: avg=1.5ms    min=0s  med=1.2ms max=1m30s p(90)=1.9ms p(95)=2ms\n" +
	"       { expected_response:true }...: avg=1.4ms    min=0s  med=1.2ms max=1m30s p(90)=1.9ms p(95)=2ms\n" +
	"   ✓ http_req_failed................: 25.00% ✓ 5        ✗ 15 \n" +
	"     http_reqs......................: 20     5.0/s\n" +
	"     payload........................: avg=1.2 kB   min=900 B max=1.5 kB\n" +
	"     vus............................: 2      min=2      max=2\n"

// TestK6TextCut holds that a summary without its end is not read as a shorter one.
func TestK6TextCut(t *testing.T) {
	data, err := os.ReadFile("testdata/k6/base.txt")
	require.NoError(t, err)
	lines := strings.SplitAfter(strings.TrimRight(string(data), "\n"), "\n")
	lines[len(lines)-1] += "\n"
	_, err = readText(t, "k6", strings.Join(lines, ""))
	require.NoError(t, err, "empty lines at the end may be lost")
	for _, n := range []int{1, 2, 3, 4, 5, 8, 10} { // an empty line behind the HTTP metrics could be the end
		_, err = readText(t, "k6", strings.Join(lines[:len(lines)-n], ""))
		require.ErrorContains(t, err, "cut off within the summary")
	}
}

func TestK6OldText(t *testing.T) {
	run, err := readText(t, "auto", k6OldText)
	require.NoError(t, err)
	for metric, want := range map[string]float64{
		"checks.rate": 0.9, "data_received.count": 2.8e6, "data_received.rate": 693e3,
		"http_req_duration.mean": 1.5e-3, "http_req_duration.max": 90, "http_req_duration{expected_response:true}.mean": 1.4e-3,
		"http_req_failed.rate": 0.25, "http_reqs.rate": 5, "payload.mean": 1200, "vus.value": 2,
	} {
		require.InEpsilon(t, want, lookup(t, run, "", metric), 1e-12, metric)
	}
	require.Len(t, run.Warnings, 1)
	require.Contains(t, run.Warnings[0].Message, "threshold was crossed: http_req_duration")
}

// TestK6TextTwice holds that two runs in one log are two samples.
func TestK6TextTwice(t *testing.T) {
	run, err := readText(t, "k6", k6OldText+k6OldText)
	require.NoError(t, err)
	for _, s := range run.Series {
		require.Len(t, s.Samples, 2, s.Metric)
	}
}

// TestK6WithoutSamples holds that a number of nothing is none.
func TestK6WithoutSamples(t *testing.T) {
	broken := func(text string) map[string]string {
		run, err := readText(t, "k6", text)
		require.NoError(t, err)
		reasons := map[string]string{}
		for _, s := range run.Series {
			reasons[s.Metric] = s.Broken
		}
		return reasons
	}
	got := broken(`{"root_group": {}, "metrics": {
		"http_req_duration": {"avg": 3, "p(95)": 4}, "http_req_duration{scenario:edit}": {"avg": 0, "p(95)": 0},
		"http_req_failed{scenario:edit}": {"passes": 0, "fails": 0, "value": 0, "thresholds": {"rate<0.1": false}},
		"http_req_waiting": {"avg": null, "p(95)": 1}}}`)
	require.Empty(t, got["http_req_duration.p95"])
	require.Contains(t, got["http_req_duration{scenario:edit}.p95"], "no sample with these tags")
	require.Contains(t, got["http_req_failed{scenario:edit}.rate"], "no sample")
	require.Contains(t, got["http_req_waiting.mean"], "NaN")

	const point = `{"metric":"http_req_duration","type":"Point","data":{"time":"2026-11-23T14:17:12.1Z","value":%v,"tags":{"status":"200"}}}` + "\n"
	const metric = `{"type":"Metric","data":{"name":"http_req_duration","type":"trend","contains":"time","submetrics":[{"name":"http_req_duration{status:200}","tags":{"status":"200"}},{"name":"http_req_duration{status:500}","tags":{"status":"500"}}]},"metric":"http_req_duration"}` + "\n"
	run, err := readText(t, "auto", metric+fmt.Sprintf(point, 12.5))
	require.NoError(t, err)
	require.Equal(t, 12.5, lookup(t, run, "", "http_req_duration{status:200}.p95"))
	for _, s := range run.Series {
		require.NotContains(t, s.Metric, "status:500", "nothing is known of it")
	}
	for text, want := range map[string]string{
		metric:                                     "not one point",
		fmt.Sprintf(point, 1):                      "which no line before declares",
		metric + fmt.Sprintf(point, 1)[:100]:       "cut off within its last line",
		metric + fmt.Sprintf(point, `"fast"`):      "neither a metric nor a point",
		metric + fmt.Sprintf(point, 1) + "{}\n":    "file:3: neither a metric nor a point",
		k6CSVHeader + "status\n":                   "not one point",
		k6CSVHeader + "status\n" + manyMetrics():   "more than 256 metrics",
		k6CSVHeader + "status\nhttp_reqs,1,2,200":  "cut off within its last row",
		k6CSVHeader + "status\nhttp_reqs,1,2\n":    "file:2: 3 columns",
		k6CSVHeader + "status\nhttp_reqs,1,x,\n":   "file:2: not a point of k6",
		k6CSVHeader + "status\nhttp_reqs,1,\"2,\n": "ends within a quoted field",
	} {
		_, err := readText(t, "k6", text)
		require.ErrorContains(t, err, want)
	}
}

// TestK6Times holds the time formats of the CSV, and that a rate needs times that
// are fine enough.
func TestK6Times(t *testing.T) {
	for text, rated := range map[string]bool{
		"%d": false, "%d000": true, "%d000000": true, "%d000000000": true,
	} {
		var b strings.Builder
		b.WriteString(k6CSVHeader + "status\n")
		for i := range 5 {
			fmt.Fprintf(&b, "http_reqs,"+text+",1.000000,200\n", 1795443432+i)
		}
		run, err := readText(t, "auto", b.String())
		require.NoError(t, err)
		require.Equal(t, int64(1795443432), run.Time.Unix(), text)
		require.Equal(t, 5.0, lookup(t, run, "", "http_reqs.count"))
		if rated {
			require.Equal(t, 1.25, lookup(t, run, "", "http_reqs.rate"))
		} else {
			require.Len(t, run.Series, 1)
		}
	}
	at, _, ok := k6Time([]byte("2026-11-23T14:17:12+02:00"))
	require.True(t, ok)
	require.Equal(t, "2026-11-23T12:17:12Z", at.UTC().Format("2006-01-02T15:04:05Z"))
}

// k6Lines writes the points of n requests, as --out json and as --out csv do.
func k6Lines(w io.Writer, n int, csv bool) (err error) {
	value := func(i int) float64 { return 1 + math.Mod(float64(i)*0.618034, 100) }
	if csv {
		_, err = fmt.Fprintln(w, "metric_name,timestamp,metric_value,check,error,error_code,expected_response,group,method,name,proto,scenario,service,status,subproto,tls_version,url,extra_tags,metadata")
	} else {
		_, err = fmt.Fprintln(w, `{"type":"Metric","data":{"name":"http_req_duration","type":"trend","contains":"time","thresholds":[],"submetrics":[{"name":"http_req_duration{expected_response:true}","suffix":"expected_response:true","tags":{"expected_response":"true"}}]},"metric":"http_req_duration"}`)
	}
	var line []byte
	for i := 0; i < n && err == nil; i++ {
		if csv {
			line = fmt.Appendf(line[:0], "http_req_duration,%d,%.6f,,,,true,,GET,http://127.0.0.1:8080/users,HTTP/1.1,default,,200,,,http://127.0.0.1:8080/users,,\n", 1795443432+i/1000, value(i))
		} else {
			line = fmt.Appendf(line[:0], `{"metric":"http_req_duration","type":"Point","data":{"time":"2026-11-23T14:%02d:%02d.%06d158Z","value":%.6f,"tags":{"expected_response":"true","group":"","method":"GET","name":"http://127.0.0.1:8080/users","proto":"HTTP/1.1","scenario":"default","status":"200","url":"http://127.0.0.1:8080/users"}}}`+"\n",
				i/100000%60, i/1000%60, i%1000*1000, value(i))
		}
		_, err = w.Write(line)
	}
	return err
}

// millionRows is how many rows the tests of bounded memory read.
const millionRows = 1_000_000

// streamed reads what write writes, through a pipe.
func streamed(t testing.TB, write func(w io.Writer) error) *regress.Run {
	r, w := io.Pipe()
	go func() { w.CloseWithError(write(w)) }()
	run, err := Read(r, "stream", "auto")
	require.NoError(t, err)
	return run
}

func TestK6MillionPoints(t *testing.T) {
	if testing.Short() {
		t.Skip("a million rows are many for -short")
	}
	for _, csv := range []bool{false, true} {
		run := streamed(t, func(w io.Writer) error { return k6Lines(w, millionRows, csv) })
		for _, name := range []string{"http_req_duration", "http_req_duration{expected_response:true}"} {
			require.InEpsilon(t, 51, lookup(t, run, "", name+".p50"), 2e-3)
			require.InEpsilon(t, 96, lookup(t, run, "", name+".p95"), 2e-3)
		}
	}
}

func BenchmarkK6(b *testing.B) {
	for _, csv := range []bool{false, true} {
		b.Run(map[bool]string{false: "json", true: "csv"}[csv], func(b *testing.B) {
			var input bytes.Buffer
			if err := k6Lines(&input, 50_000, csv); err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(input.Len()))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Read(bytes.NewReader(input.Bytes()), "log", "k6"); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
