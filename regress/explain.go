package regress

import (
	"fmt"
	"math"
	"strconv"

	"github.com/org/regress-gate/regress/infer"
	"github.com/org/regress-gate/regress/unit"
)

// explain says in words, with the numbers, why the verdict is what it is, and
// what to do about it.
func (t *trial) explain() {
	limit := t.Threshold.describe(t.Unit)
	switch t.Verdict {
	case Regressed:
		t.Reason = fmt.Sprintf("%s is worse than the threshold of %s, adjusted p %s", t.describeDelta(), limit, shortP(t.q))
	case Improved:
		t.Reason = fmt.Sprintf("%s is better than the threshold of %s, adjusted p %s", t.describeDelta(), limit, shortP(t.qBetter))
	case Unchanged:
		t.Reason = fmt.Sprintf("%s lies inside the threshold of %s", t.describeDelta(), limit)
	}
	if t.Verdict != Inconclusive {
		t.Reason += t.againstPast()
		return
	}
	switch t.Cause {
	case CauseTooFew:
		t.Reason = fmt.Sprintf("n=%d v %d: cannot reach significance, the least possible p is %s", t.Base.N, t.Head.N, shortP(t.shift.MinP))
		t.Remedy = "repeat the measurement on both sides; 4 samples are the least that can prove anything, 10 are good (go test -count=10)"
	case CauseSuspect:
		t.Reason = fmt.Sprintf("%s looks worse than the threshold of %s, and this experiment does not prove it", t.describeDelta(), limit)
		switch {
		case t.withSuite:
			t.Reason += fmt.Sprintf(": beside what the whole suite did, its adjusted p is %s", shortP(t.qBeside))
		case t.single && t.trend != nil:
			t.Reason += ": a single value may be a spike"
		case t.trend != nil:
			t.Reason += t.againstPast()
		case t.assumed > 0:
			t.Reason += fmt.Sprintf(": without history a noise of %s between runs is assumed", unit.FormatShare(math.Sqrt(t.assumed/2)/t.size()))
		}
		t.Remedy = "measure base and head again in one job, interleaved (regress-gate run --base REF)"
	case CauseSuiteShift:
		t.Reason = "the whole suite moved: the machine, or a change that hits everything"
		t.Remedy = "measure base and head in one job, interleaved (regress-gate run --base REF)"
	case CauseNotWorse:
		t.Reason = fmt.Sprintf("%s is not worse than the threshold of %s, and may be better", t.describeDelta(), limit)
	default:
		t.Reason = fmt.Sprintf("%s reaches across the threshold of %s", t.describeDelta(), limit)
		if effect, known := t.MDE.Get(); known {
			t.Reason += fmt.Sprintf("; a loss of %s would have been found", unit.FormatShare(effect))
		}
		if n, known := t.enoughSamples(); known {
			t.Reason += fmt.Sprintf("; about %d samples a side would settle it", n)
		}
		t.Remedy = "measure more often"
		if t.Evidence != ByInterleaving {
			t.Remedy += ", best with base and head interleaved in one job (regress-gate run --base REF)"
		}
	}
}

// againstPast says what the verdict rests on where that is not the stored run alone.
func (t *trial) againstPast() string {
	if t.trend == nil {
		return ""
	}
	change, spread := unit.FormatChange(math.Expm1(t.sign*t.trend.Estimate)), unit.FormatShare(t.trend.RunSD)
	if t.scale == infer.Linear {
		change, spread = unit.Format(t.sign*t.trend.Estimate, t.Unit), unit.Format(t.trend.RunSD, t.Unit)
	}
	text := fmt.Sprintf("; against the median of its last %d runs %s, which vary by %s", len(t.past.points), change, spread)
	if worse, _ := t.beyond(); worse {
		if backed, _ := t.backed(); !backed {
			text += ", and were as bad before"
		}
	}
	return text
}

// enoughSamples estimates the sample size at which the interval would fit into
// the threshold: its width shrinks with the root of it. Noise between runs does
// not shrink at all, and no size is named that nobody would wait for.
func (t *trial) enoughSamples() (n int, known bool) {
	const most = 1000
	lo, hi, bounded := t.interval()
	if !bounded || t.between > 0 || t.trend != nil {
		return 0, false
	}
	now := min(t.Base.N, t.Head.N)
	ratio := (hi - lo) / (t.worse + t.better)
	enough := math.Ceil(float64(now) * ratio * ratio)
	return max(int(enough), now+1), enough <= most
}

// describeDelta is "+14.6 % [+12.9 %, +16.2 %]", or the difference in the
// metric's unit where there is no percentage.
func (c *Comparison) describeDelta() string {
	relative, known := c.Delta.Relative.Get()
	if !known {
		base, _ := c.Base.Center.Get()
		head, _ := c.Head.Center.Get()
		b, h := unit.FormatPair(base, head, c.Unit)
		return b + " → " + h
	}
	text := unit.FormatChange(relative)
	lo, known := c.Delta.Lo.Get()
	if hi, both := c.Delta.Hi.Get(); known && both {
		text += " [" + unit.FormatChange(lo) + ", " + unit.FormatChange(hi) + "]"
	}
	return text
}

// describeFixed is the reason of a verdict without statistics.
func (c *Comparison) describeFixed() string {
	how := "a constant metric"
	if c.Method == PlainValue {
		how = "single values, unverified"
	}
	where := map[Verdict]string{Regressed: "worse than", Improved: "better than", Unchanged: "inside"}[c.Verdict]
	return fmt.Sprintf("%s is %s the threshold of %s (%s)", c.describeDelta(), where, c.Threshold.describe(c.Unit), how)
}

// describe is "5 %", "5 % or 16 B", "0 %".
func (t Threshold) describe(u string) string {
	text := unit.FormatShare(t.Relative)
	if t.Absolute > 0 {
		text += " or " + unit.Format(t.Absolute, u)
	}
	return text
}

// shortP prints a probability as people write it.
func shortP(p float64) string {
	if p < 0.0001 {
		return "< 0.0001"
	}
	return strconv.FormatFloat(p, 'g', 2, 64)
}
