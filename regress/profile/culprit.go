package profile

import (
	"cmp"
	"math"
	"slices"
)

// Culprit finds the function that explains most of a loss: the deepest one in
// which, with what it calls, nearly all of the largest growth lies. change is the
// loss of the work that was profiled, as a fraction, by which the shares of head
// are weighed (0.3: all of head took 1.3 times as long); NaN where it is not
// known, and then shares are compared as they are.
//
// explained is the part of the change that the growth is, or NaN where the change
// is not known. ok is false where nothing stands out of the noise of counting, or
// the growth is spread over everything: then the cause is not in any function.
// baseSamples and headSamples are what the profiles were counted from.
func Culprit(changes []Change, change, baseSamples, headSamples float64) (c Change, explained float64, ok bool) {
	const (
		sigmas = 3    // growth beyond the noise of counting
		least  = 0.02 // of all the work: less explains nothing that a gate reports
		nearly = 0.8  // of the largest growth
		faster = 1.5  // it has to grow by so much more than everything did
	)
	scale := 1.0
	if !math.IsNaN(change) {
		scale += change
	}
	grown := func(c Change) float64 { return scale*c.Head.Cum - c.Base.Cum }
	var candidates []Change
	most := 0.0
	for _, c := range changes {
		noise := scale * Noise((c.Base.Cum+c.Head.Cum)/2, min(baseSamples, headSamples))
		if g := grown(c); g > least && g > sigmas*noise {
			candidates = append(candidates, c)
			most = max(most, g)
		}
	}
	slices.SortStableFunc(candidates, func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.Head.Cum, b.Head.Cum), -cmp.Compare(a.Head.Flat, b.Head.Flat), cmp.Compare(a.Function, b.Function))
	})
	for _, c := range candidates {
		if grown(c) < nearly*most {
			continue
		}
		own := scale*c.Head.Flat - c.Base.Flat
		if own < grown(c)/2 && grown(c) < faster*(scale-1)*c.Base.Cum {
			continue // it holds the loss as it holds everything
		}
		return c, grown(c) / change, true
	}
	return Change{}, math.NaN(), false
}
