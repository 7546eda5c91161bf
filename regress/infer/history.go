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
	Shift *Shift // head against the newest earlier run
	// Runs holds one location for each earlier run, oldest first; the last is the base of the shift. At least two. A
	// family is aligned at the newest run: the values that are j from the end are from the same run in all metrics.
	Runs []float64
}

// Trend is what a history says of a shift.
type Trend struct {
	Estimate float64 // θ̂_H: head against the median of all earlier runs, the suite's common shift taken out
	Step     float64 // head against the newest earlier run only, the median step of the suite taken out

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
//  4. θ̂_H = θ̂ + h_K − median(h′), minus the median θ̂_H of the family.
//  5. se² = max(V*/2·(1+1.57/K), se²/2); the degrees of freedom are those of the larger one.
//
// Steps 1 and 3 need MinFamily metrics. The slices stay as they are.
func Trends(family []Past) (trends []Trend, common float64) {
	suite := len(family) >= MinFamily
	path := commonPath(family)
	trends = make([]Trend, len(family))
	noise := make([]float64, len(family)) // V
	steps := make([]float64, len(family))
	var clean []float64
	for i, m := range family {
		clean = append(clean[:0], m.Runs...)
		for j := range clean {
			clean[j] -= path[len(clean)-1-j]
		}
		noise[i] = stepVariance(clean)
		newest, center := clean[len(clean)-1], Median(clean)
		steps[i] = m.Shift.Estimate
		trends[i] = Trend{
			Estimate: m.Shift.Estimate + newest - center,
			Step:     m.Shift.Estimate,
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
		k := float64(len(m.Runs))
		v, df := noise[i], stepDF(len(m.Runs))
		if suite {
			v, df = max(v, (2*typical+df*v)/(2+df)), df+2
		}
		t.RunSD = math.Sqrt(v / 2)
		between := t.RunSD * math.Sqrt(1+1.57/k) // 1.57 = π/2: the variance of a median
		t.SE, t.DF = larger(between, df, m.Shift.SE/math.Sqrt2, m.Shift.DF)
		t.SEUpper, t.DFUpper = larger(between, df, m.Shift.SEUpper/math.Sqrt2, m.Shift.DF)
	}
	return trends, common
}

// commonPath returns, by age in runs, how far the whole suite stood from where it stood at the newest earlier run. A
// step that fewer than MinFamily metrics have seen counts as none.
func commonPath(family []Past) []float64 {
	longest := 0
	for _, m := range family {
		longest = max(longest, len(m.Runs))
	}
	path := make([]float64, longest)
	steps := make([]float64, 0, len(family))
	for age := 1; age < longest; age++ {
		steps = steps[:0]
		for _, m := range family {
			if at := len(m.Runs) - 1 - age; at >= 0 {
				steps = append(steps, m.Runs[at+1]-m.Runs[at])
			}
		}
		path[age] = path[age-1]
		if len(steps) >= MinFamily {
			path[age] -= medianInPlace(steps)
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
