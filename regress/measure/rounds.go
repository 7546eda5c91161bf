package measure

import (
	"context"
	"fmt"
)

// Pair is the same work on both sides. Base or Head is nil where there is only one.
type Pair struct {
	Name       string // for messages
	Base, Head *Task
}

// Samples are those of one pair, in measuring order. Both sides have the same
// number, unless there is only one.
type Samples struct{ Base, Head []Sample }

// Experiment measures pairs in rounds.
type Experiment struct {
	rounds int
}

// Round measures every pair once on each side: base before head in one round, head
// before base in the next, so that whatever changes steadily hits both alike. The
// result has the order of the pairs. On an error, the end of the context among
// them, the round does not count, and there is no result.
func (e *Experiment) Round(ctx context.Context, pairs []Pair) ([]Samples, error) {
	result := make([]Samples, len(pairs))
	for i, p := range pairs {
		one := &result[i]
		sides := []func() error{
			func() error { return p.measure(ctx, "base", p.Base, &one.Base) },
			func() error { return p.measure(ctx, "head", p.Head, &one.Head) },
		}
		if e.rounds%2 == 1 {
			sides[0], sides[1] = sides[1], sides[0]
		}
		for _, side := range sides {
			if err := side(); err != nil {
				return nil, err
			}
		}
	}
	e.rounds++
	return result, nil
}

func (p *Pair) measure(ctx context.Context, side string, t *Task, to *[]Sample) error {
	if t == nil {
		return nil
	}
	s, err := t.run(ctx)
	if err != nil {
		if p.Base == nil {
			return fmt.Errorf("measuring %s: %w", p.Name, err)
		}
		return fmt.Errorf("measuring %s of %s: %w", side, p.Name, err)
	}
	*to = append(*to, s)
	return nil
}
