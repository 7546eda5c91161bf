package regress

import (
	"fmt"

	"github.com/org/regress-gate/regress/unit"
)

// setting is what the policy and the baseline entry together say of one metric.
// The run under judgement says nothing: it must not set its own limits, nor
// declare that a metric of it is not to be judged.
type setting struct {
	unit      string
	class     unit.Class
	direction unit.Direction // Stable where nothing tells: then both ways are bad
	threshold Threshold
	explicit  bool // the threshold holds for single values too
	severity  Severity
}

// settle applies default < baseline entry < policy rule, the last rule first,
// for each setting separately.
func (p *Policy) settle(pr *sides) (setting, error) {
	key := pr.key()
	s := setting{threshold: Threshold{Relative: p.threshold()}, explicit: p.Explicit || p.Single == SingleThreshold}
	if pr.series != nil {
		s.unit = pr.series.Unit
	}
	if e := pr.entry; e != nil {
		if e.Unit != "" {
			s.unit = e.Unit
		}
		s.direction = e.Direction
		if v, set := e.Threshold.Fraction(); set {
			s.threshold.Relative, s.explicit = v, true
		}
		if v, set := e.ThresholdAbs.Get(); set {
			s.threshold.Absolute, s.explicit = v, true
		}
	}
	for i := range p.Rules {
		rule := &p.Rules[i]
		if !rule.matches(key) {
			continue
		}
		if v, set := rule.Threshold.Fraction(); set {
			s.threshold.Relative, s.explicit = v, true
		}
		if !rule.ThresholdAbs.IsZero() {
			v, err := rule.ThresholdAbs.in(s.unit)
			if err != nil {
				return s, fmt.Errorf("policy: rule %d (%s) on %s: threshold_abs: %w", i+1, rule.Match, key, err)
			}
			s.threshold.Absolute, s.explicit = v, true
		}
		if rule.Direction != unit.Undeclared {
			s.direction = rule.Direction
		}
		if rule.Severity != nil {
			s.severity = *rule.Severity
		}
	}
	if s.direction == unit.Undeclared {
		s.direction = unit.DirectionOf(key.Metric, s.unit)
	}
	if s.direction == unit.Undeclared {
		s.direction = unit.Stable
	}
	s.class = unit.Parse(s.unit).Class
	return s, nil
}

func (r *Rule) matches(k Key) bool {
	return (r.Metric.IsZero() || r.Metric.Match(k.Metric)) && r.Match.matchBenchmark(k.Benchmark)
}
