package infer

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"
)

func TestAdjust(t *testing.T) {
	for _, c := range []struct {
		why         string
		p, bh, holm []float64
	}{
		{"the larger of two neighbours carries the smaller", []float64{0.0124, 0.0126, 0.5, 0.9},
			[]float64{0.0252, 0.0252, 2. / 3, 0.9}, []float64{0.0496, 0.0496, 1, 1}},
		{"in input order", []float64{0.9, 0.0126, 0.5, 0.0124},
			[]float64{0.9, 0.0252, 2. / 3, 0.0252}, []float64{1, 0.0496, 1, 0.0496}},
		// Benjamini & Hochberg 1995, section 3.1: at 5 % BH rejects four, Holm three of these fifteen.
		{"the example of the paper", []float64{.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528, .7590, 1},
			[]float64{.0015, .003, .0095, .035625, .0603, .4470 / 7, .4470 / 7, .0645, .0765, .486, .4262 * 15 / 11, .714875, .6528 * 15 / 13, .7590 * 15 / 14, 1},
			[]float64{.0015, .0056, .0247, .114, .2211, .278, .278, .278, .3213, 1, 1, 1, 1, 1, 1}},
		{"one alone is itself", []float64{0.03}, []float64{0.03}, []float64{0.03}},
		{"equal ones stay equal", []float64{0.02, 0.02}, []float64{0.02, 0.02}, []float64{0.04, 0.04}},
		{"none", []float64{}, []float64{}, []float64{}},
		{"no doubt at all stays none", []float64{0, 1}, []float64{0, 1}, []float64{0, 1}},
	} {
		approx := cmpopts.EquateApprox(1e-12, 0)
		require.Empty(t, cmp.Diff(c.bh, BenjaminiHochberg(c.p), approx), c.why)
		require.Empty(t, cmp.Diff(c.holm, Holm(c.p), approx), c.why)
	}
}

func TestAdjustProperties(t *testing.T) {
	rng := rand.New(rand.NewPCG(21, 22))
	for range 200 {
		p := make([]float64, 1+rng.IntN(50))
		for i := range p {
			p[i] = rng.Float64() * rng.Float64()
		}
		before := append([]float64{}, p...)
		bh, holm := BenjaminiHochberg(p), Holm(p)
		require.Equal(t, before, p, "the caller's slice")
		for i := range p {
			require.True(t, p[i] <= bh[i] && bh[i] <= holm[i]*(1+1e-15) && holm[i] <= 1, "Holm is the stricter one")
			for j := range p {
				require.False(t, p[i] < p[j] && (bh[i] > bh[j] || holm[i] > holm[j]), "order kept")
			}
		}
	}
}

func BenchmarkBenjaminiHochberg30000(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	p := make([]float64, 30_000)
	for i := range p {
		p[i] = rng.Float64()
	}
	for b.Loop() {
		BenjaminiHochberg(p)
	}
}

func ExampleBenjaminiHochberg() {
	fmt.Printf("%.4f\n", BenjaminiHochberg([]float64{0.0124, 0.0126, 0.5, 0.9}))
	// Output: [0.0252 0.0252 0.6667 0.9000]
}
