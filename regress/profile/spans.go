package profile

import (
	"errors"
	"maps"
	"math"
	"slices"
)

// span is a piece of work within others.
type span struct {
	name   string
	parent string  // id of what it runs within, "" for none; it may not be in the file
	took   float64 // seconds, with what runs within
	inner  float64 // the part of that which spans within it took
}

// tree is the spans of all traces by their ids, which hold the trace's.
type tree struct {
	spans     map[string]*span
	documents int
}

// profile makes a stack of each span. Spans that run at once within another may
// take longer together than it does: then it took nothing itself.
func (t *tree) profile() (*Profile, error) {
	if len(t.spans) == 0 {
		return nil, errors.New("no span in the file: that is no data")
	}
	roots := 0
	for _, s := range t.spans {
		if s.took < 0 || math.IsNaN(s.took) || math.IsInf(s.took, 0) {
			return nil, errors.New("a span that ends before it begins")
		}
		if outer := t.spans[s.parent]; outer != nil {
			outer.inner += s.took
		} else {
			roots++
		}
	}
	if roots == 0 {
		return nil, errors.New("each span runs within another: the traces are a circle")
	}
	b := builder{Profile: Profile{Types: []Type{{Name: traceKind, Unit: "s"}}}}
	total := 0.0
	for _, id := range slices.Sorted(maps.Keys(t.spans)) {
		s := t.spans[id]
		weight := max(0, s.took-s.inner) / float64(roots)
		total += weight
		var frames []int32
		for at := s; at != nil && len(frames) < maxDepth; at = t.spans[at.parent] {
			frames = append(frames, b.function(at.name))
		}
		slices.Reverse(frames)
		if err := b.add(Stack{Frames: frames, Weights: []float64{weight}}); err != nil {
			return nil, err
		}
	}
	// A span is measured and not sampled. Its time varies all the same; by a tenth,
	// is assumed, which is the noise of counting a hundred.
	const each = 100
	b.Types[0].Period = total / float64(each*len(t.spans))
	return &b.Profile, nil
}

// traceKind is what traces measure.
const traceKind = "trace"
