package profile

import (
	"cmp"
	"slices"
)

// Node is a call in the tree of two profiles laid over each other. Nodes are
// listed from the root, each before what it calls.
type Node struct {
	Function   string
	Depth      int     // 0 for what nothing calls
	Base, Head float64 // shares of all samples, with what it calls
}

// call is a node that is being built.
type call struct {
	base, head float64
	calls      map[string]*call
}

// Diff lays two profiles over each other, each in that type of its own. Calls
// below a share in both are left out, and so are the smallest ones where more than
// most would remain. What has the larger share in head comes first.
func Diff(base, head *Profile, baseKind, headKind int, least float64, most int) []Node {
	root := call{}
	root.add(base, baseKind, func(c *call, share float64) { c.base += share })
	root.add(head, headKind, func(c *call, share float64) { c.head += share })
	if over := root.shares(nil, least); len(over) > most {
		slices.SortFunc(over, func(a, b float64) int { return cmp.Compare(b, a) })
		least = over[most] * (1 + 1e-9) // nodes as large as the first one too many go with it
	}
	return root.list(nil, 0, least)
}

func (c *call) add(p *Profile, kind int, count func(*call, float64)) {
	total := p.Total(kind)
	if total == 0 {
		return
	}
	for i := range p.Stacks {
		at := c
		for _, f := range p.Stacks[i].Frames {
			name := p.Functions[f]
			next := at.calls[name]
			if next == nil {
				next = &call{}
				if at.calls == nil {
					at.calls = map[string]*call{}
				}
				at.calls[name] = next
			}
			count(next, p.Stacks[i].Weights[kind]/total)
			at = next
		}
	}
}

// maxDepth bounds what is listed: nobody reads deeper, and nothing recurses without end.
const maxDepth = 200

// shares appends the larger share of each call that has at least so much.
func (c *call) shares(list []float64, least float64) []float64 {
	for _, next := range c.calls {
		if share := max(next.base, next.head); share >= least {
			list = next.shares(append(list, share), least)
		}
	}
	return list
}

func (c *call) list(nodes []Node, depth int, least float64) []Node {
	if depth == maxDepth {
		return nodes
	}
	var names []string
	for name, next := range c.calls {
		if max(next.base, next.head) >= least {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(c.calls[b].head, c.calls[a].head), cmp.Compare(c.calls[b].base, c.calls[a].base), cmp.Compare(a, b))
	})
	for _, name := range names {
		next := c.calls[name]
		nodes = next.list(append(nodes, Node{name, depth, min(1, next.base), min(1, next.head)}), depth+1, least)
	}
	return nodes
}
