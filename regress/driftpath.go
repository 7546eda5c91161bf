package regress

import (
	"math"
	"slices"

	"github.com/org/regress-gate/regress/infer"
	"github.com/org/regress-gate/regress/unit"
)

// path is one metric on its way from the anchor, on the scale of the test and
// positive where it is worse.
type path struct {
	entry   *Entry
	setting setting
	points  []Point
	scale   infer.Scale
	sign    float64
	shares  bool // it moves with the machine
	anchor  float64
	runs    []float64
	delta   float64 // the threshold around the anchor
	drift   infer.Drift
	p       float64 // one-sided, or doubled for a metric without a direction
}

// pathOf returns nil for a metric that has no anchor, or is not judged.
func (b *Baseline) pathOf(e *Entry, p *Policy) (*path, error) {
	s, err := p.settle(&sides{entry: e})
	if err != nil || e.Anchor == nil || s.direction == unit.Info {
		return nil, err
	}
	one := &path{entry: e, setting: s, sign: 1}
	all, _ := e.runs(b.stored(e))
	for i := range all {
		if all[i].Mark == Rebased {
			one.points = nil
		}
		one.points = append(one.points, all[i])
	}
	if s.direction == unit.Higher {
		one.sign = -1
	}
	if v, set := p.Drift.Threshold.Fraction(); set {
		one.setting.threshold.Relative = v
	}
	one.place()
	return one, nil
}

// place brings anchor, runs and threshold to the scale of the test.
func (t *path) place() {
	t.scale = infer.Log
	anchor := t.entry.Anchor.Center
	for _, p := range append(slices.Clip(t.points), *t.entry.Anchor) {
		if !(p.Center > 0) {
			t.scale = infer.Linear
		}
	}
	at := func(v float64) float64 { return t.sign * v }
	if t.scale == infer.Log {
		at = func(v float64) float64 { return t.sign * math.Log(v) }
		t.shares = t.setting.class != unit.Count
	}
	t.delta = t.margin()
	t.anchor = at(anchor)
	for i := range t.points {
		t.runs = append(t.runs, at(t.points[i].Center))
	}
}

// margin returns the threshold around the anchor in the direction that is worse:
// 5 % down are more on the log scale than 5 % up.
func (t *path) margin() float64 {
	anchor := t.entry.Anchor.Center
	around := t.setting.threshold.Around(anchor)
	switch {
	case t.scale != infer.Log:
		return around
	case t.sign < 0:
		return -math.Log1p(-min(1, around/anchor))
	}
	return math.Log1p(around / anchor)
}

// measure holds the latest runs, of which there are enough, against the anchor. A
// metric without a direction is measured the way it went.
func (t *path) measure(window int) {
	t.drift, _ = infer.NewDrift(t.anchor, t.runs, window)
	if t.p = t.drift.P; t.setting.direction != unit.Stable {
		return
	}
	if t.drift.Estimate < 0 {
		t.sign, t.anchor = -t.sign, -t.anchor
		for i := range t.runs {
			t.runs[i] *= -1
		}
		t.delta = t.margin()
		t.drift, _ = infer.NewDrift(t.anchor, t.runs, window)
	}
	t.p = min(1, 2*t.drift.P)
}

func (t *path) beyond() bool {
	const rounding = 1e-12
	return t.drift.Beyond(t.delta + rounding*max(1, math.Abs(t.delta)))
}

func (t *path) finding(adjusted float64, window int) DriftFinding {
	e := t.entry
	var latest []float64
	for _, p := range t.points[len(t.points)-window:] {
		latest = append(latest, p.Center)
	}
	f := DriftFinding{
		Key: e.Key, Unit: t.setting.unit, Severity: t.setting.severity, Runs: window,
		Anchor: NewFigure(e.Anchor.Center), Since: Ref{Commit: e.Anchor.Commit, Time: e.Anchor.Time},
		Latest: NewFigure(infer.Median(latest)), Threshold: t.setting.threshold,
		P: NewFigure(t.p), PAdjusted: NewFigure(adjusted), Proven: adjusted < provenDrift,
	}
	if t.scale == infer.Log {
		f.Change = NewFigure(math.Expm1(t.sign * t.drift.Estimate))
	} else if e.Anchor.Center != 0 {
		f.Change = NewFigure(t.sign * t.drift.Estimate / math.Abs(e.Anchor.Center))
	}
	return f
}
