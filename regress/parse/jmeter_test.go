package parse

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestJMeterLabels compares the whole run and each label with the truth, which
// counts percentiles by nearest rank as well.
func TestJMeterLabels(t *testing.T) {
	type group struct {
		Samples struct {
			Count, Min, Max, Mean float64
			Stdev                 *float64           `json:"stdev_sample"`
			NearestRank           map[string]float64 `json:"nearest_rank"`
		}
		Errors     float64
		ErrorRate  float64 `json:"error_rate"`
		Throughput float64 `json:"throughput_per_s"`
		Bytes      float64
		Span       float64 `json:"span_s"`
	}
	paths, err := filepath.Glob("testdata/jmeter/*" + truthSuffix)
	require.NoError(t, err)
	compared := 0
	for _, path := range paths {
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		var want struct {
			Kind  string
			Total group
			By    map[string]group `json:"by_label"`
		}
		require.NoError(t, json.Unmarshal(data, &want))
		if want.Kind != "samples" || want.By == nil {
			continue
		}
		run, err := readFile(t, strings.TrimSuffix(path, truthSuffix))
		require.NoError(t, err, path)
		want.By[""] = want.Total
		for label, g := range want.By {
			near := func(want float64, metric string) {
				require.InDelta(t, want, lookup(t, run, label, metric), 1e-6+1e-6*want, "%s: %s", path, metric)
			}
			near(g.Samples.Mean/1000, "latency.mean")
			near(*g.Samples.Stdev/1000, "latency.stdev")
			near(g.Samples.Min/1000, "latency.min")
			near(g.Samples.Max/1000, "latency.max")
			for p, v := range g.Samples.NearestRank {
				near(v/1000, "latency."+p)
			}
			near(g.Samples.Count, "requests")
			near(g.Errors, "errors")
			near(g.ErrorRate, "error_rate")
			near(g.Throughput, "throughput")
			near(g.Bytes/g.Span, "transfer_rate")
			compared++
		}
	}
	require.Greater(t, compared, 40)
}

// TestJMeterStatistics compares the dashboard's file with what it says.
func TestJMeterStatistics(t *testing.T) {
	run, err := readFile(t, "testdata/jmeter/jmeter5.statistics.json")
	require.NoError(t, err)
	for metric, want := range map[string]float64{
		"requests": 125, "latency.mean": 1.376e-3, "latency.p50": 1e-3, "latency.p90": 5e-3, "latency.p95": 6e-3, "latency.p99": 8e-3,
		"error_rate": 0, "throughput": 266.52452025586354, "transfer_rate": 367.51232675906186 * 1024,
	} {
		require.InDelta(t, want, lookup(t, run, "GET /users", metric), 1e-6, metric)
	}
	require.Equal(t, 500.0, lookup(t, run, "", "requests"))

	run, err = readText(t, "auto", `{"Total": {"transaction": "Total", "sampleCount": 0, "errorPct": "NaN", "meanResTime": 0.0}}`)
	require.NoError(t, err)
	require.Len(t, run.Warnings, 1)
	for _, s := range run.Series {
		require.Equal(t, s.Metric != "requests", s.Broken != "", s.Metric)
	}
}

