package parse

import (
	"io"
	"math"
	"slices"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/internal/strict"
)

// sniffJMeterStatistics accepts an object of which each member is one label.
func sniffJMeterStatistics(head []byte) bool {
	labels, other := 0, false
	s := newNativeSniffer(head)
	s.object(func(string) bool {
		if s.dec.PeekKind() != '{' {
			other = s.dec.PeekKind() != 0
			return false
		}
		named := 0
		done := s.object(func(key string) bool {
			if slices.Contains([]string{"transaction", "sampleCount", "meanResTime", "errorPct"}, key) {
				named++
			}
			return s.dec.SkipValue() == nil
		})
		if named >= 3 {
			labels++
		} else if done {
			other = true
		}
		return done && !other
	})
	return labels > 0 && !other
}

// jmeterStatistic is what the dashboard says of a label, and how much of it is
// one of the base unit. The percentiles are the 90th, 95th and 99th as long as
// aggregate_rpt_pct1 to 3 are not set, of which the file does not tell.
var jmeterStatistic = []struct {
	key, metric, unit string
	per               float64
}{
	{"sampleCount", "requests", "count", 1},
	{"errorCount", "errors", "count", 1},
	{"errorPct", "error_rate", "ratio", 100},
	{"meanResTime", "latency.mean", "s", 1000},
	{"minResTime", "latency.min", "s", 1000},
	{"maxResTime", "latency.max", "s", 1000},
	{"medianResTime", "latency.p50", "s", 1000},
	{"pct1ResTime", "latency.p90", "s", 1000},
	{"pct2ResTime", "latency.p95", "s", 1000},
	{"pct3ResTime", "latency.p99", "s", 1000},
	{"throughput", "throughput", "req/s", 1},
	{"receivedKBytesPerSec", "transfer_rate", "B/s", 1.0 / 1024},
}

// parseJMeterStatistics reads statistics.json of the dashboard. The label Total is
// the whole run.
func parseJMeterStatistics(r io.Reader, o Options) (*regress.Run, error) {
	report := newReport(o.File)
	j := strict.NewJSON(r, o.File)
	j.Object("the statistics", func(label string) {
		values := map[string]float64{}
		j.Object("a label", func(key string) {
			switch j.Kind() {
			case '0', 'n':
				values[key] = k6Number(j, key)
			case '"':
				if v, ok := parseNumber([]byte(j.Text(key)), 0); ok {
					values[key] = v // "NaN"
				}
			default:
				j.Skip()
			}
		})
		if label == "Total" {
			label = ""
		}
		count, known := values["sampleCount"]
		if !known {
			j.Problem("%.100q has no sampleCount: these are no statistics of JMeter", label)
			return
		}
		if count == 0 {
			report.failure(0, "%.200q has not one sample", label)
		} else if values["errorPct"] == 100 {
			report.failure(0, "each of the %v requests of %.200q failed: latency and throughput are those of failures", count, label)
		}
		for _, s := range jmeterStatistic {
			value, known := values[s.key]
			if !known {
				continue
			}
			if count == 0 && s.key != "sampleCount" {
				value = math.NaN()
			}
			report.add(label, s.metric, s.unit, value/s.per)
		}
	})
	if err := j.Done(); err != nil {
		return nil, err
	}
	return report.run(), nil
}
