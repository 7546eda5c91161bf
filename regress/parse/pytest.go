package parse

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/internal/strict"
	"github.com/org/regress-gate/regress/unit"
)

var pytestFormat = Format{
	Name:    "pytest",
	Doc:     "pytest-benchmark --benchmark-json, and what --benchmark-save stores",
	Example: "pytest --benchmark-json=pytest.json",
	Metrics: "time (all rounds, s; without data: mean, median, stddev, min, max), ops",
	Sniff: func(head []byte) bool {
		return hasPaths(head, "machine_info", "benchmarks") || hasPaths(head, "benchmarks[].fullname", "benchmarks[].stats")
	},
	Parse: parsePytest,
}

// pytestBenchmark is one test. All times are in seconds, whatever its table shows.
type pytestBenchmark struct {
	name, full, group string
	stats             map[string]float64
	data              []float64 // absent with --benchmark-save without --benchmark-save-data
}

// pytestSummaries are the statistics that stand for the data where it is absent.
var pytestSummaries = []string{"mean", "median", "stddev", "min", "max"}

func parsePytest(r io.Reader, o Options) (*regress.Run, error) {
	j := strict.NewJSON(plainNumbers(r), o.File)
	c := newCollector(o.File)
	var list []pytestBenchmark
	j.Object("the document", func(key string) {
		switch key {
		case "machine_info":
			c.pytestMachine(j)
		case "commit_info":
			j.Object(key, func(key string) {
				if key != "id" {
					j.Skip()
				} else if id := text(j, key); id != "unversioned" && id != "unknown" {
					c.about.Commit = id
				}
			})
		case "datetime":
			c.about.Time = pytestTime(text(j, key))
		case "benchmarks":
			j.Array(key, func() { list = append(list, readPytest(j)) })
		default:
			j.Skip()
		}
	})
	if err := j.Done(); err != nil {
		return nil, err
	}
	if err := distinct(list, func(b *pytestBenchmark) (*string, string) { return &b.full, parameters([]string{b.group}) }); err != nil {
		return nil, fmt.Errorf("%s: %w", o.File, err)
	}
	for _, b := range list {
		if len(b.stats) == 0 {
			c.failure(0, "%.200q has no statistics: it failed before it was measured", b.full)
			continue
		}
		c.take(b.full, secondsPerCall, b.data...)
		for _, name := range pytestSummaries {
			if v, known := b.stats[name]; known && len(b.data) == 0 {
				c.take(b.full, metric{name, "s", unit.Lower}, v)
			}
		}
		if ops, known := b.stats["ops"]; known {
			c.take(b.full, operationRate, ops)
		}
	}
	return c.finish("no benchmark was measured (none ran, or --benchmark-skip was given)")
}

func readPytest(j *strict.JSON) (b pytestBenchmark) {
	b.stats = map[string]float64{}
	j.Object("a benchmark", func(key string) {
		switch {
		case key == "name":
			b.name = j.Text(key)
		case key == "fullname":
			b.full = text(j, key)
		case key == "group":
			b.group = text(j, key)
		case key == "stats" && j.Kind() == '{':
			j.Object(key, func(key string) {
				if key == "data" {
					b.data = numbers(j, key)
					return
				}
				if key == "outliers" { // "1;2"
					j.Skip()
					return
				}
				if v, known := number(j, key); known {
					b.stats[key] = v
				}
			})
		default:
			j.Skip()
		}
	})
	b.full = cmp.Or(b.full, b.name)
	return b
}

func (c *collector) pytestMachine(j *strict.JSON) {
	if j.Kind() != '{' {
		j.Skip()
		return
	}
	e := &c.about.Env
	j.Object("machine_info", func(key string) {
		switch {
		case key == "system":
			e.GOOS = strings.ToLower(text(j, key))
		case key == "machine":
			e.GOARCH = goarch(text(j, key))
		case key == "cpu" && j.Kind() == '{':
			j.Object(key, func(key string) {
				switch key {
				case "brand", "brand_raw": // before and since version 4 of py-cpuinfo
					e.CPU = text(j, key)
				case "count":
					e.Cores = j.Count(key)
				default:
					j.Skip()
				}
			})
		default:
			j.Skip()
		}
	})
}

// pytestTime reads a time of UTC, which versions before 4 write without saying so;
// the zero time where it is none.
func pytestTime(s string) time.Time {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}
