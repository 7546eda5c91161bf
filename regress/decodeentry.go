package regress

import (
	"fmt"
	"math"
	"slices"

	"github.com/org/regress-gate/regress/infer"
)

// entry reads {"value": 1, "unit": "ms", …}, or a number alone.
func (d *document) entry(key Key) Entry {
	e := Entry{Series: Series{Key: key}}
	var value Figure
	if d.Kind() != '{' {
		e.Samples = d.sample(&e, nil)
		return e
	}
	d.Object(key.String(), func(field string) {
		switch field {
		case "value":
			if v := d.sample(&e, nil); len(v) == 1 {
				value = NewFigure(v[0])
			}
		case "samples":
			d.samples(&e)
		case "unit":
			e.Unit = d.Text(field)
		case "threshold":
			if v := d.Number(field); v < 0 {
				d.Problem("threshold %v must be a percentage ≥ 0", v)
			} else {
				e.Threshold = Percent{NewFigure(v)}
			}
		case "threshold_abs":
			if v := d.Number(field); v < 0 {
				d.Problem("threshold_abs %v must be ≥ 0, in the unit of the metric", v)
			} else {
				e.ThresholdAbs = NewFigure(v)
			}
		case "direction":
			if err := directionInto(&e.Direction)(d.Text(field)); err != nil {
				d.Problem("%v", err)
			}
		case "exact":
			e.Exact = d.Bool(field)
		case "broken":
			d.broken(&e, d.Text(field))
		case "history":
			d.Array(field, func() { e.History = append(e.History, d.point()) })
		case "anchor":
			p := d.point()
			e.Anchor = &p
		case "accepted":
			e.Accepted = d.acceptance()
		default:
			d.Skip()
			d.Problem("%s: unknown field %.80q (one of value, samples, unit, threshold, threshold_abs, direction, exact, anchor, history, accepted, broken)", key, field)
		}
	})
	d.settle(&e, value)
	return e
}

// settle holds value and samples against each other.
func (d *document) settle(e *Entry, value Figure) {
	v, hasValue := value.Get()
	switch {
	case d.Failed():
	case len(e.Samples) == 0 && hasValue:
		e.Samples = []float64{v}
	case len(e.Samples) == 0 && e.Broken == "":
		d.Problem("%s: neither value nor samples", e.Key)
		e.Broken = "no value"
	case hasValue && e.Broken == "":
		if m := infer.Median(e.Samples); math.Abs(v-m) > 1e-9*max(math.Abs(m), math.Abs(v)) {
			d.Problem("%s: value %v is not the median of its samples, %v", e.Key, v, m)
		}
	}
}

// samples reads a list of numbers, or of lists: process → iterations, of which
// each process counts as the median of its own, since it is the process that
// repeats independently.
func (d *document) samples(e *Entry) {
	if e.Samples != nil {
		return
	}
	d.Array("samples", func() {
		if d.Kind() != '[' {
			e.Samples = d.sample(e, e.Samples)
			return
		}
		var process []float64
		d.Array("samples of a process", func() { process = d.sample(e, process) })
		if len(process) > 0 {
			e.Samples = append(e.Samples, infer.Median(process))
		} else if e.Broken == "" {
			d.Problem("%s: a process without samples", e.Key)
		}
	})
	e.Samples = slices.Clip(e.Samples)
}

// sample appends one number. What is none makes the metric of a run broken, and
// is an error in a baseline.
func (d *document) sample(e *Entry, samples []float64) []float64 {
	switch d.Kind() {
	case '0':
		v, finite := d.Float()
		if !finite {
			d.broken(e, fmt.Sprintf("sample %d is out of range", len(samples)+1))
			return samples
		}
		return append(samples, v)
	case 'n', '"':
		text := d.Token().String()
		switch text {
		case "null", "NaN", "Inf", "+Inf", "-Inf", "Infinity", "-Infinity":
			d.broken(e, fmt.Sprintf("sample %d is %s", len(samples)+1, text))
		default:
			d.Problem("%s: %.40q is not a number", e.Key, text)
		}
	default:
		d.Skip()
		d.Problem("%s: a sample must be a number", e.Key)
	}
	return samples
}

func (d *document) broken(e *Entry, why string) {
	if !d.isRun {
		d.Problem("%s: %s: a baseline holds finite numbers only", e.Key, why)
	}
	if e.Broken == "" {
		e.Broken = why
	}
}

// point reads {"commit": "", "timestamp": "", "value": 1, "spread": 0.1, "n": 10, "mark": ""}.
func (d *document) point() (p Point) {
	measured := false
	d.Object("an earlier run", func(field string) {
		switch field {
		case "commit":
			p.Commit = d.Text(field)
		case "timestamp":
			p.Time = d.instant(field)
		case "value":
			p.Center, measured = d.Number(field), true
		case "spread":
			p.Spread = NewFigure(d.Number(field))
		case "n":
			p.N = d.Count(field)
		case "mark":
			if err := p.Mark.UnmarshalText([]byte(d.Text(field))); err != nil {
				d.Problem("%v", err)
			}
		default:
			d.Skip()
			d.Problem("unknown field %.80q in an earlier run", field)
		}
	})
	if !measured && !d.Failed() {
		d.Problem("an earlier run without a value")
	}
	return p
}

// acceptance reads {"by": "", "reason": "", "timestamp": "", "commit": "", "value": 1}.
func (d *document) acceptance() *Acceptance {
	var a Acceptance
	d.Object("an acceptance", func(field string) {
		switch field {
		case "by":
			a.By = d.Text(field)
		case "reason":
			a.Reason = d.Text(field)
		case "timestamp":
			a.Time = d.instant(field)
		case "commit":
			a.Commit = d.Text(field)
		case "value":
			a.Value = NewFigure(d.Number(field))
		default:
			d.Skip()
			d.Problem("unknown field %.80q in an acceptance", field)
		}
	})
	return &a
}
