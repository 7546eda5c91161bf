package load

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/org/regress-gate/regress"
)

// Only returns the configuration with the phases whose name matches one of the
// patterns, all of them where there is no pattern. A pattern that matches none is an
// error.
func (c *Config) Only(patterns ...regress.Pattern) (*Config, error) {
	if len(patterns) == 0 {
		return c, nil
	}
	for _, pattern := range patterns {
		if !slices.ContainsFunc(c.phases, func(p phase) bool { return pattern.Match(p.name) }) {
			return nil, fmt.Errorf("no phase matches %q (%s)", pattern, c.phaseNames())
		}
	}
	only := *c
	only.phases = slices.DeleteFunc(slices.Clone(c.phases), func(p phase) bool {
		return !slices.ContainsFunc(patterns, func(pattern regress.Pattern) bool { return pattern.Match(p.name) })
	})
	return &only, nil
}

func (c *Config) phaseNames() string {
	names := make([]string, len(c.phases))
	for i, p := range c.phases {
		names[i] = p.name
	}
	return strings.Join(names, ", ")
}

// Scale returns the configuration with the durations of its phases and their rates
// multiplied. Both factors must be above 0.
func (c *Config) Scale(duration, rate float64) (*Config, error) {
	for _, factor := range []float64{duration, rate} {
		if !(factor > 0) || math.IsInf(factor, 0) {
			return nil, fmt.Errorf("%v is no scale: write a number above 0", factor)
		}
	}
	scaled := *c
	scaled.phases = slices.Clone(c.phases)
	for i := range scaled.phases {
		p := &scaled.phases[i]
		seconds := p.duration.Seconds() * duration
		p.rate, p.rampTo = p.rate*rate, p.rampTo*rate
		if seconds > maxTime.Seconds() || max(p.rate, p.rampTo) > maxRate {
			return nil, fmt.Errorf("%s: more than %s, or than %.0f arrivals per second", p.name, maxTime, maxRate)
		}
		p.duration = max(1, time.Duration(seconds*float64(time.Second)))
	}
	return &scaled, nil
}

// Seed returns the configuration with another seed of all that is random in it.
func (c *Config) Seed(seed uint64) *Config {
	seeded := *c
	seeded.seed = seed
	return &seeded
}

// check reports what would only show once requests are sent: hosts that may not be
// loaded, names that results cannot have, and a phase that sends nothing.
func (c *Config) check(g guard) error {
	sites := []string{c.target, c.service.ready}
	for _, s := range c.scenarios {
		for _, step := range s.steps {
			if step.request != nil {
				sites = append(sites, step.request.site())
			}
		}
	}
	var errs []error
	slices.Sort(sites)
	for _, site := range slices.Compact(sites) {
		if host, err := hostOf(site); err == nil {
			errs = append(errs, g.check(host))
		}
	}
	var results regress.Run
	for _, p := range c.phases {
		if p.warmup {
			continue
		}
		if p.empty() {
			errs = append(errs, fmt.Errorf("%s: sends nothing: its %s are over before the first arrival", p.name, p.duration))
		}
		for _, name := range append([]string{whole}, c.names()...) {
			key := regress.Key{Benchmark: benchmarkOf(p.name, name), Metric: "requests"}
			results.Series = append(results.Series, regress.Series{Key: key, Samples: []float64{0}})
		}
	}
	if len(results.Series) == 0 {
		errs = append(errs, errors.New("every phase is a warm-up: nothing would be counted"))
	}
	return errors.Join(append(errs, results.Validate())...)
}
