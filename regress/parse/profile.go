package parse

import (
	"fmt"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/profile"
	"github.com/org/regress-gate/regress/unit"
)

const (
	// leastShare is the cumulative share from which a function is a series: the
	// default of pprof's -nodefraction, below which it draws none either.
	leastShare = 0.005
	// shareNoise is how many standard deviations of counting a share may move
	// before it matters. Several hundred shares are compared at once, and the
	// samples of a profile come in bursts.
	shareNoise = 4
)

// profileRun makes a series of each function's own share and cumulative share of
// each type, and one of each type's total, which is shown and not judged: it
// depends on how long and under which load the profile was taken. The limit of a
// share is the noise of counting it, so that a profile can be gated as it is.
func profileRun(p *profile.Profile, file string) (*regress.Run, error) {
	run := &regress.Run{Time: p.Time}
	add := func(function, metric, unit string, d unit.Direction, v, limit float64) {
		s := regress.Series{Key: regress.Key{Benchmark: function, Metric: metric}, Unit: unit, Direction: d, Samples: []float64{v}}
		if limit > 0 {
			s.ThresholdAbs = regress.NewFigure(limit)
		}
		run.Series = append(run.Series, s)
	}
	if p.Duration > 0 {
		add("", "duration", "s", unit.Info, p.Duration.Seconds(), 0)
	}
	weight := 0.0
	for kind, t := range p.Types {
		if t.Name == "samples" && len(p.Types) > 1 {
			continue // the type beside it weighs the same samples
		}
		base := unit.Parse(t.Unit)
		total := p.Total(kind)
		weight += total
		add("", t.Name+".total", base.Base, unit.Info, total*base.Factor, 0)
		direction := unit.Lower
		if strings.HasSuffix(t.Name, "_objects") { // one sample of a small object stands for thousands: their noise is not known
			direction = unit.Info
		}
		samples := p.Samples(kind)
		for _, c := range p.Costs(kind) {
			if c.Cum < leastShare {
				break
			}
			add(c.Function, t.Name+".flat", "ratio", direction, c.Flat, shareNoise*profile.Noise(c.Flat, samples))
			add(c.Function, t.Name+".cum", "ratio", direction, c.Cum, shareNoise*profile.Noise(c.Cum, samples))
		}
	}
	if weight == 0 {
		return nil, fmt.Errorf("%s: the profile holds no sample: nothing ran while it was taken", file)
	}
	return run, nil
}
