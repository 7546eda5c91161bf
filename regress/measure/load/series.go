package load

import (
	"slices"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/unit"
)

// quantity is one metric of a row of a tally.
type quantity struct {
	metric, unit string
	better       unit.Direction
	value        func(*tally, *row) float64
	needs        func(*row) bool // what the value is made of is there
}

func sent(r *row) bool  { return r.requests > 0 }
func timed(r *row) bool { return r.latency.TotalCount() > 0 }
func always(*row) bool  { return true }

// quantities are the metrics of every row.
var quantities = []quantity{
	latency("latency.mean", func(r *row) float64 { return r.latency.Mean() }),
	latency("latency.min", func(r *row) float64 { return float64(r.latency.Min()) }),
	latency("latency.p50", func(r *row) float64 { return float64(r.latency.ValueAtQuantile(50)) }),
	latency("latency.p95", func(r *row) float64 { return float64(r.latency.ValueAtQuantile(95)) }),
	latency("latency.p99", func(r *row) float64 { return float64(r.latency.ValueAtQuantile(99)) }),
	latency("latency.max", func(r *row) float64 { return float64(r.latency.Max()) }),
	{"requests", "count", unit.Info, func(_ *tally, r *row) float64 { return float64(r.requests) }, always},
	{"throughput", "req/s", unit.Higher, func(t *tally, r *row) float64 { return float64(r.answered) / t.duration.Seconds() }, always},
	{"error_rate", "ratio", unit.Lower, func(_ *tally, r *row) float64 { return float64(r.failed()) / float64(r.requests) }, sent},
}

// ofPhase are the further metrics of a phase as a whole.
var ofPhase = func() []quantity {
	list := []quantity{{"duration", "s", unit.Info, func(t *tally, _ *row) float64 { return t.duration.Seconds() }, always}}
	for _, k := range kinds {
		list = append(list, quantity{"errors." + string(k), "count", unit.Lower,
			func(_ *tally, r *row) float64 { return float64(r.errors[k]) }, always})
	}
	return list
}()

// latency is a quantity that the histogram has, in µs.
func latency(metric string, value func(*row) float64) quantity {
	return quantity{metric, "s", unit.Lower, func(_ *tally, r *row) float64 { return value(r) / 1e6 }, timed}
}

// seriesOf returns what was counted of a phase: all its requests together, and
// then each.
func seriesOf(phase string, names []string, t *tally) (list []regress.Series) {
	for _, name := range append([]string{whole}, names...) {
		benchmark, all := benchmarkOf(phase, name), quantities
		if name == whole {
			all = slices.Concat(quantities, ofPhase)
		}
		for _, q := range all {
			s := regress.Series{Key: regress.Key{Benchmark: benchmark, Metric: q.metric}, Unit: q.unit, Direction: q.better}
			if r := t.rows[name]; q.needs(r) {
				s.Samples = []float64{q.value(t, r)}
			} else {
				s.Broken = "no request of this name was " + absent(r)
			}
			list = append(list, s)
		}
	}
	return list
}

// benchmarkOf names a row of a phase's results.
func benchmarkOf(phase, name string) string {
	if name == whole {
		return phase
	}
	return phase + "/" + name
}

// absent says what a row lacks.
func absent(r *row) string {
	if r.requests == 0 {
		return "due: more arrivals would bring some"
	}
	return "answered"
}
