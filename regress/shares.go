package regress

import (
	"maps"
	"strings"

	"github.com/org/regress-gate/regress/unit"
)

// leastShare is the share below which a profile's reader leaves a function out
// (package parse): what is not there had at most so much.
const leastShare = 0.005

// AlignShares gives each of two profiles the functions that only the other one
// has, with a share of 0: a function that is not in a profile is not missing, it
// has hardly run. Series are shares of a profile where their metric is "cpu.flat"
// or "cpu.cum" and the run holds "cpu.total"; all others stay as they are. Both
// runs are changed.
func AlignShares(base, head *Run) {
	kinds := profileKinds(head.Series)
	ours := profileKinds(base.Series)
	maps.DeleteFunc(kinds, func(kind string, _ bool) bool { return !ours[kind] })
	if len(kinds) == 0 {
		return
	}
	before := len(base.Series)
	base.Series = append(base.Series, absent(head.Series, base.Series, kinds)...)
	head.Series = append(head.Series, absent(base.Series[:before], head.Series, kinds)...)
}

// AlignShares is that for a stored baseline, whose entries beyond the old ones are
// the functions that it did not have.
func (b *Baseline) AlignShares(head *Run) {
	stored := &Run{Series: make([]Series, len(b.Entries))}
	for i := range b.Entries {
		stored.Series[i] = b.Entries[i].Series
	}
	AlignShares(stored, head)
	for _, s := range stored.Series[len(b.Entries):] {
		b.Entries = append(b.Entries, Entry{Series: s})
	}
}

// profileKinds are what was sampled: the metrics of the whole run that are totals.
func profileKinds(list []Series) map[string]bool {
	kinds := map[string]bool{}
	for i := range list {
		if kind, total := strings.CutSuffix(list[i].Metric, ".total"); total && list[i].Benchmark == "" {
			kinds[kind] = true
		}
	}
	return kinds
}

// absent returns what of one profile is not in the other, with a share of 0.
func absent(from, in []Series, kinds map[string]bool) (list []Series) {
	known := make(map[Key]bool, len(in))
	limits := map[string]float64{} // the least of each metric: those of small shares are small
	for i := range in {
		s := &in[i]
		known[s.Key] = true
		if limit, set := s.ThresholdAbs.Get(); set && (limits[s.Metric] == 0 || limit < limits[s.Metric]) {
			limits[s.Metric] = limit
		}
	}
	for i := range from {
		s := &from[i]
		kind, part, _ := strings.Cut(s.Metric, ".")
		if known[s.Key] || !kinds[kind] || part != "flat" && part != "cum" || s.Unit != "ratio" {
			continue
		}
		list = append(list, Series{
			Key: s.Key, Unit: s.Unit, Direction: unit.Lower, Samples: []float64{0},
			ThresholdAbs: NewFigure(leastShare + limits[s.Metric]),
		})
	}
	return list
}
