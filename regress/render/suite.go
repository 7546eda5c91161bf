package render

import (
	"fmt"
	"math"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/infer"
	"github.com/org/regress-gate/regress/unit"
)

// suiteLine says how the suite was judged as a whole: what was tested at which
// level, what had to be assumed, what the experiment can show.
func suiteLine(r *regress.Report) string { return strings.Join(suiteParts(r), "; ") }

func suiteParts(r *regress.Report) []string {
	s := &r.Suite
	parts := []string{tested(s)}
	if text := evidenceLevels(r); text != "" {
		parts = append(parts, "evidence: "+text)
	}
	if shift, ok := s.Shift.Get(); ok {
		text := "suite shift " + unit.FormatChange(shift) + " for the worse"
		if shift < 0 {
			text = "suite shift " + unit.FormatChange(-shift) + " for the better"
		} else if shift == 0 {
			text = "suite shift 0"
		}
		if s.Subtracted {
			text += ", taken off"
		}
		parts = append(parts, text)
	}
	if v, ok := s.Correlation.Get(); ok {
		parts = append(parts, fmt.Sprintf("neighbouring samples correlate (%.2f), allowed for", v))
	}
	if text := pastText(r); text != "" {
		parts = append(parts, text)
	}
	if v, ok := s.BetweenRun.Get(); ok {
		parts = append(parts, "noise between runs, from this suite: "+logShare(v))
	}
	if n := r.Count().Inconclusive; n > 0 {
		parts = append(parts, fmt.Sprintf("%d inconclusive", n))
	}
	if s.EnoughCount > 0 {
		parts = append(parts, fmt.Sprintf("with %d samples a side half of these metrics would show a loss of twice their threshold", s.EnoughCount))
	}
	return parts
}

// pastText says how long the histories are and what noise they typically show.
func pastText(r *regress.Report) string {
	least, most, runs := 0, 0, ""
	var spreads []float64
	for i := range r.Comparisons {
		c := &r.Comparisons[i]
		if c.Past == nil {
			continue
		}
		if least == 0 || c.Past.Runs < least {
			least = c.Past.Runs
		}
		most = max(most, c.Past.Runs)
		if v, ok := c.Past.Spread.Get(); ok && c.Method == regress.RankLog {
			spreads = append(spreads, v)
		}
	}
	switch {
	case least == 0:
		return ""
	case least == most:
		runs = fmt.Sprintf("history of %d runs", least)
	default:
		runs = fmt.Sprintf("history of %d to %d runs", least, most)
	}
	if len(spreads) == 0 {
		return runs
	}
	return runs + ", their typical noise " + logShare(infer.Median(spreads))
}

func tested(s *regress.Suite) string {
	if s.Tests == 0 {
		return "no metric needed a statistical test"
	}
	text := plural(s.Tests, "metric") + " tested"
	if alpha, ok := s.Alpha.Get(); ok {
		text += fmt.Sprintf(" at α = %.3g (Benjamini–Hochberg)", alpha)
	}
	return text
}

// evidenceLevels counts the compared metrics by what their experiment proves.
func evidenceLevels(r *regress.Report) string {
	var n [regress.ByDetermination + 1]int
	for i := range r.Comparisons {
		if c := &r.Comparisons[i]; c.Verdict.Compared() && int(c.Evidence) < len(n) {
			n[c.Evidence]++
		}
	}
	var parts []string
	for e := len(n) - 1; e >= 0; e-- {
		if n[e] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n[e], evidenceText(regress.Evidence(e), &r.Suite)))
		}
	}
	return strings.Join(parts, ", ")
}

// evidenceText says what the level rests on.
func evidenceText(e regress.Evidence, s *regress.Suite) string {
	switch e {
	case regress.ByDetermination:
		return "exact"
	case regress.ByInterleaving:
		return "interleaved in one job"
	case regress.ByVouching:
		return "vouched for (taken to be measured alike)"
	case regress.ByHistory:
		return "with the run noise of their history"
	}
	text := "without 8 earlier runs: unverified"
	if v, ok := s.RunNoise.Get(); ok {
		text += " (assumed run noise " + logShare(v) + ")"
	}
	return text
}

// logShare shows a standard deviation of logarithms as people speak of it, so
// that the run noise of a policy, 8 %, reads as it was written.
func logShare(sd float64) string { return unit.FormatShare(math.Abs(sd)) }
