// Package profile reads profiles and traces into weighted stacks, and says what
// share of a profile each function has.
//
//	pprof (gzip or plain protobuf) ─ReadPprof─┐
//	traces (Jaeger, OTLP)       ─ReadTraces───┤
//	folded stacks (FlameGraph)  ─ReadFolded───┴→ Profile ─Costs→ flat and cumulative share of each function
//	                                             two Profiles ─Growth→ the functions whose share grew
//
// Files are hostile: sizes, indices and what a small file may unfold to are
// bounded, and a file that breaks a bound is an error and never half a profile.
//
// A profile counts samples, so that a share has the noise of counting: Noise says
// how much of a difference is nothing but that.
package profile

import (
	"fmt"
	"time"
)

// Profile is a set of weighted stacks.
type Profile struct {
	Types     []Type    // what the weights of a stack measure; never empty
	Default   int       // the type to look at first, an index of Types
	Functions []string  // the names of the frames, each once
	Stacks    []Stack   // in file order; the same frames may come again
	Time      time.Time // when the profile was begun; zero where unknown
	Duration  time.Duration
}

// Type is one measure of a profile, such as cpu in nanoseconds.
type Type struct {
	Name, Unit string
	// Period is the weight of a single sample in Unit, 0 where the file does not
	// say: 10 ms at 100 Hz, 512 KiB in Go's heap profile.
	Period float64
}

// Stack is a call stack with its weights.
type Stack struct {
	Frames  []int32   // indices of Functions, from the root to the leaf; never empty
	Weights []float64 // one for each type, finite and not negative
}

// maxUnfolded bounds the frames and weights of a whole profile, and with them the
// memory that a small hostile file can ask for. A profile of a large service has
// some hundred thousand.
const maxUnfolded = 1 << 23

// builder collects stacks and holds them to maxUnfolded.
type builder struct {
	Profile
	index    map[string]int32 // of Functions
	unfolded int
}

func (b *builder) function(name string) int32 {
	if i, known := b.index[name]; known {
		return i
	}
	if b.index == nil {
		b.index = map[string]int32{}
	}
	i := int32(len(b.Functions))
	b.Functions = append(b.Functions, name)
	b.index[name] = i
	return i
}

func (b *builder) add(s Stack) error {
	b.unfolded += len(s.Frames) + len(s.Weights)
	if b.unfolded > maxUnfolded {
		return fmt.Errorf("the stacks have more than %d frames: the profile is too large (take it over a shorter time)", maxUnfolded)
	}
	b.Stacks = append(b.Stacks, s)
	return nil
}
