package main

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// still has next to no noise within a run, so that offsets can be seen.
func still(w world) world {
	w.shape, w.cv = lognormal, 1e-9
	return w
}

// logs returns the samples of both sides of a metric as logarithms.
func logs(p *pull, i int) (base, head []float64) {
	for k := range p.n {
		base = append(base, math.Log(p.baseline.Entries[i].Samples[k]))
		head = append(head, math.Log(p.head.Series[i].Samples[k]))
	}
	return base, head
}

func drawn(s scenario) *pull {
	p := newPull(s)
	p.draw(source())
	return p
}

const same = 1e-7 // of logarithms, beside the rest of the noise

func TestPlaces(t *testing.T) {
	base, head := interleaved.places(4) // A B B A A B B A
	require.Equal(t, []float64{0, 3. / 7, 4. / 7, 1}, base)
	require.Equal(t, []float64{1. / 7, 2. / 7, 5. / 7, 6. / 7}, head)

	base, head = blocks.places(2)
	require.Equal(t, []float64{0, 1. / 3}, base)
	require.Equal(t, []float64{2. / 3, 1}, head)

	base, head = stored.places(3) // each has a job of its own
	require.Equal(t, []float64{0, 0.5, 1}, base)
	require.Equal(t, base, head)
}

func TestOneJobSharesItsOffsets(t *testing.T) {
	w := still(world{common: 0.05, own: 0.05})
	for _, d := range []design{blocks, interleaved} {
		base, head := logs(drawn(scenario{world: w, design: d, n: 4, metrics: 2}), 0)
		require.InDeltaSlice(t, base, head, same)
		require.Greater(t, math.Abs(base[0]), 1e-4)
	}
	base, head := logs(drawn(scenario{world: w, design: stored, n: 4, metrics: 2}), 0)
	require.InDelta(t, base[0], base[3], same)
	require.Greater(t, math.Abs(base[0]-head[0]), 1e-4)
}

func TestCommonOffsetsAreThoseOfTheSuite(t *testing.T) {
	p := drawn(scenario{world: still(world{common: 0.05}), design: stored, n: 4, metrics: 2})
	one, _ := logs(p, 0)
	other, _ := logs(p, 1)
	require.InDeltaSlice(t, one, other, same)

	p = drawn(scenario{world: still(world{own: 0.05}), design: stored, n: 4, metrics: 2})
	one, _ = logs(p, 0)
	other, _ = logs(p, 1)
	require.Greater(t, math.Abs(one[0]-other[0]), 1e-4)
}

func TestDriftIsALineOverTheJob(t *testing.T) {
	base, head := logs(drawn(scenario{world: still(world{drift: 0.02}), design: blocks, n: 4, metrics: 1}), 0)
	step := base[1] - base[0]
	require.Greater(t, math.Abs(step), 1e-4)
	require.InDelta(t, 4*step, head[0]-base[0], same)
	require.InDelta(t, 0, base[0]+head[3], same) // around the middle of the job
}

func TestProcessesDiffer(t *testing.T) {
	base, _ := logs(drawn(scenario{world: still(world{process: 0.01}), design: interleaved, n: 4, metrics: 1}), 0)
	require.Greater(t, math.Abs(base[0]-base[1]), 1e-4)
}

func TestSpread(t *testing.T) {
	r := source()
	require.Equal(t, 0.02, equal.of(r, 0.02, 0.1))
	require.Equal(t, 0.1, proportional.of(r, 1, 0.1))
	require.Zero(t, varied.of(r, 0, 0.1))
	require.Zero(t, proportional.of(r, 0, 0.1)) // what a world has none of
	sizes, lns := make([]float64, 200_000), make([]float64, 200_000)
	for i := range sizes {
		sizes[i] = varied.of(r, 0.02, 0.1)
		lns[i] = math.Log(sizes[i])
	}
	require.InDelta(t, 0.02, mean(sizes), 0.0003)
	_, sigma := moments(lns)
	require.InDelta(t, 0.8, sigma, 0.01)
}
