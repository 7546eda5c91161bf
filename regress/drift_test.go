package regress

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/org/regress-gate/regress/unit"
	"github.com/stretchr/testify/require"
)

// drifting returns an entry with an anchor at 100 and those latest runs.
func drifting(name, u string, latest ...float64) Entry {
	e := Entry{Series: series(name, u, u, latest[len(latest)-1]), Anchor: &Point{Commit: "anchor", Center: 100}}
	for i, v := range append([]float64{100, 101, 99, 100, 101, 100}, latest...) {
		e.History = append(e.History, Point{Time: time.Date(2026, 1, 1+i, 0, 0, 0, 0, time.UTC), Center: v, N: 5})
	}
	return e
}

func TestDrift(t *testing.T) {
	rule := func(r Rule) Policy { r.Match = Pattern{"*"}; return Policy{Rules: []Rule{r}} }
	rebased := drifting("A", "sec/op", 107, 108, 109)
	rebased.History[7].Mark = Rebased
	refused := drifting("A", "sec/op", 100, 120, 121, 122)
	refused.Samples = []float64{100}
	for i := 7; i < 10; i++ {
		refused.History[i].Mark = Refused
	}
	for _, c := range []struct {
		why    string
		entry  Entry
		policy Policy
		change float64 // of the finding; 0: none
	}{
		{"three runs beyond the threshold", drifting("A", "sec/op", 106, 108, 110), Policy{}, 0.08},
		{"one of them is not", drifting("A", "sec/op", 106, 104, 110), Policy{}, 0},
		{"exactly the threshold does not matter", drifting("A", "sec/op", 105, 105, 105), Policy{}, 0},
		{"nor does a drift for the better", drifting("A", "sec/op", 90, 89, 88), Policy{}, 0},
		{"higher is better: falling", drifting("A", "req/s", 93, 92, 91), Policy{}, -0.08},
		{"higher is better: rising", drifting("A", "req/s", 110, 111, 112), Policy{}, 0},
		{"without a direction: falling", drifting("A", "widgets", 93, 92, 91), Policy{}, -0.08},
		{"without a direction: falling by exactly the threshold", drifting("A", "widgets", 95, 95, 95), Policy{}, 0},
		{"without a direction: falling by less, though more than the threshold is up", drifting("A", "widgets", 95.1, 95.1, 95.1), Policy{}, 0},
		{"without a direction: rising", drifting("A", "widgets", 107, 108, 109), Policy{}, 0.08},
		{"not judged, not watched", drifting("A", "sec/op", 120, 121, 122), rule(Rule{Direction: unit.Info}), 0},
		{"the metric's own threshold holds", drifting("A", "sec/op", 106, 108, 110), rule(Rule{Threshold: PercentOf(0.2)}), 0},
		{"but drift may have its own", drifting("A", "sec/op", 106, 108, 110), Policy{Threshold: PercentOf(0.2), Drift: DriftPolicy{Threshold: PercentOf(0.03)}}, 0.08},
		{"a longer window", drifting("A", "sec/op", 106, 108, 110), Policy{Drift: DriftPolicy{Window: 4}}, 0},
		{"what was before an accepted change does not count", rebased, Policy{}, 0},
		{"runs that were refused do: the loss is there", refused, Policy{}, 0.21},
		{"a count that can be zero", drifting("A", "errors", 0, 120, 130, 125), Policy{}, 0.25},
	} {
		b := &Baseline{Entries: []Entry{c.entry}}
		d, err := b.Drift(c.policy)
		require.NoError(t, err)
		if c.change == 0 {
			require.Empty(t, d.Findings, c.why)
			continue
		}
		require.Len(t, d.Findings, 1, c.why)
		f := d.Findings[0]
		change, _ := f.Change.Get()
		require.InDelta(t, c.change, change, 1e-12, c.why)
		require.Equal(t, "anchor", f.Since.Commit)
	}
}

// What all metrics do together is said once, and taken off each.
func TestDriftOfTheSuite(t *testing.T) {
	suite := func(latest func(i int) []float64) *Baseline {
		b := &Baseline{}
		for i := range 12 {
			b.Entries = append(b.Entries, drifting(fmt.Sprintf("B%02d", i), "sec/op", latest(i)...))
		}
		return b
	}
	all, err := suite(func(int) []float64 { return []float64{110, 111, 112} }).Drift(Policy{})
	require.NoError(t, err)
	require.True(t, all.Moved)
	moved, _ := all.Suite.Get()
	require.InDelta(t, 0.11, moved, 1e-12)
	require.Empty(t, all.Findings)

	one, err := suite(func(i int) []float64 {
		if i == 5 {
			return []float64{121, 122, 123}
		}
		return []float64{110, 111, 112}
	}).Drift(Policy{})
	require.NoError(t, err)
	require.Len(t, one.Findings, 1)
	change, _ := one.Findings[0].Change.Get()
	require.InDelta(t, 122./111-1, change, 1e-3, "beside what all do")
}

func TestProvenDriftClosesWhereThePolicySaysSo(t *testing.T) {
	e := drifting("A", "sec/op", 108, 109, 110, 108, 109, 110)
	b := &Baseline{Entries: []Entry{e}}
	head := run(series("A", "sec/op", "sec/op", 109))
	for _, c := range []struct {
		proven Response
		gate   Gate
	}{{0, Open}, {ShowOnly, Open}, {FailClosed, Unproven}} {
		r, err := Compare(b, head, Policy{Drift: DriftPolicy{Proven: c.proven}})
		require.NoError(t, err)
		require.Len(t, r.Drift.Findings, 1)
		require.True(t, r.Drift.Findings[0].Proven, "p %v", r.Drift.Findings[0].P)
		require.Equal(t, c.gate, r.Gate())
	}
}

// Ten merges of 2 % under a threshold of 5 %, through Compare and Update as on a
// main branch: none is refused, and the sum is seen.
func TestTenMergesDoNotSlipThrough(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	const series, merges = 60, 10
	seen, first := 0, []float64{}
	for range series {
		l := &lab{rng: rng, metrics: 1, run: 0.01, sample: 0.005, n: 5}
		b := l.baseline(t, 5)
		for merge := 1; merge <= merges; merge++ {
			slower := math.Pow(1.02, float64(merge))
			b = l.merge(t, b, l.measure(func(int) float64 { return slower }))
			d, err := b.Drift(Policy{})
			require.NoError(t, err)
			if len(d.Findings) > 0 {
				seen++
				first = append(first, float64(merge))
				break
			}
		}
	}
	require.Equal(t, series, seen)
	t.Logf("first seen at merge %v", first)
}