// TestJMeterColumns holds every choice of columns, delimiter and time stamp.
func TestJMeterColumns(t *testing.T) {
	for name, c := range map[string]struct {
		text    string
		metrics map[string]float64
		lacks   string
	}{
		"another order": {"label,success,elapsed,timeStamp\na,true,10,1795444980000\na,false,30,1795444980970\n",
			map[string]float64{"latency.p50": 0.010, "latency.max": 0.030, "error_rate": 0.5, "throughput": 2}, "transfer_rate"},
		"no time stamp": {"elapsed,label,success\n10,a,true\n", map[string]float64{"latency.p95": 0.010, "requests": 1}, "throughput"},
		"no success":    {"elapsed,label,responseCode\n10,a,200\n20,a,Non HTTP response code: java.net.ConnectException\n20,a,404\n", map[string]float64{"errors": 2}, "throughput"},
		"no outcome":    {"timeStamp,elapsed,label\n1795444980000,10,a\n", map[string]float64{"requests": 1}, "error_rate"},
		"no label":      {"timeStamp,elapsed,success\n1795444980001,10,true\n", map[string]float64{"requests": 1, "throughput": 100}, "transfer_rate"},
		"semicolons":    {"timeStamp;elapsed;label;success\n1795444980001;10;a,b;true\n", map[string]float64{"requests": 1}, "transfer_rate"},
		"tabs":          {"timeStamp\telapsed\tlabel\tsuccess\n1795444980001\t10\ta\ttrue\n", map[string]float64{"requests": 1}, "transfer_rate"},
		"dates":         {"timeStamp,elapsed,label,success\n2026/11/23 14:43:00.500,500,a,true\n2026/11/23 14:43:01.500,1000,a,true\n", map[string]float64{"throughput": 1}, "transfer_rate"},
		"whole seconds": {"timeStamp,elapsed,label,success\n2026/11/23 14:43:00,500,a,true\n2026/11/23 14:43:01,1000,a,true\n", map[string]float64{"requests": 2}, "throughput"},
		"variables":     {"timeStamp,elapsed,label,success,\"user\"\n1795444980001,10,a,true,\"1\"\"2\"\n", map[string]float64{"requests": 1}, "transfer_rate"},
		"5.x, no header": {"1795444983859,27,POST,201,Created,Users 1-1,text,true,,178,128,1,1,http://127.0.0.1/x,24,0,0\n",
			map[string]float64{"latency.mean": 0.027, "transfer_rate": 178 / 0.027}, "nothing"},
		"quotes in a label": {"timeStamp,elapsed,label,success\n1795444980001,10,\"say \"\"hi\"\", you\",true\n", map[string]float64{"requests": 1}, "transfer_rate"},
	} {
		for _, text := range []string{c.text, strings.ReplaceAll(c.text, "\n", "\r\n"), "\ufeff" + c.text} {
			run, err := readText(t, "auto", text)
			require.NoError(t, err, name)
			for metric, want := range c.metrics {
				require.InDelta(t, want, lookup(t, run, "", metric), 1e-6*want, "%s: %s", name, metric)
			}
			for _, s := range run.Series {
				require.NotEqual(t, c.lacks, s.Metric, name)
			}
		}
	}
	run, err := readText(t, "jmeter", "timeStamp,elapsed,label,success\n1795444980001,10,\"two\nlines\",true\n1795444980001,10,two lines,true\n")
	require.NoError(t, err)
	require.Equal(t, 2.0, lookup(t, run, "two lines", "requests"))
}

func TestJMeterRefuses(t *testing.T) {
	const header = "timeStamp,elapsed,label,success\n"
	const xml = `<?xml version="1.0"?><testResults version="1.2">`
	const sample = `<sample t="10" ts="1795444980001" s="true" lb="a" rc="200"/>`
	for text, want := range map[string]string{
		header:                                             "not one sample",
		header + "1795444980001,10,a,true":                 "cut off within its last row",
		header + "1795444980001,10,a\n":                    "file:2: 3 columns",
		header + "1795444980001,NaN,a,true\n":              "cannot be",
		header + "1795444980001,-1,a,true\n":               "cannot be",
		header + "1795444980001,x,a,true\n":                "elapsed is no number",
		header + "yesterday,1,a,true\n":                    "time stamp in no known form",
		header + "1795444980001,1,a,maybe\n":               "neither true nor false",
		header + "1795444980001,1,\"a,true\n":              "ends within a quoted field",
		"timeStamp,label,success\n1795444980001,a,true\n":  "no column elapsed",
		"elapsed,label,success,SampleCount\n10,a,true,5\n": "mode=Statistical",
		xml + "</testResults>":                             "not one sample",
		xml + sample:                                       "cut off before </testResults>",
		xml + sample + "</testResults":                     "cut off within a tag",
		xml + sample + "</testResults></x>":                "ends nothing",
		xml + sample + "</testResults><a/>":                "where the file should have ended",
		xml + `<sample ts="1"/></testResults>`:             "cannot be read",
		xml + `<sample s="true"/></testResults>`:           "without t",
		xml + `<sample t="1" lb=a/></testResults>`:         "without a value in quotes",
		xml + `<sample t="1" lb="a/></testResults>`:        "cut off within a tag",
		"summary =      0 in 00:00:00 = ******/s Avg:     0 Min: 9223372036854775807 Max: -9223372036854775808 Err:     0 (0.00%)\n": "not one sample",
		"summary +      5 in 00:00:01 = 5.0/s Avg:     0 Min: 0 Max: 1 Err:     0 (0.00%) Active: 1\n":                               "did not come to its end",
		"summary =      5 in 00:00:01 = 5.0/s Avg:     0 Min: 0 Max: 1 Err:     0 (0.00%)":                                           "cut off",
	} {
		_, err := readText(t, "jmeter", text)
		require.ErrorContains(t, err, want, text)
	}
}

