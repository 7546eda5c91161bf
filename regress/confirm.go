package regress

import "slices"

// First is what was found of a metric before it was measured again.
type First struct {
	Base      Summary  `json:"base"` // without its samples
	Head      Summary  `json:"head"`
	Delta     Delta    `json:"delta"`
	PAdjusted Figure   `json:"p_adjusted,omitzero"`
	Evidence  Evidence `json:"evidence"`
	Verdict   Verdict  `json:"verdict"`
	Cause     Cause    `json:"cause,omitzero"`
	Past      *Past    `json:"past,omitempty"`
}

// Confirm returns the report of a confirmed check: r judged a run against a stored
// baseline, and again judged what its re-run list names, base and head measured
// anew and in turns. The new data alone decide on those metrics (STATISTICS 2.8);
// everything else stands as it was found first. Where the whole suite had moved,
// the most precise metrics were measured again as well: what they did is known,
// and the suite's shift leaves the gate no longer unproven.
//
// Metrics of the list that were not measured again stay as they were. The waivers
// are held against what is found in the end, and what the second report remarks
// follows the first. Neither report is changed; the result shares their samples.
func (r *Report) Confirm(again *Report) *Report {
	second := make(map[Key]*Comparison, len(again.Comparisons))
	for i := range again.Comparisons {
		second[again.Comparisons[i].Key] = &again.Comparisons[i]
	}
	confirmed := *r
	confirmed.Comparisons = slices.Clone(r.Comparisons)
	confirmed.Warnings = r.remarks()
	for _, w := range again.remarks() {
		w.Message = "measured again: " + w.Message
		confirmed.Warnings = append(confirmed.Warnings, w)
	}
	confirmed.Suite.Rerun = nil
	listed := make(map[Key]bool, len(r.Suite.Rerun))
	for _, k := range r.Suite.Rerun {
		listed[k] = true
	}
	for i := range confirmed.Comparisons {
		c := &confirmed.Comparisons[i]
		if !listed[c.Key] {
			continue
		}
		s := second[c.Key]
		if s == nil || !s.Verdict.Compared() || s.Cause == CauseTooFew || s.Method == PlainValue { // it could not decide
			confirmed.Suite.Rerun = append(confirmed.Suite.Rerun, c.Key)
			confirmed.warn("%s could not be measured again: it stays as it was found first", c.Key)
			continue
		}
		first := c.first()
		severity := c.Severity
		*c = *s // with the waiver that covers the new loss, if one does
		c.First, c.Severity = first, severity
	}
	confirmed.Suite.Confirmed = len(confirmed.Suite.Rerun) == 0
	confirmed.Warnings = append(confirmed.Warnings, waive(&confirmed.Policy, confirmed.Comparisons)...)
	return &confirmed
}

// remarks are the warnings of the report but for those on its waivers.
func (r *Report) remarks() []Warning {
	onWaivers := waive(&r.Policy, slices.Clone(r.Comparisons))
	return slices.DeleteFunc(slices.Clone(r.Warnings), func(w Warning) bool { return slices.Contains(onWaivers, w) })
}

// Again returns the baseline for judging anew what r lists: the run as it is, held
// to the thresholds and directions that r went by. What the policy says already is
// not said again: a threshold that somebody asked for holds for single values too.
func (r *Report) Again(base *Run) *Baseline {
	b := NewBaseline(base)
	for i := range b.Entries {
		e := &b.Entries[i]
		at, known := slices.BinarySearchFunc(r.Comparisons, e.Key, func(c Comparison, k Key) int { return compareKeys(c.Key, k) })
		if !known {
			continue
		}
		c := &r.Comparisons[at]
		e.Direction = c.Direction
		byPolicy, err := r.Policy.settle(&sides{series: &e.Series})
		if err != nil || byPolicy.threshold.Relative != c.Threshold.Relative {
			e.Threshold = PercentOf(c.Threshold.Relative)
		}
		if factor, err := factorTo(e.Unit, c.Unit); err == nil && c.Threshold.Absolute > 0 {
			e.ThresholdAbs = NewFigure(c.Threshold.Absolute * factor)
		}
	}
	return b
}

func (c *Comparison) first() *First {
	f := &First{Base: c.Base, Head: c.Head, Delta: c.Delta, PAdjusted: c.PAdjusted, Evidence: c.Evidence, Verdict: c.Verdict, Cause: c.Cause, Past: c.Past}
	f.Base.Samples, f.Head.Samples = nil, nil
	return f
}

// Select returns the run with those of its metrics that keep says, under the names
// that it gives them. They share their samples.
func (r *Run) Select(keep func(*Series) (Key, bool)) *Run {
	selected := *r
	selected.Series = nil
	for _, s := range r.Series {
		if key, ok := keep(&s); ok {
			s.Key = key
			selected.Series = append(selected.Series, s)
		}
	}
	return &selected
}
