package parse

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/internal/strict"
	"github.com/org/regress-gate/regress/unit"
)

// What the action github-action-benchmark reads (a list of custom results) and
// what it stores (data.js, or external-data-json-path: the same as plain JSON).
var (
	gabFormat = Format{
		Name:    "github-action-benchmark",
		Doc:     "data.js or external-data-json-path of github-action-benchmark (convert keeps its history), or a custom result list",
		Example: "git show gh-pages:dev/bench/data.js > data.js; regress-gate convert data.js > baseline.json",
		Metrics: "those stored, under the names that the tool's own output is read with",
		Sniff: func(head []byte) bool {
			return bytes.HasPrefix(bytes.TrimLeft(head, " \t\r\n"), []byte(gabVariable)) ||
				hasPaths(head, "lastUpdate", "entries") || hasPaths(head, "[].name", "[].unit", "[].value")
		},
		Parse: func(r io.Reader, o Options) (*regress.Run, error) { return parseGab(r, o, "") },
		Past:  parseGabPast,
	}
	gabSmallerFormat = Format{
		Name:    "customSmallerIsBetter",
		Doc:     "a custom result list for github-action-benchmark, less is better (named with --from: the file does not say)",
		Example: `echo '[{"name": "CPU load", "unit": "Percent", "value": 50}]' > result.json`,
		Metrics: "those that the file names",
		Sniff:   func([]byte) bool { return false },
		Parse:   func(r io.Reader, o Options) (*regress.Run, error) { return parseGab(r, o, "customSmallerIsBetter") },
		Twin:    "github-action-benchmark",
	}
	gabBiggerFormat = Format{
		Name:    "customBiggerIsBetter",
		Doc:     "the same, more is better",
		Example: `echo '[{"name": "Throughput", "unit": "req/s", "value": 70}]' > result.json`,
		Metrics: "those that the file names",
		Sniff:   func([]byte) bool { return false },
		Parse:   func(r io.Reader, o Options) (*regress.Run, error) { return parseGab(r, o, "customBiggerIsBetter") },
		Twin:    "github-action-benchmark",
	}
)

// gabVariable begins data.js, which a page loads as a script.
const gabVariable = "window.BENCHMARK_DATA"

// parseGab reads a list of custom results, or the newest run of each suite of a
// stored history.
func parseGab(r io.Reader, o Options, tool string) (*regress.Run, error) {
	b := bufio.NewReaderSize(r, sniffLen)
	head, _ := b.Peek(sniffLen)
	if firstByte(head) != '[' {
		if tool != "" {
			return nil, fmt.Errorf("%s: not a list of results, [{\"name\": …, \"unit\": …, \"value\": …}]", o.File)
		}
		past, err := parseGabPast(b, o)
		if err != nil {
			return nil, err
		}
		run := &regress.Run{Commit: past.Commit, Time: past.Time, Warnings: past.Warnings}
		for _, e := range past.Entries {
			run.Series = append(run.Series, e.Series)
		}
		return run, nil
	}
	g := gabReader{JSON: strict.NewJSON(plainNumbers(b), o.File), warnings: warnings{file: o.File}}
	benches := g.benches("results")
	seen := map[string]bool{}
	for _, b := range benches {
		if seen[b.name] {
			g.Problem("two results are called %.200q", b.name)
		}
		seen[b.name] = true
	}
	if err := g.Done(); err != nil {
		return nil, err
	}
	series, err := g.series(tool, benches)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.File, err)
	}
	if len(series) == 0 {
		return nil, g.nothing("the list holds no result")
	}
	return &regress.Run{Series: series, Warnings: g.list()}, nil
}

// gabBench is one stored result.
type gabBench struct {
	name, unit, extra string
	value             float64
	known             bool // JSON has no way to store NaN: then the value is null or absent
}

type gabReader struct {
	*strict.JSON
	warnings
}

func (g *gabReader) benches(what string) (list []gabBench) {
	g.Array(what, func() {
		var b gabBench
		g.Object("a result", func(key string) {
			switch key {
			case "name":
				b.name = g.Text(key)
			case "unit":
				b.unit = text(g.JSON, key)
			case "extra":
				b.extra = g.loose()
			case "value":
				b.value, b.known = number(g.JSON, key)
			default:
				g.Skip()
			}
		})
		if !g.Failed() && b.name == "" {
			g.Problem("a result without a name")
		}
		list = append(list, b)
	})
	return list
}

// loose reads a text that some write as a number.
func (g *gabReader) loose() string {
	switch g.Kind() {
	case '"':
		return g.Text("a remark")
	case '0':
		return g.Token().String()
	}
	g.Skip()
	return ""
}

// series reads what a tool's results mean. A name that occurs several times, as
// go test -count makes, gives samples of one series.
func (g *gabReader) series(tool string, benches []gabBench) ([]regress.Series, error) {
	read, known := gabTools[tool]
	if !known {
		read = gabCustom(unit.Undeclared)
	}
	var list []regress.Series
	at := map[regress.Key]int{}
	for _, b := range gabPlain(tool, benches) {
		b.unit = strings.Join(strings.Fields(b.unit), " ")
		if !b.known {
			g.remark(0, "%.200q has no value: it is left out", b.name)
			continue
		}
		s := read(b)
		s.Benchmark = strings.Join(strings.Fields(s.Benchmark), " ")
		s.Metric = strings.Join(strings.Fields(s.Metric), " ")
		extendSeries(&s.Series, []float64{scaled(b.value, s.factor)})
		key := regress.Key{Benchmark: s.Package + "\x00" + s.Benchmark, Metric: s.Metric}
		if i, twice := at[key]; twice {
			extendSeries(&list[i], s.Samples)
			continue
		}
		at[key] = len(list)
		list = append(list, s.Series)
	}
	if len(list) == 0 {
		return nil, nil
	}
	// Merge writes names that two packages share with their package.
	run, err := regress.Merge(&regress.Run{Series: list})
	if err != nil {
		return nil, err
	}
	return run.Series, nil
}
