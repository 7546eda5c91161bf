package parse

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/internal/strict"
	"github.com/org/regress-gate/regress/unit"
)

var benchmarkDotNetFormat = Format{
	Name:    "benchmarkdotnet",
	Doc:     "BenchmarkDotNet's JSON report, full or brief",
	Example: "dotnet run -c Release -- --exporters json",
	Metrics: "time (all samples, ns; without them mean, median, stddev, min, max), allocated (B/op)",
	Sniff:   func(head []byte) bool { return hasPaths(head, "HostEnvironmentInfo", "Benchmarks") },
	Parse:   parseBenchmarkDotNet,
}

type dotNetBenchmark struct {
	full, namespace, kind, method, parameters, job string
	samples                                        []float64 // ns per operation, without overhead
	stats                                          map[string]float64
	allocated                                      float64
	allocates                                      bool // allocations were measured
}

// dotNetSummaries are the statistics that stand for the samples where those are
// absent, with the names that they get here.
var dotNetSummaries = [][2]string{{"Mean", "mean"}, {"Median", "median"}, {"StandardDeviation", "stddev"}, {"Min", "min"}, {"Max", "max"}}

func parseBenchmarkDotNet(r io.Reader, o Options) (*regress.Run, error) {
	j := strict.NewJSON(plainNumbers(r), o.File)
	c := newCollector(o.File)
	var list []dotNetBenchmark
	j.Object("the document", func(key string) {
		switch key {
		case "HostEnvironmentInfo":
			c.dotNetHost(j)
		case "Benchmarks":
			j.Array(key, func() { list = append(list, readDotNet(j)) })
		default:
			j.Skip()
		}
	})
	if err := j.Done(); err != nil {
		return nil, err
	}
	for i := range list {
		b := &list[i]
		if b.full == "" {
			b.full = strings.TrimPrefix(b.namespace+"."+b.kind+"."+b.method, ".")
			if b.parameters != "" {
				b.full += "(" + b.parameters + ")"
			}
		}
	}
	if err := distinct(list, func(b *dotNetBenchmark) (*string, string) { return &b.full, " [" + b.job + "]" }); err != nil {
		return nil, fmt.Errorf("%s: %w", o.File, err)
	}
	for i := range list {
		c.dotNet(&list[i])
	}
	return c.finish("no benchmark was measured")
}

func (c *collector) dotNet(b *dotNetBenchmark) {
	if len(b.samples) == 0 && len(b.stats) == 0 {
		c.failure(0, "%.200q has no statistics: it failed", b.full)
		return
	}
	c.take(b.full, nanosecondsPerCall, b.samples...)
	for _, names := range dotNetSummaries {
		if v, known := b.stats[names[0]]; known && len(b.samples) == 0 {
			c.take(b.full, metric{names[1], "ns", unit.Lower}, v)
		}
	}
	if b.allocates {
		c.take(b.full, metric{"allocated", "B/op", unit.Lower}, b.allocated)
	}
}

func readDotNet(j *strict.JSON) (b dotNetBenchmark) {
	b.stats = map[string]float64{}
	fields := map[string]*string{
		"FullName": &b.full, "Namespace": &b.namespace, "Type": &b.kind, "Method": &b.method, "Parameters": &b.parameters,
	}
	j.Object("a benchmark", func(key string) {
		switch {
		case fields[key] != nil:
			*fields[key] = text(j, key)
		case key == "DisplayInfo": // Type.Method: Job(…) [parameters]
			_, b.job, _ = strings.Cut(text(j, key), ": ")
			b.job, _, _ = strings.Cut(b.job, " [")
		case key == "Statistics" && j.Kind() == '{':
			j.Object(key, func(key string) {
				switch {
				case key == "OriginalValues":
					b.samples = numbers(j, key)
				case j.Kind() == '0':
					b.stats[key], _ = number(j, key)
				default:
					j.Skip()
				}
			})
		case key == "Memory" && j.Kind() == '{':
			j.Object(key, func(key string) {
				if key != "BytesAllocatedPerOperation" {
					j.Skip()
					return
				}
				b.allocated, b.allocates = number(j, key)
			})
		default: // Measurements, which hold warm-up and overhead too
			j.Skip()
		}
	})
	return b
}

func (c *collector) dotNetHost(j *strict.JSON) {
	e := &c.about.Env
	j.Object("HostEnvironmentInfo", func(key string) {
		switch key {
		case "ProcessorName":
			if name := text(j, key); !strings.HasPrefix(name, "Unknown") {
				e.CPU = name
			}
		case "LogicalCoreCount":
			if n, known := number(j, key); known && n >= 1 {
				e.Cores = int(n)
			}
		case "Architecture":
			if name := text(j, key); !strings.HasSuffix(name, "bit") { // old versions say no more than "64bit"
				e.GOARCH = goarch(name)
			}
		case "OsVersion":
			switch word, _, _ := strings.Cut(text(j, key), " "); word {
			case "Windows":
				e.GOOS = "windows"
			case "macOS":
				e.GOOS = "darwin"
			}
		case "HasAttachedDebugger":
			if j.Kind() == 't' {
				c.remark(0, "a debugger was attached: that affects all times")
			}
			j.Skip()
		case "Configuration":
			if name := cmp.Or(text(j, key), "RELEASE"); name == "DEBUG" {
				c.remark(0, "the benchmarks were built without optimisation (%s)", name)
			}
		default:
			j.Skip()
		}
	})
}
