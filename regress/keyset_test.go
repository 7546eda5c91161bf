package regress

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// Blocks, scattered benchmarks and large blocks: always what a plain set finds.
func TestKeySet(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for range 2000 {
		benchmarks, metrics := 1+rng.IntN(4), 1+rng.IntN(40)
		list := make([]Series, 1+rng.IntN(60))
		for i := range list {
			list[i].Key = Key{fmt.Sprint(rng.IntN(benchmarks)), fmt.Sprint(rng.IntN(metrics))}
			if i > 0 && rng.IntN(3) > 0 {
				list[i].Benchmark = list[i-1].Benchmark
			}
		}
		at := func(i int) *Series { return &list[i] }
		seen, plain := keySet{blocks: map[string]bool{}}, map[Key]bool{}
		for i := range list {
			require.Equal(t, !plain[list[i].Key], seen.add(list[i].Key, i, at), "%d of %v", i, list)
			plain[list[i].Key] = true
		}
	}
}
