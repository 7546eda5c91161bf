package regress

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/org/regress-gate/regress/internal/strict"
)

// A baseline and a run are one JSON document (DESIGN 4.1): top-level fields,
// metrics of the whole run under "metrics", those of a benchmark under
// "benchmarks". A run may also be the flat map {"p95_latency": 95.2}.

// ReadBaseline reads a baseline. The error names each problem with file and
// line; nothing is taken from a file that has any.
func ReadBaseline(r io.Reader, file string) (*Baseline, error) {
	d := document{JSON: strict.NewJSON(r, file)}
	d.read()
	if err := d.Done(); err != nil {
		return nil, err
	}
	b := &Baseline{Commit: d.commit, Time: d.time, Env: d.env, Design: d.design, Entries: d.entries}
	if err := b.Validate(); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	sortEntries(b.Entries)
	return b, nil
}

// ReadRun reads a run in the same way. Its series keep the order of the file.
func ReadRun(r io.Reader, file string) (*Run, error) {
	d := document{JSON: strict.NewJSON(r, file), isRun: true}
	d.read()
	if err := d.Done(); err != nil {
		return nil, err
	}
	run := &Run{Commit: d.commit, Time: d.time, Env: d.env, Design: d.design, Warnings: d.warnings}
	for _, e := range d.entries {
		run.Series = append(run.Series, e.Series)
	}
	if err := run.Validate(); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return run, nil
}

// document is the state of reading one baseline or run.
type document struct {
	*strict.JSON
	isRun bool

	commit   string
	time     time.Time
	env      Env
	design   Design
	entries  []Entry
	warnings []Warning
}

func (d *document) read() {
	hasMetrics, flat := false, 0
	d.Object("the document", func(key string) {
		switch key {
		case "metrics":
			hasMetrics = true
			d.metrics("")
		case "benchmarks":
			hasMetrics = true
			d.Object("benchmarks", func(benchmark string) { d.metrics(benchmark) })
		case "schema":
			if v := d.Count("schema"); v > BaselineSchema {
				d.Problem("schema %d is newer than this program reads (%d): upgrade regress-gate", v, BaselineSchema)
			} else if v == 0 {
				d.Problem("schema must be %d", BaselineSchema)
			}
		case "commit":
			d.commit = d.Text(key)
		case "timestamp":
			d.time = d.instant(key)
		case "environment":
			d.environment()
		case "design":
			if err := d.design.UnmarshalText([]byte(d.Text(key))); err != nil {
				d.Problem("%v", err)
			}
		case "warnings":
			d.remarks()
		default:
			if kind := d.Kind(); d.isRun && (kind == '0' || kind == 'n') { // null: JavaScript's NaN
				flat++
				d.entries = append(d.entries, d.entry(Key{Metric: key}))
				return
			}
			d.Skip()
			d.Problem("unknown field %.80q (one of schema, commit, timestamp, environment, design, metrics, benchmarks, warnings%s)", key, d.flatHint())
		}
	})
	switch {
	case d.Failed():
	case hasMetrics && flat > 0:
		d.Problem("metrics beside the fields of the document: put them under \"metrics\"")
	case !hasMetrics && flat == 0:
		d.Problem("neither \"metrics\" nor \"benchmarks\": nothing is measured here")
	}
}

// flatHint says what a flat map may hold, which no baseline is.
func (d *document) flatHint() string {
	if d.isRun {
		return "; or metrics and nothing else, each a number"
	}
	return ""
}

func (d *document) metrics(benchmark string) {
	d.Object("the metrics of "+benchmark, func(metric string) {
		d.entries = append(d.entries, d.entry(Key{benchmark, metric}))
	})
}

func (d *document) instant(what string) time.Time {
	s := d.Text(what)
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil && !d.Failed() {
		d.Problem("%s %.60q is not a time like 2026-11-23T10:00:00Z", what, s)
	}
	return t
}

func (d *document) environment() {
	d.Object("environment", func(field string) {
		if field == "cores" {
			d.env.Cores = d.Count(field)
			return
		}
		if err := d.env.Set(field, d.Text(field)); err != nil {
			d.Problem("%v", err)
		}
	})
}

func (d *document) remarks() {
	if !d.isRun {
		d.Problem("warnings belong to a run, not to a baseline")
	}
	d.Array("warnings", func() {
		var w Warning
		d.Object("a warning", func(field string) {
			switch field {
			case "file":
				w.File = d.Text(field)
			case "line":
				w.Line = d.Count(field)
			case "message":
				w.Message = d.Text(field)
			default:
				d.Skip()
				d.Problem("unknown field %.80q in a warning", field)
			}
		})
		if err := errors.Join(validText(w.File), validText(w.Message)); err != nil {
			d.Problem("warning: %v", err)
			return
		}
		d.warnings = append(d.warnings, w)
	})
}
