package gate

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"time"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/internal/host"
	"github.com/org/regress-gate/regress/measure/load"
)

// Load says how a service is measured under load.
type Load struct {
	load.Options
	Config    string           // path of the configuration
	Phases    []string         // patterns for the names of the phases that are sent; none is all
	Scale     float64          // multiplies the durations of the phases; above 0
	RateScale float64          // multiplies their rates; above 0
	Seed      *uint64          // of everything random, nil for the configuration's own
	Now       func() time.Time // the clock that dates the run; required
}

// LoadProgress is how far a phase of MeasureLoad is.
type LoadProgress = load.Progress

// MeasureLoad loads a service as the configuration says, and returns what was
// measured on this machine. Where ctx is cancelled the run is partial, and has a
// warning that says so.
func MeasureLoad(ctx context.Context, l Load) (*regress.Run, error) {
	if l.Repeat < 1 {
		return nil, Usagef("repeat: %d is no number of repetitions: write 1 or more", l.Repeat)
	}
	phases := make([]regress.Pattern, len(l.Phases))
	for i, text := range l.Phases {
		var err error
		if phases[i], err = regress.NewPattern(text); err != nil {
			return nil, Usagef("phase: %w", err)
		}
	}
	c, err := load.LoadConfig(l.Config)
	if err != nil {
		return nil, err
	}
	if c, err = c.Only(phases...); err != nil {
		return nil, Usagef("phase: %w", err)
	}
	if c, err = c.Scale(l.Scale, l.RateScale); err != nil {
		return nil, Usagef("scale: %w", err)
	}
	if l.Seed != nil {
		c = c.Seed(*l.Seed)
	}
	began := l.Now()
	run, err := load.Measure(ctx, c, l.Options)
	if err != nil {
		return nil, fmt.Errorf("measuring load: %w", err)
	}
	run.Time, run.Env = began, host.Env()
	return run, nil
}

// WriteRun writes the run as JSON to the file at path, to stdout where path is "".
func WriteRun(run *regress.Run, path string, stdout io.Writer) error {
	var text bytes.Buffer
	if _, err := run.WriteTo(&text); err != nil {
		return fmt.Errorf("writing run: %w", err)
	}
	if err := deliver(text.Bytes(), path, stdout); err != nil {
		return fmt.Errorf("writing run: %w", err)
	}
	return nil
}
