package load

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/measure/machine"
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
	pid, down, err := c.service.up(ctx, client)
	if err != nil {
		return nil, err
	}
	defer func() {
		failed := down()
		switch {
		case failed == nil:
		case run == nil:
			err = errors.Join(err, failed)
		default: // what was measured is no worse for it
			run.Warnings = append(run.Warnings, regress.Warning{Message: strings.Join(strings.Fields(failed.Error()), " ")})
		}
	}()
	return newDriver(c, client, o).all(ctx, max(1, o.Repeat), pid)
}

// serviceName is the benchmark that the service's own use of the machine is of.
const serviceName = "service"

// all sends the phases so many times, and returns what was counted; and what the
// service, where it has a pid, used each time, warm-up included.
func (d *driver) all(ctx context.Context, times, pid int) (*regress.Run, error) {
	var parts []*regress.Run // of a phase each: their tallies are large
	for range times {
		var watcher *machine.Watcher
		if pid != 0 {
			watcher = machine.Watch(pid)
		}
		for _, p := range d.config.phases {
			if ctx.Err() != nil {
				break
			}
			t := d.phase(ctx, p)
			switch answered := t.rows[whole].answered > 0; {
			case !answered && !t.partial:
				return nil, silent(p, t, d.config.target)
			case answered && !p.warmup:
				parts = append(parts, &regress.Run{Series: seriesOf(p.name, d.names, t), Warnings: late(p, t)})
			}
		}
		if watcher != nil {
			if used := watcher.Stop().Series(serviceName); len(parts) > 0 {
				parts = append(parts, &regress.Run{Series: used})
			}
		}
	}
	if len(parts) == 0 { // of a plan that is not interrupted, something is counted
		return nil, fmt.Errorf("interrupted before anything was measured: %w", ctx.Err())
	}
	run, err := regress.Merge(parts...)
	if err != nil {
		return nil, err
	}
	if ctx.Err() != nil {
		run.Warnings = append(run.Warnings, regress.Warning{Message: "the measurement was interrupted: it is partial, and no baseline should be made of it"})
	}
	return run, run.Validate()
}

// late is a warning where the arrivals were not sent when they were meant to be.
func late(p phase, t *tally) []regress.Warning {
	if float64(t.late) <= tardyShare*float64(t.arrivals) {
		return nil
	}
	return []regress.Warning{{Message: fmt.Sprintf(
		"%s: %d of %d arrivals were sent more than %s late: this machine cannot keep to the schedule, and its delay is in the latencies",
		p.name, t.late, t.arrivals, tardy)}}
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
