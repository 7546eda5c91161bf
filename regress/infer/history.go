package infer

import (
	"math"
	"slices"
)

// MinRuns is the least number of earlier runs that show the noise between runs.
const MinRuns = 8

// Past is one metric with its history. All values are on the scale of the shift and oriented like it, positive worse:
// sign·ln(median) for Log, sign·median for Linear. One family is of one scale.
type Past struct {
	Shift *Shift // head against one of the earlier runs
	// Runs holds one location for each earlier run, oldest first. At least two.
	Runs []float64
	// Ages says, for each of Runs, how many runs of the family lie behind it: falling, 0 for the newest of all. A run
	// that left a metric out leaves a gap there. nil stands for len(Runs)−1 … 0: no gaps.
	Ages []int
	// Doubted says which of Runs are no part of the reference: what they found shows the noise, and not where the metric
	// stands. nil for none; the base of the shift is never one.
	Doubted []bool
	// Base says how many of Runs are newer than the one that the shift was measured from; 0 is the last of them.
	Base int
}

// age returns that of Runs[i].
func (p *Past) age(i int) int {
	if p.Ages == nil {
		return len(p.Runs) - 1 - i
	}
	return p.Ages[i]
}

// base returns the index of the run that the shift was measured from.
func (p *Past) base() int { return len(p.Runs) - 1 - p.Base }

// reference returns the median of the runs that are not doubted, and how many they are. clean are the locations of Runs.
func (p *Past) reference(clean []float64) (center float64, n int) {
	if p.Doubted == nil {
		return Median(clean), len(clean)
	}
	kept := make([]float64, 0, len(clean))
	for i, v := range clean {
		if !p.Doubted[i] {
			kept = append(kept, v)
		}
	}
	return medianInPlace(kept), len(kept)
}

// Trend is what a history says of a shift.
type Trend struct {
	Estimate float64 // θ̂_H: head against the median of the earlier runs, the suite's common shift taken out
	Step     float64 // head against the base of the shift only, the median step of the suite taken out

	// Doubt is by how much the doubted runs lie above the others: by so much more has an estimate to be worse to prove
	// anything, since they may have been right. 0 where none is doubted.
	Doubt float64

	// SE and DF, SEUpper and DFUpper are standard error and degrees of freedom of Estimate for a test of "worse" and of
	// "better", and for the lower and the upper limit of an interval.
	SE, DF, SEUpper, DFUpper float64

	// Lowest and Highest are the extremes of the earlier runs on the scale of Estimate. An estimate between them is
	// nothing that has not been seen before (a benchmark with two modes).
	Lowest, Highest float64

	RunSD float64 // standard deviation of one run, as used
}

