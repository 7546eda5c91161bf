package main

import (
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"runtime"
	"sync"
	"sync/atomic"
)

// lab measures scenarios, each once however many rows and tables ask for it.
type lab struct {
	families int       // of a main row
	progress io.Writer // nil for none
	known    map[scenario][]rates
	suites   [][2]bool // those of the ratchet: absorbed, told
}

// rates are what one rule comes to in one scenario.
type rates [findings]rate

func newLab(families int, progress io.Writer) *lab {
	return &lab{families: families, progress: progress, known: map[scenario][]rates{}}
}

// measure returns the rates of the shipped judge and, behind it, of the rivals
// where the scenario wants them.
func (l *lab) measure(s scenario) []rates {
	if known, ok := l.known[s]; ok {
		return known
	}
	l.announce(s.String())
	families := repeat(s.String(), s.families(l.families), func() func(*rand.Rand) []finding {
		p := newPull(s)
		return func(r *rand.Rand) []finding { return p.judgeNext(r) }
	})
	measured := make([]rates, len(families[0]))
	column := make([]float64, len(families))
	for rule := range measured {
		for part := range measured[rule] {
			for i := range families {
				column[i] = families[i][rule][part]
			}
			measured[rule][part] = meanOf(column)
		}
	}
	l.known[s] = measured
	return measured
}

// judgeNext draws a pull request and has it judged by all.
func (p *pull) judgeNext(r *rand.Rand) []finding {
	p.draw(r)
	all := []finding{shipped(p, r)}
	if p.rivals {
		seen := p.look()
		for i := range rivals {
			all = append(all, rivals[i].judge(p, seen))
		}
	}
	return all
}

// repeat draws families of one experiment on all processors. Each has a
// generator of its own, seeded by the experiment's name and its number, and a
// place of its own: the outcome does not depend on who draws it. start gives
// each processor its own memory.
func repeat[T any](name string, families int, start func() func(*rand.Rand) T) []T {
	hash := fnv.New64a()
	io.WriteString(hash, name) // never fails
	seed := hash.Sum64()
	results := make([]T, families)
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), families) {
		wg.Go(func() {
			family := start()
			for i := next.Add(1) - 1; i < int64(families); i = next.Add(1) - 1 {
				results[i] = family(rand.New(rand.NewPCG(seed, uint64(i))))
			}
		})
	}
	wg.Wait()
	return results
}

// announce shows what is being measured.
func (l *lab) announce(what string) {
	const clear = "\r\x1b[K"
	if l.progress != nil {
		fmt.Fprint(l.progress, clear, what)
	}
}
