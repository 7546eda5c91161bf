package machine

import (
	"context"
	"time"

	"github.com/org/regress-gate/regress"
)

// tree is a process with its descendants over time. Once in it, a process stays,
// also where its parent ends before it does.
type tree struct {
	view       view
	root       int
	ownNetwork bool
	members    map[identity]member

	samples     int   // those in which something ran
	first, last point // of the samples
	window      point // where the interval of cpuMax began
	cpuMax      regress.Figure
	rssSum      float64
	rssMax      float64
	peak        regress.Figure
	net, netEnd traffic
}

// member is what was last known of a process of the tree.
type member struct {
	process
	read, written regress.Figure // B
	gone          bool
}

// point is what the tree had used at a time.
type point struct {
	at            time.Time
	cpu           float64 // s
	read, written regress.Figure
}

func newTree(ctx context.Context, v view, pid int) *tree {
	t := &tree{view: v, root: pid, ownNetwork: v.ownNetwork(pid), members: map[identity]member{}}
	t.net = v.network(ctx, pid, t.ownNetwork)
	return t
}

// sample looks at the tree, which is now, and returns how long that took.
func (t *tree) sample(ctx context.Context, now time.Time) time.Duration {
	running := t.running(t.view.processes(ctx))
	if len(running) > 0 {
		t.bury(running)
		rss := 0.0
		for _, p := range running {
			rss += p.rss
			m := member{process: p}
			m.read, m.written = t.view.disk(ctx, p.pid)
			before := t.members[p.identity]
			m.read, m.written = larger(m.read, before.read), larger(m.written, before.written) // one that is ending shows none
			t.members[p.identity] = m
			t.peak = larger(t.peak, t.view.peak(ctx, p.pid))
		}
		t.count(now, rss)
	}
	if net := t.view.network(ctx, t.root, t.ownNetwork); net.known {
		t.netEnd = net
	}
	return time.Since(now)
}

// running picks the processes of the tree: the root at first, those that were in
// it, and the children of both, by their pid.
func (t *tree) running(all []process) map[int]process {
	children := map[int][]process{}
	running := map[int]process{}
	var next []process
	for _, p := range all {
		children[p.parent] = append(children[p.parent], p)
		if _, known := t.members[p.identity]; known || p.pid == t.root && t.samples == 0 {
			next = append(next, p)
		}
	}
	for len(next) > 0 {
		p := next[len(next)-1]
		next = next[:len(next)-1]
		if _, done := running[p.pid]; !done {
			running[p.pid] = p
			next = append(next, children[p.pid]...)
		}
	}
	return running
}

// bury settles what becomes of the counters of processes that ended: where the
// parent that waited for one inherits them they are its own now, and otherwise
// they stay.
func (t *tree) bury(running map[int]process) {
	for id, m := range t.members {
		if p, alive := running[id.pid]; m.gone || alive && p.identity == id {
			continue
		}
		if _, waited := running[m.parent]; waited && inherits {
			delete(t.members, id)
		} else {
			m.gone = true
			t.members[id] = m
		}
	}
}
