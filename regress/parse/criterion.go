package parse

import (
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/internal/strict"
	"github.com/org/regress-gate/regress/unit"
)

var criterionFormat = Format{
	Name:    "criterion",
	Doc:     "Criterion.rs: estimates.json, sample.json, the messages of cargo criterion, and the text of cargo bench",
	Example: "cargo bench; regress-gate convert 'target/criterion/*/new/sample.json' > run.json",
	Metrics: "time (sample.json and messages: all samples in ns; text: the estimate in s), throughput; mean, median, median_abs_dev, slope, std_dev (estimates.json, ns)",
	Sniff:   criterionLayouts.sniff,
	Parse: func(r io.Reader, o Options) (*regress.Run, error) {
		return criterionLayouts.parse(r, o, "Criterion")
	},
}

var criterionLayouts = layouts{
	{func(head []byte) bool { return hasPaths(head, "mean.point_estimate", "median.point_estimate") }, parseCriterionEstimates},
	{func(head []byte) bool { return hasPaths(head, "sampling_mode", "iters[]") }, parseCriterionSample},
	{func(head []byte) bool { return hasPaths(head, "reason", "id", "measured_values[]") }, parseCriterionMessages},
	{func(head []byte) bool { return cargoKind(head) == "criterion" }, parseCargo},
}

// nanosecondsPerCall is what Criterion stores.
var nanosecondsPerCall = metric{"time", "ns", unit.Lower}

// criterionID takes the benchmark's name from the path, which is where alone it
// stands: target/criterion/<group>/<function>/new/estimates.json. A file that was
// moved from there has none.
func criterionID(file string) string {
	parts := strings.Split(filepath.ToSlash(filepath.Dir(file)), "/")
	at := slices.Index(parts, "criterion")
	if at < 0 || at+2 > len(parts)-1 {
		return ""
	}
	return strings.Join(parts[at+1:len(parts)-1], "/")
}

// parseCriterionEstimates reads the estimates of one benchmark, in nanoseconds an
// iteration. Those of change/estimates.json are ratios to the run before, and have
// no spread.
func parseCriterionEstimates(r io.Reader, o Options) (*regress.Run, error) {
	j := strict.NewJSON(plainNumbers(r), o.File)
	c := newCollector(o.File)
	change := true
	type estimate struct {
		name  string
		value float64
	}
	var list []estimate
	j.Object("the document", func(name string) {
		change = change && (name == "mean" || name == "median")
		if j.Kind() == 'n' { // slope, where all samples have as many iterations
			j.Skip()
			return
		}
		j.Object(name, func(key string) {
			if key != "point_estimate" {
				j.Skip()
				return
			}
			if v, known := number(j, key); known {
				list = append(list, estimate{name, v})
			}
		})
	})
	if err := j.Done(); err != nil {
		return nil, err
	}
	in := "ns"
	if change {
		in = "ratio"
		c.remark(0, "these are changes against the run before, and no times: take new/estimates.json")
	}
	for _, e := range list {
		c.take(criterionID(o.File), metric{e.name, in, unit.Lower}, e.value)
	}
	return c.finish("the file holds no estimate")
}

// parseCriterionSample reads the samples of one benchmark: each is a time and the
// number of iterations it took.
func parseCriterionSample(r io.Reader, o Options) (*regress.Run, error) {
	j := strict.NewJSON(plainNumbers(r), o.File)
	var iterations, times []float64
	j.Object("the document", func(key string) {
		switch key {
		case "iters":
			iterations = numbers(j, key)
		case "times":
			times = numbers(j, key)
		default:
			j.Skip()
		}
	})
	c := newCollector(o.File)
	c.criterionSamples(j, criterionID(o.File), nanosecondsPerCall, iterations, times)
	if err := j.Done(); err != nil {
		return nil, err
	}
	return c.finish("the file holds no sample")
}

func (c *collector) criterionSamples(j *strict.JSON, name string, m metric, iterations, times []float64) {
	if len(iterations) != len(times) {
		j.Problem("%d times, and the iterations of %d", len(times), len(iterations))
		return
	}
	for i := range times {
		c.take(name, m, times[i]/iterations[i])
	}
}

// parseCriterionMessages reads what cargo criterion --message-format=json writes,
// a message a line.
func parseCriterionMessages(r io.Reader, o Options) (*regress.Run, error) {
	c := newCollector(o.File)
	err := eachLine(r, o.File, func(l *lines) error {
		if firstByte(l.text) != '{' {
			return nil // what the benchmarks print
		}
		j := strict.NewJSON(strings.NewReader(string(l.text)), o.File)
		var reason, id, in string
		var iterations, values []float64
		j.Object("the message", func(key string) {
			switch key {
			case "reason":
				reason = j.Text(key)
			case "id":
				id = text(j, key)
			case "unit":
				in = text(j, key)
			case "iteration_count":
				iterations = numbers(j, key)
			case "measured_values":
				values = numbers(j, key)
			default:
				j.Skip()
			}
		})
		if reason == "benchmark-complete" {
			c.criterionSamples(j, id, metric{"time", in, unit.Lower}, iterations, values)
		}
		if err := j.Done(); err != nil {
			return lineError(o.File, l.number, "not a message of cargo criterion, or cut off: %.60q", l.text)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return c.finish("no benchmark was completed")
}