// Trends judges a family of metrics against their earlier runs, in input order, and returns the common shift of the
// head run that it took out of every estimate (0 for fewer than MinFamily metrics). The noise is the one that
// successive runs show, so that whatever differs between runs (machines, memory layout, neighbours) is in it:
//
//  1. The path of the whole suite from run to run is removed: h′ⱼ = hⱼ − cⱼ + c_K, cⱼ = cⱼ₋₁ + median(hⱼ − hⱼ₋₁).
//  2. V = mean(d²) of the steps d of h′, far ones cut off; ν₀ = ⅔(K−1), the degrees of freedom of such a mean.
//  3. Small V are drawn towards the median V₀ of the family: V* = max(V, (2V₀+ν₀V)/(2+ν₀)), ν = ν₀+2.
//  4. θ̂_H = θ̂ + h_B − median(h′), h_B the base of θ̂, minus the median θ̂_H of the family; doubted runs are not in that
//     median.
//  5. se² = max(V*/2·(1+1.57/K), se²/2), K the runs of that median; the degrees of freedom are those of the larger one.
//
// Steps 1 and 3 need MinFamily metrics. The slices stay as they are.
func Trends(family []Past) (trends []Trend, common float64) {
	suite := len(family) >= MinFamily
	path := commonPath(family)
	trends = make([]Trend, len(family))
	noise := make([]float64, len(family)) // V
	steps := make([]float64, len(family))
	reference := make([]float64, len(family)) // K
	var clean []float64
	for i, m := range family {
		clean = append(clean[:0], m.Runs...)
		for j := range clean {
			clean[j] -= path[m.age(j)]
		}
		noise[i] = stepVariance(clean)
		head := m.Shift.Estimate + m.Runs[m.base()]
		center, n := m.reference(clean)
		reference[i] = float64(n)
		steps[i] = head - clean[m.base()]
		trends[i] = Trend{
			Estimate: head - center,
			Doubt:    max(0, Median(clean)-center),
			Step:     steps[i],
			Lowest:   slices.Min(clean) - center,
			Highest:  slices.Max(clean) - center,
		}
	}
	var step, typical float64
	if suite {
		step, typical = Median(steps), Median(noise)
		for i := range trends {
			steps[i] = trends[i].Estimate
		}
		common = medianInPlace(steps)
	}
	for i, m := range family {
		t := &trends[i]
		t.Estimate -= common
		t.Step -= step
		v, df := noise[i], stepDF(len(m.Runs))
		if suite {
			v, df = max(v, (2*typical+df*v)/(2+df)), df+2
		}
		t.RunSD = math.Sqrt(v / 2)
		between := t.RunSD * math.Sqrt(1+1.57/reference[i]) // 1.57 = π/2: the variance of a median
		t.SE, t.DF = larger(between, df, m.Shift.SE/math.Sqrt2, m.Shift.DF)
		t.SEUpper, t.DFUpper = larger(between, df, m.Shift.SEUpper/math.Sqrt2, m.Shift.DF)
	}
	return trends, common
}

// commonPath returns, by age in runs, how far the whole suite stood from where it stood at the newest earlier run. A
// step that fewer than MinFamily metrics have seen counts as none.
func commonPath(family []Past) []float64 {
	oldest := 0
	for _, m := range family {
		oldest = max(oldest, m.age(0))
	}
	steps := make([][]float64, oldest+1) // by the age of the run that they start from
	for _, m := range family {
		for i := 1; i < len(m.Runs); i++ {
			if age := m.age(i - 1); m.age(i) == age-1 {
				steps[age] = append(steps[age], m.Runs[i]-m.Runs[i-1])
			}
		}
	}
	path := make([]float64, oldest+1)
	for age := 1; age <= oldest; age++ {
		path[age] = path[age-1]
		if len(steps[age]) >= MinFamily {
			path[age] -= medianInPlace(steps[age])
		}
	}
	return path
}

// stepVariance returns V, the mean square of the steps from run to run: the variance of the difference of two runs. It
// takes no notice of a slow trend, and from six runs on steps beyond three times the typical one are cut to that, so
// that one jump, an accepted change, does not blind the gate. 1.2533 = √(π/2) turns a mean step into a deviation.
func stepVariance(runs []float64) float64 {
	steps := float64(len(runs) - 1)
	mean := 0.0
	for j := 1; j < len(runs); j++ {
		mean += math.Abs(runs[j]-runs[j-1]) / steps
	}
	limit := math.Inf(1)
	if len(runs) >= 6 {
		limit = 3 * 1.2533 * mean
	}
	v := 0.0
	for j := 1; j < len(runs); j++ {
		d := min(math.Abs(runs[j]-runs[j-1]), limit)
		v += d * d / steps
	}
	return v
}

// RunSD returns the standard deviation of one run of a single metric, √(V/2) with the V of Trends, on the scale of the
// runs, which are oldest first. Slow trends are not in it, and single jumps hardly. ok is false for fewer than three
// runs. The slice stays as it is.
func RunSD(runs []float64) (sd float64, ok bool) {
	if len(runs) < 3 {
		return 0, false
	}
	return math.Sqrt(stepVariance(runs) / 2), true
}

// stepDF returns the degrees of freedom of stepVariance: two thirds, since neighbouring steps share a run.
func stepDF(runs int) float64 { return float64(runs-1) * 2 / 3 }

func larger(se1, df1, se2, df2 float64) (se, df float64) {
	if se1 >= se2 {
		return se1, df1
	}
	return se2, df2
}
