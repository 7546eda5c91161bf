package main

import (
	"math"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/infer"
)

// tally counts what was found where nothing had changed.
type tally struct {
	how                                     string
	comparisons, metrics, alarms, shut      int
	suspects, unchanged, improved, doubtful int
	names                                   []string // of the false alarms
}

// judge counts the findings of one comparison.
func (t *tally) judge(base *regress.Baseline, head *measured) error {
	r, err := regress.Compare(base, head.Run, regress.Policy{})
	if err != nil {
		return err
	}
	t.comparisons++
	if r.Gate() == regress.Shut {
		t.shut++
	}
	for i := range r.Comparisons {
		t.metrics++
		switch c := &r.Comparisons[i]; {
		case c.Verdict == regress.Regressed:
			t.alarms++
			t.names = append(t.names, c.Benchmark)
		case c.Verdict == regress.Improved:
			t.improved++
		case c.Verdict == regress.Unchanged:
			t.unchanged++
		case c.Cause == regress.CauseSuspect:
			t.suspects++
		default:
			t.doubtful++
		}
	}
	return nil
}

// inSequence judges each run against the one before, as the command compare does.
func inSequence(series []*measured) (tally, error) {
	t := tally{how: "each against the one before (compare)"}
	for i := 1; i < len(series); i++ {
		base, head := *series[i-1].Run, *series[i].Run
		base.Design, head.Design = regress.Vouched, regress.Vouched
		if err := t.judge(regress.NewBaseline(&base), &measured{&head}); err != nil {
			return t, err
		}
	}
	return t, nil
}

// againstBaseline judges each run against a baseline that all earlier ones were
// folded into, as the commands check and update do: before and after there are
// enough earlier runs to know the noise.
func againstBaseline(series []*measured) (before, after tally, err error) {
	before.how, after.how = "against a stored baseline (check), no history", "against a stored baseline (check), with history"
	base := &regress.Baseline{}
	for i, m := range series {
		r, err := regress.Compare(base, m.Run, regress.Policy{})
		if err != nil {
			return before, after, err
		}
		next, err := base.Update(m.Run, r)
		if err != nil {
			return before, after, err
		}
		t := &before
		if i > 0 && r.Comparisons[0].Evidence == regress.ByHistory {
			t = &after
		}
		if i > 0 {
			if err := t.judge(base, m); err != nil {
				return before, after, err
			}
		}
		base = next
	}
	return before, after, nil
}

// planted counts what was found where half of the benchmarks are slower.
type planted struct {
	found, suspect, doubtful, missed, alarms int
	noise                                    []float64 // of each slowed benchmark: standard deviation of its samples, a fraction
	detects                                  []float64 // … the loss that would have been found in four cases of five
	enough                                   []float64 // … and the number of samples that would have found this one; +Inf where none would
}

func judgePlanted(base, head *measured, share float64) (planted, error) {
	r, err := regress.Compare(base.baseline(), head.Run, regress.Policy{})
	if err != nil {
		return planted{}, err
	}
	var p planted
	for i := range r.Comparisons {
		c := &r.Comparisons[i]
		slowed := strings.HasPrefix(c.Benchmark, "Slowed")
		if !slowed {
			if c.Verdict == regress.Regressed {
				p.alarms++
			}
			continue
		}
		switch {
		case c.Verdict == regress.Regressed:
			p.found++
		case c.Verdict == regress.Unchanged:
			p.missed++
		case c.Cause == regress.CauseSuspect:
			p.suspect++
		default:
			p.doubtful++
		}
		spread, _ := c.Base.Spread.Get()
		center, _ := c.Base.Center.Get()
		p.noise = append(p.noise, spread/center)
		if v, known := c.MDE.Get(); known {
			p.detects = append(p.detects, v)
		}
		p.enough = append(p.enough, enough(c, r.Suite.Tests, share))
	}
	return p, nil
}

// enough returns the number of samples a side, of the noise that these have, with
// which a loss would be found in four cases of five. A loss of no more than the
// threshold is not found so often by any number.
func enough(c *regress.Comparison, tests int, loss float64) float64 {
	const most, margin = 1000, 0.25
	se, _ := c.SE.Get()
	delta := math.Log1p(c.Threshold.Relative)
	for n := 4; n <= most; n++ {
		smaller := se * math.Sqrt(float64(c.Base.N)/float64(n))
		if v, ok := infer.MDE(smaller, float64(2*n-2), delta, margin, regress.DefaultAlpha, tests); ok && v <= loss {
			return float64(n)
		}
	}
	return math.Inf(1)
}
