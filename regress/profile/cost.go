package profile

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// Cost is what one function has of a profile, as shares from 0 to 1 of its total.
type Cost struct {
	Function string
	Flat     float64 // in the function itself
	Cum      float64 // in it and in what it calls; a recursive function counts once
}

// Total returns the sum of the weights of that type, an index of Types.
func (p *Profile) Total(kind int) (total float64) {
	for i := range p.Stacks {
		total += p.Stacks[i].Weights[kind]
	}
	return total
}

// Costs returns the share of each function in the weights of that type, an index
// of Types, by descending cumulative share and then by name. Functions without a
// share are left out, and a profile without weight has none.
func (p *Profile) Costs(kind int) []Cost {
	total := p.Total(kind)
	if total == 0 {
		return nil
	}
	costs := make([]Cost, len(p.Functions))
	last := make([]int, len(p.Functions)) // the stack that counted the function last, from 1
	for i := range p.Stacks {
		s := &p.Stacks[i]
		share := s.Weights[kind] / total
		for _, f := range s.Frames {
			if last[f] != i+1 {
				last[f] = i + 1
				costs[f].Cum += share
			}
		}
		costs[s.Frames[len(s.Frames)-1]].Flat += share
	}
	kept := costs[:0]
	for i, c := range costs {
		if c.Cum > 0 {
			// Sums of rounded shares may exceed the whole by a few ulps.
			kept = append(kept, Cost{p.Functions[i], min(c.Flat, 1), min(c.Cum, 1)})
		}
	}
	slices.SortFunc(kept, func(a, b Cost) int {
		return cmp.Or(-cmp.Compare(a.Cum, b.Cum), cmp.Compare(a.Function, b.Function))
	})
	return kept
}

// Samples returns about how many samples the weights of that type were counted
// from: what the period says, else the largest weight that all are multiples of.
// Types of one kind (alloc_objects and alloc_space, contentions and delay) weigh
// the same samples, so that the fewest hold. It is 0 for a profile without weight.
func (p *Profile) Samples(kind int) float64 {
	n := p.counted(kind)
	for other := range p.Types {
		if m := p.counted(other); m > 0 && p.Types[other].group() == p.Types[kind].group() {
			n = min(n, m)
		}
	}
	return n
}

// group is what alloc_objects and alloc_space have in common.
func (t Type) group() string {
	before, _, ok := strings.Cut(t.Name, "_")
	if !ok {
		return ""
	}
	return before
}

func (p *Profile) counted(kind int) float64 {
	period := p.Types[kind].Period
	for i := range p.Stacks {
		if period == 1 || p.Types[kind].Period > 0 {
			break
		}
		period = gcd(period, math.Round(p.Stacks[i].Weights[kind]))
	}
	if period == 0 {
		return 0
	}
	return p.Total(kind) / period
}

func gcd(a, b float64) float64 {
	for b != 0 {
		a, b = b, math.Mod(a, b)
	}
	return a
}

// Noise returns the standard deviation of the difference of two shares around
// share that were each counted from that many samples. The samples of a profile
// are no independent draws, so it is a lower bound.
func Noise(share, samples float64) float64 {
	if samples <= 0 {
		return 1
	}
	// Of a share that is 0 or 1 little is known: at least one sample decides it.
	p := min(max(share, 1/samples), 1-1/samples)
	return math.Sqrt(2 * max(p*(1-p), 0) / samples)
}

// Change is a function whose share is not the same in two profiles.
type Change struct {
	Function   string
	Base, Head Cost
}

// Flat returns by how much the function's own share grew, from -1 to 1.
func (c Change) Flat() float64 { return c.Head.Flat - c.Base.Flat }

// Cum returns by how much the function's cumulative share grew, from -1 to 1.
func (c Change) Cum() float64 { return c.Head.Cum - c.Base.Cum }

// Growth compares two profiles function by function, each in that type of its
// own. What grew most in itself comes first; a function that is in one of them
// only has the share 0 in the other.
func Growth(base, head []Cost) []Change {
	at := make(map[string]int, len(base))
	changes := make([]Change, 0, len(base))
	for _, c := range base {
		at[c.Function] = len(changes)
		changes = append(changes, Change{c.Function, c, Cost{Function: c.Function}})
	}
	for _, c := range head {
		i, known := at[c.Function]
		if !known {
			i = len(changes)
			changes = append(changes, Change{Function: c.Function, Base: Cost{Function: c.Function}})
		}
		changes[i].Head = c
	}
	slices.SortStableFunc(changes, func(a, b Change) int {
		return cmp.Or(-cmp.Compare(a.Flat(), b.Flat()), -cmp.Compare(a.Cum(), b.Cum()), cmp.Compare(a.Function, b.Function))
	})
	return changes
}
