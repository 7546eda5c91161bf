package parse

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/internal/strict"
	"github.com/org/regress-gate/regress/unit"
)

var hyperfineFormat = Format{
	Name:    "hyperfine",
	Doc:     "hyperfine --export-json (with all samples) and --export-csv",
	Example: "hyperfine --warmup 3 --runs 20 --export-json hyperfine.json './build.sh'",
	Metrics: "time (all runs), user, system, memory (JSON); mean, median, stddev, min, max, user, system (CSV)",
	Sniff:   hyperfineLayouts.sniff,
	Parse: func(r io.Reader, o Options) (*regress.Run, error) {
		return hyperfineLayouts.parse(r, o, "hyperfine")
	},
}

var hyperfineLayouts = layouts{
	{func(head []byte) bool { return hasPaths(head, "results[].command", "results[].mean") }, parseHyperfine},
	{func(head []byte) bool { return bytes.HasPrefix(head, []byte("command,mean,stddev,")) }, parseHyperfineCSV},
	{sniffHyperfineText, func(_ io.Reader, o Options) (*regress.Run, error) {
		return nil, fmt.Errorf("%s: what hyperfine shows is rounded, by the rules of some locale: give it --export-json FILE, and that file", o.File)
	}},
}

func sniffHyperfineText(head []byte) bool {
	return bytes.Contains(head, []byte("Time (mean ± σ):")) && bytes.Contains(head, []byte("Range (min … max):"))
}

// hyperfineResult is one command. Times are in seconds, whatever unit was shown.
type hyperfineResult struct {
	command       string
	parameters    []string // name=value
	times, memory []float64
	summary       map[string]float64
	runs, failed  int
}

func parseHyperfine(r io.Reader, o Options) (*regress.Run, error) {
	j := strict.NewJSON(plainNumbers(r), o.File)
	var results []hyperfineResult
	j.Object("the document", func(key string) {
		if key != "results" {
			j.Skip()
			return
		}
		j.Array(key, func() { results = append(results, readHyperfineResult(j)) })
	})
	if err := j.Done(); err != nil {
		return nil, err
	}
	return hyperfineRun(results, o)
}

func hyperfineRun(results []hyperfineResult, o Options) (*regress.Run, error) {
	if err := distinct(results, func(r *hyperfineResult) (*string, string) {
		return &r.command, parameters(r.parameters)
	}); err != nil {
		return nil, fmt.Errorf("%s: %w", o.File, err)
	}
	c := newCollector(o.File)
	for i := range results {
		results[i].into(c)
	}
	return c.finish("no command was measured")
}

// hyperfineSummaries are the metrics that stand beside the times, in the order in
// which hyperfine writes them.
var hyperfineSummaries = []string{"mean", "stddev", "median", "user", "system", "min", "max"}

func readHyperfineResult(j *strict.JSON) (r hyperfineResult) {
	r.summary = map[string]float64{}
	j.Object("a result", func(key string) {
		switch {
		case key == "command":
			r.command = j.Text(key)
		case key == "times":
			r.times = numbers(j, key)
		case key == "memory_usage_byte":
			r.memory = numbers(j, key)
		case key == "exit_codes":
			j.Array(key, func() { // null where a signal ended the command
				r.runs++
				if v, known := number(j, key); !known || v != 0 {
					r.failed++
				}
			})
		case key == "parameters":
			j.Object(key, func(name string) { r.parameters = append(r.parameters, name+"="+j.Text(name)) })
			slices.Sort(r.parameters)
		case slices.Contains(hyperfineSummaries, key):
			if v, known := number(j, key); known {
				r.summary[key] = v
			}
		default:
			j.Skip()
		}
	})
	return r
}

func (r *hyperfineResult) into(c *collector) {
	c.take(r.command, secondsPerCall, r.times...)
	for _, name := range hyperfineSummaries {
		v, known := r.summary[name]
		if known && (len(r.times) == 0 || name == "user" || name == "system") { // the others are of the times
			c.take(r.command, metric{name, "s", unit.Lower}, v)
		}
	}
	c.take(r.command, metric{"memory", "B", unit.Lower}, r.memory...)
	if r.failed > 0 {
		c.failure(0, "%.200q failed in %d of %d runs: their times are those of a failure", r.command, r.failed, r.runs)
	}
	zeros := 0
	for _, v := range r.times {
		if v == 0 {
			zeros++
		}
	}
	if zeros > 0 {
		c.remark(0, "%d of %d times of %.200q are 0: it is faster than the start of a shell, which is taken off (use --shell=none)", zeros, len(r.times), r.command)
	}
}

func parseHyperfineCSV(r io.Reader, o Options) (*regress.Run, error) {
	rows := newCSVRows(r, o.File, ',')
	if !rows.next() {
		return nil, rows.err
	}
	var names []string
	for _, field := range rows.fields {
		names = append(names, string(field))
	}
	var results []hyperfineResult
	for rows.next() {
		if err := rows.width(len(names)); err != nil {
			return nil, err
		}
		r := hyperfineResult{summary: map[string]float64{}}
		for i, field := range rows.fields {
			switch name := names[i]; {
			case name == "command":
				r.command = string(field)
			case slices.Contains(hyperfineSummaries, name) && len(field) > 0: // no stddev of a single run
				v, ok := parseNumber(field, 0)
				if !ok {
					return nil, lineError(o.File, rows.number, "%s is not a number: %.40q", name, field)
				}
				r.summary[name] = v
			case strings.HasPrefix(name, "parameter_") && len(field) > 0:
				r.parameters = append(r.parameters, name[len("parameter_"):]+"="+string(field))
			}
		}
		results = append(results, r)
	}
	if rows.err != nil {
		return nil, rows.err
	}
	return hyperfineRun(results, o)
}
