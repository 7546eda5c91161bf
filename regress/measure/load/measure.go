package load

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/org/regress-gate/regress"
)

// Options say how a configuration is measured. The zero Options measure each phase
// once, on this machine only, and tell nobody of progress.
type Options struct {
	Repeat      int            // how often the phases are sent, each a sample; 0 is 1
	AllowRemote []string       // further hosts that requests may go to
	MaxInFlight int            // flows at a time, above which arrivals are errors.overload; 0 is 10 000
	Progress    func(Progress) // told twice a second, and at the end of each phase, never by two at once; may be nil
}

// Measure starts the service, sends the phases and stops the service again, which
// it does however it ends. The Run has neither a time nor an environment.
//
// Where ctx is cancelled the Run holds what was counted until then, with a warning
// that says so. A phase in which nothing was answered at all is an error: there is
// nothing to judge.
func Measure(ctx context.Context, c *Config, o Options) (run *regress.Run, err error) {
	g := guardOf(o.AllowRemote)
	if err := c.check(g); err != nil {
		return nil, err
	}
	client := newClient(g)
	defer client.CloseIdleConnections()
	down, err := c.service.up(ctx, client)
	if err != nil {
		return nil, err
	}
	defer func() {
		if failed := down(); failed != nil {
			run, err = nil, errors.Join(err, failed)
		}
	}()

	d := newDriver(c, client, o)
	tallies := make([][]*tally, len(c.phases))
	for range max(1, o.Repeat) {
		for i, p := range c.phases {
			if ctx.Err() != nil {
				break
			}
			switch t := d.phase(ctx, p); {
			case t.rows[whole].answered == 0 && !t.partial:
				return nil, silent(p, t, c.target)
			case t.rows[whole].answered > 0:
				tallies[i] = append(tallies[i], t)
			}
		}
	}
	return c.run(ctx, tallies)
}

// run makes the Run of what was counted.
func (c *Config) run(ctx context.Context, tallies [][]*tally) (*regress.Run, error) {
	run := &regress.Run{}
	for i, p := range c.phases {
		if p.warmup || len(tallies[i]) == 0 {
			continue
		}
		run.Series = append(run.Series, seriesOf(p.name, c.names(), tallies[i])...)
		for _, t := range tallies[i] {
			if float64(t.late) > tardyShare*float64(t.arrivals) {
				run.Warnings = append(run.Warnings, regress.Warning{Message: fmt.Sprintf(
					"%s: %d of %d arrivals were sent more than %s late: this machine cannot keep to the schedule, and its delay is in the latencies",
					p.name, t.late, t.arrivals, tardy)})
			}
		}
	}
	if ctx.Err() != nil {
		if len(run.Series) == 0 {
			return nil, fmt.Errorf("interrupted before anything was measured: %w", ctx.Err())
		}
		run.Warnings = append(run.Warnings, regress.Warning{Message: "the measurement was interrupted: it is partial, and no baseline should be made of it"})
	}
	return run, run.Validate()
}

// silent is the error of a phase in which nothing was answered.
func silent(p phase, t *tally, target string) error {
	all := t.rows[whole]
	var why []string
	for _, k := range kinds {
		if n := all.errors[k]; n > 0 {
			why = append(why, fmt.Sprintf("%s %d", k, n))
		}
	}
	return fmt.Errorf("%s: nothing was answered: %d requests (%s)\nis the service up at %s?", p.name, all.requests, strings.Join(why, ", "), target)
}

// names returns the names of all requests, once each, in the order of the file.
func (c *Config) names() (list []string) {
	for _, s := range c.scenarios {
		for _, step := range s.steps {
			if r := step.request; r != nil && !slices.Contains(list, r.name) {
				list = append(list, r.name)
			}
		}
	}
	return list
}
