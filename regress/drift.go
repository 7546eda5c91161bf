package regress

import (
	"math"
	"slices"

	"github.com/org/regress-gate/regress/infer"
)

// Drift is what the stored history says of slow losses: each change was too
// small to matter, and together they do (STATISTICS 6). It is about the runs
// that were merged and not about the change under judgement, so that it closes no
// gate unless the policy says so (DriftPolicy.Proven).
type Drift struct {
	Metrics  int            `json:"metrics"`            // how many have an anchor and enough runs to be held against it
	Suite    Figure         `json:"suite,omitzero"`     // change for the worse that all have in common since their anchors, a fraction; absent below ten metrics. It is taken off each
	Moved    bool           `json:"moved,omitzero"`     // whether Suite has been beyond the typical threshold in each of the latest runs
	Findings []DriftFinding `json:"findings,omitempty"` // the metrics beyond their anchor, sorted by benchmark, then by metric
}

// DriftFinding is one metric each of whose latest runs is worse than its anchor by
// more than the threshold.
type DriftFinding struct {
	Key
	Unit      string    `json:"unit"`
	Anchor    Figure    `json:"anchor"`              // in Unit
	Since     Ref       `json:"since"`               // the run that the anchor is of; its environment is the baseline's
	Latest    Figure    `json:"latest"`              // median of the latest runs, in Unit
	Change    Figure    `json:"change,omitzero"`     // of Latest against Anchor, a fraction, positive where larger, what the suite has in common taken off
	Threshold Threshold `json:"threshold"`           // around the anchor
	Runs      int       `json:"runs"`                // how many latest runs lie beyond
	P         Figure    `json:"p,omitzero"`          // one-sided p of "no worse than the anchor"
	PAdjusted Figure    `json:"p_adjusted,omitzero"` // the same after the correction over the metrics
	Proven    bool      `json:"proven"`              // PAdjusted < 0.001
	Severity  Severity  `json:"severity"`            // that of the metric
}

// defaultWindow is the number of latest runs that must all lie beyond the anchor.
const defaultWindow = 3

// provenDrift is the level at which drift is more than a warning.
const provenDrift = 0.001

// Drift finds the metrics of the baseline that have drifted from their anchor
// under the policy. The error is that of a rule which cannot apply.
func (b *Baseline) Drift(p Policy) (Drift, error) {
	window := p.Drift.Window
	if window == 0 {
		window = defaultWindow
	}
	var paths []*path
	for i := range b.Entries {
		one, err := b.pathOf(&b.Entries[i], &p)
		if err != nil {
			return Drift{}, err
		}
		if one != nil && len(one.points) >= max(window, 2) {
			paths = append(paths, one)
		}
	}
	d := Drift{Metrics: len(paths)}
	d.takeOffCommon(paths, window)
	ps := make([]float64, len(paths))
	for i, one := range paths {
		one.measure(window)
		ps[i] = one.p
	}
	for i, q := range infer.BenjaminiHochberg(ps) {
		if one := paths[i]; one.beyond() {
			d.Findings = append(d.Findings, one.finding(q, window))
		}
	}
	slices.SortFunc(d.Findings, func(x, y DriftFinding) int { return compareKeys(x.Key, y.Key) })
	return d, nil
}

// takeOffCommon finds how all metrics together stand to their anchors in each
// run, which is the machine or what hits everything, and takes that off.
func (d *Drift) takeOffCommon(paths []*path, window int) {
	var shared []*path
	var histories [][]Point
	var margins []float64
	for _, one := range paths {
		if one.shares {
			shared = append(shared, one)
			histories = append(histories, one.points)
			margins = append(margins, one.delta)
		}
	}
	if len(shared) < infer.MinFamily {
		return
	}
	aligned := ages(histories)
	byAge := map[int][]float64{}
	age := func(i, j int) int {
		if aligned == nil {
			return len(histories[i]) - 1 - j
		}
		return aligned[i][j]
	}
	for i, one := range shared {
		for j, v := range one.runs {
			byAge[age(i, j)] = append(byAge[age(i, j)], v-one.anchor)
		}
	}
	common := map[int]float64{}
	for a, list := range byAge {
		if len(list) >= infer.MinFamily {
			common[a] = infer.Median(list)
		}
	}
	for i, one := range shared {
		for j := range one.runs {
			one.runs[j] -= common[age(i, j)]
		}
	}
	var latest []float64
	for a := range window {
		latest = append(latest, common[a])
	}
	d.Suite = NewFigure(math.Expm1(infer.Median(latest)))
	d.Moved = slices.Min(latest) > infer.Median(margins)
}
