package infer

import (
	"slices"
	"sync"
)

// tied returns the exact two-sided p of U given the ties: over all C(m+n, n) ways to hand out the pooled values.
//
// The pooled values, in ascending groups of equal ones, are cut in two blocks of about half of them. For each block a
// dynamic programme over its groups counts the ways by the number of heads (the members of one sample) and by the 2U
// that they make inside the block; then the blocks are joined, where every head of the upper one beats every base of
// the lower one. This costs an eighth of one programme over all groups.
func (r *pooled) tied() float64 {
	all := r.groups // a copy, which may be reversed
	groups, heads, u2, mn := all[:r.count], r.n, int(2*r.u), r.m*r.n
	if r.m < r.n { // the heads are the smaller sample; changing sides turns U to mn−U
		heads, u2 = r.m, 2*mn-u2
	}
	if u2 > mn { // seen from the other end of the values it is the shorter tail
		slices.Reverse(groups)
		u2 = 2*mn - u2
	}
	w := workspaces.Get().(*workspace)
	defer workspaces.Put(w)
	atMost, below := w.tail(groups, heads, u2)
	total := choose(r.m+r.n, heads)
	return min(1, 2*min(atMost, total-below)/total)
}

// workspace is the memory of the programme, kept from call to call.
type workspace struct{ lower, upper block }

var workspaces = sync.Pool{New: func() any { return new(workspace) }}

// tail returns the number of ways to choose the heads with 2U ≤ limit, and with 2U < limit.
func (w *workspace) tail(groups []uint8, heads, limit int) (atMost, below float64) {
	total := 0
	for _, t := range groups {
		total += int(t)
	}
	cut, size := 0, 0 // groups and values in the lower block
	for cut < len(groups)-1 && 2*size+int(groups[cut]) <= total {
		size += int(groups[cut])
		cut++
	}
	// Heads in the lower block: at least so many that all heads fit, and that those in the upper block do not beat
	// more bases than the limit allows.
	least := max(0, heads-(total-size))
	for 2*(heads-least)*(size-least) > limit {
		least++
	}
	w.lower.fill(groups[:cut], size, least, min(heads, size), limit)
	w.upper.fill(groups[cut:], total-size, max(0, heads-size), heads-least, limit)
	for c := least; c <= min(heads, size); c++ {
		left := limit - 2*(heads-c)*(size-c)
		some, none := join(&w.lower.rows[c], &w.upper.rows[heads-c], left)
		atMost += some
		below += none
	}
	return atMost, below
}

// join returns the number of pairs of ways with 2U ≤ limit together, and with 2U < limit. It leaves b cumulated.
func join(a, b *row, limit int) (atMost, below float64) {
	if a.empty() || b.empty() {
		return 0, 0
	}
	for i := b.lo + 1; i <= b.hi; i++ {
		b.ways[i] += b.ways[i-1]
	}
	for i := a.lo; i <= min(a.hi, limit-b.lo); i++ {
		rest := limit - i // for b, at least b.lo
		atMost += a.ways[i] * b.ways[min(rest, b.hi)]
		if rest > b.lo {
			below += a.ways[i] * b.ways[min(rest-1, b.hi)]
		}
	}
	return atMost, below
}

// block counts the ways to choose heads among some neighbouring groups: rows[c] those with c heads.
type block struct {
	rows  []row
	store []float64
}

// row holds the ways by 2U, for 2U from lo to hi; the rest of the slice is not set yet.
type row struct {
	ways   []float64
	lo, hi int
}

func (r *row) empty() bool { return r.hi < r.lo }

// add adds the ways of another row, each multiplied and with gain more 2U, up to the limit. It never goes below lo: what
// is in a row already has more of its heads in lower groups.
func (r *row) add(from *row, times float64, gain, limit int) {
	lo, hi := from.lo+gain, min(from.hi+gain, limit)
	if hi < lo {
		return
	}
	if r.empty() {
		r.lo, r.hi = lo, lo-1
	}
	if hi > r.hi {
		clear(r.ways[r.hi+1 : hi+1])
		r.hi = hi
	}
	dst := r.ways[lo : hi+1]
	for i, v := range from.ways[lo-gain : hi+1-gain] {
		dst[i] += times * v
	}
}

// fill runs the programme over groups of size values altogether, for least to most heads and 2U up to limit.
func (b *block) fill(groups []uint8, size, least, most, limit int) {
	b.reset(size, most, limit)
	b.rows[0].ways[0], b.rows[0].hi = 1, 0
	seen := 0 // values in the groups so far
	for _, group := range groups {
		t := int(group)
		// Downwards, so that rows with fewer heads are still those before this group. Rows that cannot reach the least
		// number of heads any more are left behind.
		for c := min(seen+t, most); c >= max(1, least-(size-seen-t)); c-- {
			ways := 1.0 // C(t, j)
			for j := 1; j <= min(t, c); j++ {
				ways = ways * float64(t-j+1) / float64(j)
				bases := seen - (c - j) // beaten by each of the j, which tie with the t−j
				b.rows[c].add(&b.rows[c-j], ways, 2*j*bases+j*(t-j), limit)
			}
		}
		seen += t
	}
}

// reset gives every row its part of the store.
func (b *block) reset(size, most, limit int) {
	b.rows = slices.Grow(b.rows[:0], most+1)[:most+1]
	need := 0
	for c := range b.rows {
		need += min(2*c*(size-c), limit) + 1
	}
	b.store = slices.Grow(b.store[:0], need)[:need]
	at := 0
	for c := range b.rows {
		n := min(2*c*(size-c), limit) + 1
		b.rows[c] = row{ways: b.store[at : at+n], hi: -1}
		at += n
	}
}
