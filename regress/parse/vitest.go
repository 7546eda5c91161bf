package parse

import (
	"fmt"
	"io"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/internal/strict"
	"github.com/org/regress-gate/regress/unit"
)

var vitestFormat = Format{
	Name:    "vitest",
	Doc:     "vitest bench --outputJson",
	Example: "npx vitest bench --run --outputJson vitest.json",
	Metrics: "hz (ops/s), mean, median, min, max, sd, p75, p99, p995, p999 (s)",
	Sniff:   func(head []byte) bool { return hasPaths(head, "files[].filepath", "files[].groups") },
	Parse:   parseVitest,
}

// vitestTimes are the times of a benchmark, which stand there in milliseconds.
// The samples, where a benchmark was told to keep them, are single calls that
// follow each other, and no repetitions: their summaries are taken.
var vitestTimes = []string{"mean", "median", "min", "max", "sd", "p75", "p99", "p995", "p999"}

type vitestBenchmark struct {
	name  string
	stats map[string]float64
}

func parseVitest(r io.Reader, o Options) (*regress.Run, error) {
	j := strict.NewJSON(plainNumbers(r), o.File)
	var list []vitestBenchmark
	j.Object("the document", func(key string) {
		if key != "files" {
			j.Skip()
			return
		}
		j.Array(key, func() {
			j.Object("a file", func(key string) {
				if key != "groups" {
					j.Skip()
					return
				}
				j.Array(key, func() { list = append(list, readVitestGroup(j)...) })
			})
		})
	})
	if err := j.Done(); err != nil {
		return nil, err
	}
	if err := distinct(list, func(b *vitestBenchmark) (*string, string) { return &b.name, "" }); err != nil {
		return nil, fmt.Errorf("%s: %w", o.File, err)
	}
	c := newCollector(o.File)
	for _, b := range list {
		hz, known := b.stats["hz"]
		if samples, counted := b.stats["sampleCount"]; !known || counted && samples == 0 {
			c.failure(0, "%.200q was not measured: it failed", b.name)
			continue
		}
		c.take(b.name, callRate, hz)
		for _, name := range vitestTimes {
			if v, known := b.stats[name]; known {
				c.take(b.name, metric{name, "s", unit.Lower}, v/1e3)
			}
		}
	}
	return c.finish("no benchmark was measured")
}

func readVitestGroup(j *strict.JSON) (list []vitestBenchmark) {
	var group string
	j.Object("a group", func(key string) {
		switch key {
		case "fullName":
			group = j.Text(key)
		case "benchmarks":
			j.Array(key, func() {
				b := vitestBenchmark{stats: map[string]float64{}}
				j.Object("a benchmark", func(key string) {
					switch kind := j.Kind(); {
					case key == "name":
						b.name = j.Text(key)
					case kind == '0':
						b.stats[key], _ = number(j, key)
					default:
						j.Skip()
					}
				})
				list = append(list, b)
			})
		default:
			j.Skip()
		}
	})
	for i := range list {
		list[i].name = group + " > " + list[i].name
	}
	return list
}
