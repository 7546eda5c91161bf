package parse

import (
	"io"
	"math"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/internal/strict"
)

// sniffK6Summary accepts the three layouts of the summary: --summary-export has
// root_group beside metrics, handleSummary has options and state as well, and
// --new-machine-readable-summary has config and results.
func sniffK6Summary(head []byte) bool {
	found, execution, duration := false, false, false
	s := newNativeSniffer(head)
	s.object(func(key string) bool {
		kind := s.dec.PeekKind()
		switch {
		case key == "root_group" && kind == '{':
			found = true
		case key == "metrics" && kind == '{':
			return s.object(func(name string) bool {
				if _, own := k6Own[k6Base(name)]; !own || s.dec.PeekKind() != '{' {
					return s.dec.SkipValue() == nil
				}
				return s.object(func(member string) bool {
					switch member {
					case "contains", "values", "avg", "med", "p(95)", "passes", "rate":
						found = true
					}
					return s.dec.SkipValue() == nil
				})
			})
		case key == "config" && kind == '{':
			return s.object(func(key string) bool {
				execution, duration = execution || key == "execution", duration || key == "duration"
				return s.dec.SkipValue() == nil
			})
		}
		return s.dec.SkipValue() == nil
	})
	return found || execution && duration
}

func parseK6Summary(r io.Reader, o Options) (*regress.Run, error) {
	run := newK6Run(o.File)
	var at time.Time
	j := strict.NewJSON(r, o.File)
	j.Object("the summary", func(key string) {
		switch key {
		case "metrics":
			j.Object(key, func(name string) { run.metric(j, name) })
		case "results":
			run.results(j)
		case "state":
			j.Object(key, func(key string) {
				if key == "testRunDurationMs" && j.Kind() == '0' {
					run.duration = j.Number(key) / 1000
				} else {
					j.Skip()
				}
			})
		case "config", "metadata":
			j.Object(key, func(key string) {
				switch {
				case key == "duration" && j.Kind() == '0':
					run.duration = j.Number(key)
				case key == "generated_at" && j.Kind() == '"':
					at, _ = time.Parse(time.RFC3339Nano, j.Text(key))
				default:
					j.Skip()
				}
			})
		default:
			j.Skip()
		}
	})
	if err := j.Done(); err != nil {
		return nil, err
	}
	if err := run.unique(); err != nil {
		return nil, err
	}
	result := run.finish()
	result.Time = at
	return result, nil
}

// results reads the lists of --new-machine-readable-summary.
func (r *k6Run) results(j *strict.JSON) {
	list := func() { j.Array("metrics", func() { r.metric(j, "") }) }
	j.Object("results", func(key string) {
		switch key {
		case "metrics":
			list()
		case "checks":
			if j.Kind() != '{' {
				j.Skip()
				return
			}
			j.Object(key, func(key string) {
				if key == "metrics" && j.Kind() == '[' {
					list()
				} else {
					j.Skip()
				}
			})
		default:
			j.Skip()
		}
	})
}

// metric reads one metric, whose statistics stand in values or beside the rest.
func (r *k6Run) metric(j *strict.JSON, name string) {
	m := &k6Metric{name: name}
	contains := ""
	var crossed []string
	j.Object("a metric", func(key string) {
		switch kind := j.Kind(); {
		case key == "type" && kind == '"':
			m.kind = k6Kind(j.Text(key))
		case key == "contains" && kind == '"':
			contains = j.Text(key)
		case key == "name" && kind == '"':
			m.name = j.Text(key)
		case key == "values":
			j.Object(key, func(stat string) { m.set(stat, k6Number(j, stat)) })
		case key == "thresholds" && kind == '{':
			crossed = k6Crossed(j)
		case kind == '0' || kind == 'n':
			m.set(key, k6Number(j, key))
		default:
			j.Skip()
		}
	})
	switch m.kind {
	case "":
	case k6Counter, k6Gauge, k6Rate, k6Trend:
		m.unit = k6Unit(m.kind, contains)
	default:
		j.Problem("the metric %.100q is of the unknown type %.40q", m.name, m.kind)
		return
	}
	m.infer()
	r.metrics = append(r.metrics, m)
	for _, threshold := range crossed {
		r.crossed(0, m.name, threshold)
	}
}

// k6Number reads a statistic. What JavaScript writes as null was NaN.
func k6Number(j *strict.JSON, stat string) float64 {
	if j.Kind() == 'n' {
		j.Token()
		return math.NaN()
	}
	return j.Number(stat)
}

// k6Crossed reads the thresholds and returns those that were crossed. In
// --summary-export true means crossed, in handleSummary "ok": false does.
func k6Crossed(j *strict.JSON) (crossed []string) {
	j.Object("thresholds", func(expression string) {
		failed := false
		if j.Kind() == jsontext.Kind('{') {
			j.Object("a threshold", func(key string) {
				if key == "ok" {
					failed = !j.Bool(key)
				} else {
					j.Skip()
				}
			})
		} else {
			failed = j.Bool("a threshold")
		}
		if failed {
			crossed = append(crossed, expression)
		}
	})
	return crossed
}
