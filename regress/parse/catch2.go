package parse

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/unit"
)

var catch2Format = Format{
	Name:    "catch2",
	Doc:     "Catch2 with BENCHMARK: -r xml, and the console",
	Example: "./tests -r xml '[benchmark]' > catch2.xml",
	Metrics: "mean, std_dev (s)",
	Sniff:   catch2Layouts.sniff,
	Parse: func(r io.Reader, o Options) (*regress.Run, error) {
		return catch2Layouts.parse(r, o, "Catch2")
	},
}

var catch2Layouts = layouts{
	{func(head []byte) bool {
		return bytes.Contains(head, []byte("<Catch ")) || bytes.Contains(head, []byte("<Catch2TestRun"))
	}, parseCatch2},
	{sniffCatch2Console, parseCatch2Console},
}

// catch2Benchmark is one result, in seconds.
type catch2Benchmark struct {
	line         int
	name, test   string // the test case, with its sections
	mean, stdDev float64
	spread       bool // the standard deviation is known: the samples were analysed
	failure      string
}

// catch2Run makes the run of what was read, and of the warnings that arose.
func catch2Run(list []catch2Benchmark, said warnings) (*regress.Run, error) {
	if err := distinct(list, func(b *catch2Benchmark) (*string, string) { return &b.name, " (" + b.test + ")" }); err != nil {
		return nil, fmt.Errorf("%s: %w", said.file, err)
	}
	c := newCollector(said.file)
	c.warnings = said
	for _, b := range list {
		if b.failure != "" {
			c.failure(b.line, "%.200q failed: %.300q", b.name, b.failure)
			continue
		}
		c.take(b.name, metric{"mean", "s", unit.Lower}, b.mean)
		if b.spread {
			c.take(b.name, metric{"std_dev", "s", unit.Lower}, b.stdDev)
		}
	}
	return c.finish("no benchmark was measured (Catch2 before version 3 needs CATCH_CONFIG_ENABLE_BENCHMARKING)")
}

// parseCatch2 reads the XML of version 2 and 3, in which all values are in
// nanoseconds.
func parseCatch2(r io.Reader, o Options) (*regress.Run, error) {
	d := xml.NewDecoder(r)
	var list []catch2Benchmark
	var path []string // names of the test case and its sections
	var current *catch2Benchmark
	said := warnings{file: o.File}
	for {
		token, err := d.Token()
		line, _ := d.InputPos()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, lineError(o.File, line, "not XML, or cut off: %w", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			attributes := map[string]string{}
			for _, a := range t.Attr {
				attributes[a.Name.Local] = a.Value
			}
			switch name := t.Name.Local; {
			case name == "TestCase" || name == "Section":
				path = append(path, strings.TrimSpace(attributes["name"]))
			case name == "BenchmarkResults":
				list = append(list, catch2Benchmark{line: line, name: attributes["name"], test: strings.Join(path, "/"), mean: math.NaN()})
				current = &list[len(list)-1]
			case name == "OverallResult" && attributes["success"] == "false":
				said.failure(line, "the test case %.200q failed: its benchmarks may be missing", strings.Join(path, "/"))
			case current == nil:
			case name == "failed":
				current.failure = attributes["message"]
				if current.failure == "" {
					current.failure = "without a message"
				}
			case name == "mean" || name == "standardDeviation":
				v, ok := parseNumber([]byte(attributes["value"]), -9)
				if !ok {
					return nil, lineError(o.File, line, "the %s of %.200q is not a number: %.40q", name, current.name, attributes["value"])
				}
				if name == "mean" {
					current.mean = v
				} else {
					current.stdDev, current.spread = v, attributes["ci"] != "0"
				}
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "TestCase", "Section":
				path = path[:max(len(path)-1, 0)]
			case "BenchmarkResults":
				if current != nil && math.IsNaN(current.mean) && current.failure == "" {
					return nil, lineError(o.File, line, "there is no mean of %.200q", current.name)
				}
				current = nil
			}
		}
	}
	return catch2Run(list, said)
}
