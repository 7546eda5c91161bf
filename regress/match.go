package regress

import (
	"fmt"
	"slices"
	"strings"

	"github.com/montanaflynn/stats"
	"github.com/org/regress-gate/regress/infer"
	"github.com/org/regress-gate/regress/unit"
)

// sides are what has the same key: at least one of them exists.
type sides struct {
	entry  *Entry  // nil: new
	series *Series // nil: missing
}

func (s *sides) key() Key {
	if s.entry != nil {
		return s.entry.Key
	}
	return s.series.Key
}

// pair is one metric of the comparison, while it is looked at.
type pair struct {
	sides
	setting  setting
	evidence Evidence
	past     past
	obstacle string // why the two cannot be compared, "" where they can
	head     []float64
	stored   bool // the base is a baseline, and no run beside the head

	namesakes []string // of a missing benchmark: new ones that may be the same
}

// matching is what belongs together of two runs, in the order of the keys.
type matching struct {
	base      *Baseline
	policy    *Policy
	sides     []sides
	namesakes map[*Entry][]string
	machine   string // why timings cannot be compared, "" where they can
	design    Design
}

func match(base *Baseline, head *Run, p *Policy) *matching {
	list := make([]sides, len(base.Entries), max(len(base.Entries), len(head.Series)))
	for i := range base.Entries {
		list[i].entry = &base.Entries[i]
	}
	same := 0 // so many from the first have the same place on both sides, as in two runs of one suite
	for same < min(len(list), len(head.Series)) && list[same].entry.Key == head.Series[same].Key {
		list[same].series = &head.Series[same]
		same++
	}
	at := make(map[Key]int, len(list)-same)
	for i := same; i < len(list); i++ {
		at[list[i].entry.Key] = i
	}
	for i := same; i < len(head.Series); i++ {
		s := &head.Series[i]
		if j, known := at[s.Key]; known {
			list[j].series = s
		} else {
			list = append(list, sides{series: s})
		}
	}
	slices.SortFunc(list, func(a, b sides) int { return compareKeys(a.key(), b.key()) })
	m := &matching{base: base, policy: p, sides: list, namesakes: findNamesakes(list), design: min(base.Design, head.Design)}
	if p.Environment != EnvCompare {
		m.machine = base.Env.differs(head.Env, timingField)
	}
	return m
}

// pair makes ready for comparison what stands at this place.
func (m *matching) pair(i int) (*pair, error) {
	pr := &pair{sides: m.sides[i], stored: m.base.Design == Separate}
	var err error
	if pr.setting, err = m.policy.settle(&pr.sides); err != nil {
		return nil, err
	}
	if pr.entry == nil || pr.series == nil {
		pr.namesakes = m.namesakes[pr.entry]
		return pr, nil
	}
	pr.join(m.machine)
	pr.past = m.base.pastOf(pr.entry)
	pr.evidence = evidenceOf(m.design, min(len(pr.entry.Samples), len(pr.series.Samples)), pr.past.known())
	return pr, nil
}

// join brings the head's samples to the unit of the baseline entry, or finds the
// obstacle to comparing the two.
func (p *pair) join(machine string) {
	factor, err := factorTo(p.entry.Unit, p.series.Unit)
	switch {
	case p.entry.Broken != "":
		p.obstacle = "in the base " + p.entry.Broken
	case p.series.Broken != "":
		p.obstacle = p.series.Broken
	case err != nil:
		p.obstacle = "another unit: " + err.Error()
	case machine != "" && p.setting.class != unit.Count && !p.entry.Exact:
		p.obstacle = "another machine: " + machine
	}
	p.head = p.series.Samples
	if factor != 1 && err == nil {
		p.head = make([]float64, len(p.series.Samples))
		for i, v := range p.series.Samples {
			p.head[i] = v * factor
			if p.head[i]-p.head[i] != 0 && p.obstacle == "" {
				p.obstacle = fmt.Sprintf("%v %s is too large a number in %s", v, p.series.Unit, p.entry.Unit)
			}
		}
	}
}

// evidenceOf returns what the design lets a sampled metric prove, with the lesser
// number of samples on a side.
func evidenceOf(design Design, samples int, past bool) Evidence {
	const interleavedFrom = 4 // the least that can be significant
	switch {
	case design == Interleaved && samples >= interleavedFrom:
		return ByInterleaving
	case design >= Vouched:
		return ByVouching
	case past:
		return ByHistory
	}
	return Unverified
}

// summarise describes both sides, and gives the verdict where one of them, or
// the way to compare them, is missing.
func (p *pair) summarise() Comparison {
	c := Comparison{
		Key: p.key(), Unit: p.setting.unit, Direction: p.setting.direction,
		Evidence: p.evidence, Severity: p.setting.severity, Threshold: p.setting.threshold,
	}
	if p.entry != nil {
		c.Base = newSummary(p.entry.Samples)
	}
	switch {
	case p.series == nil:
		c.Verdict, c.Reason = Missing, "in the baseline, and not in the run"
		c.Remedy = "run it again, or remove it from the baseline if it is gone for good"
		if !p.stored {
			c.Reason = "in the base, and not in the head"
			c.Remedy = "bring it back, or let the policy pass what is missing if it is gone for good"
		}
		if len(p.namesakes) > 0 {
			c.Reason += "; there is " + strings.Join(p.namesakes, " and ") + ", and nothing tells whether that is the same benchmark"
			c.Remedy = "write its name alike on both sides: with its package where two packages have a benchmark of that name"
		}
		return c
	case p.entry == nil:
		c.Head = newSummary(p.series.Samples)
		c.Verdict, c.Reason = New, "in the run, and not in the baseline"
		if !p.stored {
			c.Reason = "in the head, and not in the base"
		}
		if p.series.Broken != "" {
			c.Reason += "; " + p.series.Broken
		}
		return c
	}
	c.Head = newSummary(p.head)
	if p.obstacle != "" {
		c.Verdict, c.Reason = Incomparable, p.obstacle
	}
	return c
}

func newSummary(samples []float64) Summary {
	s := Summary{N: len(samples), Samples: samples}
	if len(samples) == 0 {
		return s
	}
	i := infer.MedianInterval(samples)
	s.Center = NewFigure(i.Center)
	if i.Confidence > 0 {
		s.Lo, s.Hi = NewFigure(i.Lo), NewFigure(i.Hi)
	}
	if len(samples) > 1 {
		if sd, err := stats.StandardDeviationSample(samples); err == nil {
			s.Spread = NewFigure(sd)
		}
	}
	return s
}