// TestJMeterXML holds what a general reader of XML would do.
func TestJMeterXML(t *testing.T) {
	run, err := readText(t, "auto", `<?xml version="1.0" encoding="UTF-8"?>
<!-- a > comment -->
<testResults version="1.2">
<sample t="100" ts="1795444980001" s="false" lb='a &amp; "b" > c' rc="500" by="10">
  <httpSample t="60" ts="1795444980001" s="false" lb="inner" rc="500"/>
  <responseData class="java.lang.String"><![CDATA[</sample> <sample t="1"> ]]></responseData>
  <!-- <sample t="5"/> -->
</sample>
<httpSample t="300" it="0" lt="1" ct="0" ts="1795444980101" s="true" lb="d" rc="200" by="20"/>
</testResults>
`)
	require.NoError(t, err)
	require.Equal(t, 2.0, lookup(t, run, "", "requests"))
	require.Equal(t, 0.5, lookup(t, run, "", "error_rate"))
	require.InEpsilon(t, 5, lookup(t, run, "", "throughput"), 1e-9)
	require.InEpsilon(t, 75, lookup(t, run, "", "transfer_rate"), 1e-9)
	require.Equal(t, 0.1, lookup(t, run, `a & "b" > c`, "latency.p95"))
}

func TestJMeterConsole(t *testing.T) {
	const first = "INFO o.a.j.r.Summariser: summary =    500 in 00:00:05 =  100,5/s Avg:    12 Min:     1 Max:    90 Err:   500 (100,00%)\n"
	const second = "summary =    100 in 00:00:05 =  20.5/s Avg:    12 Min:     1 Max:    90 Err:   1 (1.00%)\r\n"
	run, err := readText(t, "auto", first)
	require.NoError(t, err)
	require.Equal(t, 100.5, lookup(t, run, "", "throughput"))
	require.Equal(t, 1.0, lookup(t, run, "", "error_rate"))
	require.Len(t, run.Warnings, 1)
	run, err = readText(t, "auto", first+second)
	require.NoError(t, err)
	for _, s := range run.Series {
		require.Len(t, s.Samples, 2, s.Metric)
	}
}

// TestJMeterManyLabels holds that labels are no way to use up memory.
func TestJMeterManyLabels(t *testing.T) {
	var b strings.Builder
	b.WriteString("timeStamp,elapsed,label,success\n")
	for i := range 1000 {
		fmt.Fprintf(&b, "%d,%d,/users/%d,true\n", 1795444980000+i, i, i)
	}
	run, err := readText(t, "auto", b.String())
	require.NoError(t, err)
	require.Len(t, run.Warnings, 1)
	require.Contains(t, run.Warnings[0].Message, "more than 128 labels")
	for _, s := range run.Series {
		require.Empty(t, s.Benchmark)
	}
}

// jmeterWrite writes n samples as JMeter 5 does.
func jmeterWrite(w io.Writer, n int, xml bool) (err error) {
	head, tail := "timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,bytes,sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect\n", ""
	form := "%d,%d,%s,200,OK,Users 1-%d,text,true,,1412,128,5,5,http://127.0.0.1:8080/users?page=1&limit=20,24,0,0\n"
	if xml {
		head, tail = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testResults version=\"1.2\">\n", "</testResults>\n"
		form = `<httpSample ts="%d" t="%d" lb="%s" rc="200" rm="OK" tn="Users 1-%d" dt="text" s="true" by="1412" sby="128" ng="5" na="5" lt="24" it="0" ct="0">` +
			"\n  <java.net.URL>http://127.0.0.1:8080/users?page=1&amp;limit=20</java.net.URL>\n</httpSample>\n"
	}
	if _, err := io.WriteString(w, head); err != nil {
		return err
	}
	labels := [...]string{"POST /users", "GET /users", "GET /users/{id}", "GET /health"}
	var line []byte
	for i := 0; i < n && err == nil; i++ {
		line = fmt.Appendf(line[:0], form, 1795444980000+i/2, i%1000, labels[i%4], i%5)
		_, err = w.Write(line)
	}
	if err == nil {
		_, err = io.WriteString(w, tail)
	}
	return err
}

func TestJMeterMillionSamples(t *testing.T) {
	if testing.Short() {
		t.Skip("a million rows are many for -short")
	}
	for _, xml := range []bool{false, true} {
		run := streamed(t, func(w io.Writer) error { return jmeterWrite(w, millionRows, xml) })
		require.Equal(t, float64(millionRows), lookup(t, run, "", "requests"))
		require.InEpsilon(t, 0.949, lookup(t, run, "", "latency.p95"), 2e-3)
		require.InEpsilon(t, 0.948, lookup(t, run, "POST /users", "latency.p95"), 2e-3)
		require.InEpsilon(t, millionRows/500.5, lookup(t, run, "", "throughput"), 2e-3)
	}
}

func BenchmarkJMeter(b *testing.B) {
	for _, xml := range []bool{false, true} {
		b.Run(map[bool]string{false: "csv", true: "xml"}[xml], func(b *testing.B) {
			var input bytes.Buffer
			if err := jmeterWrite(&input, 50_000, xml); err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(input.Len()))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Read(bytes.NewReader(input.Bytes()), "log", "jmeter"); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
