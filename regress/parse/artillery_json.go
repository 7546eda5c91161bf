package parse

import (
	"bytes"
	"fmt"
	"io"
	"time"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/internal/strict"
)

// sniffArtilleryJSON accepts the aggregate of either version, beside the periods.
func sniffArtilleryJSON(head []byte) bool {
	return (hasPaths(head, "aggregate.counters") || hasPaths(head, "intermediate[].counters")) &&
		(bytes.Contains(head, []byte(`"vusers.`)) || bytes.Contains(head, []byte(`"firstMetricAt"`)) || bytes.Contains(head, []byte(`"scenariosCreated"`)))
}

// parseArtilleryJSON reads the aggregate. The periods, and the histograms that are
// the summaries once more, are passed over.
func parseArtilleryJSON(r io.Reader, o Options) (*regress.Run, error) {
	report := newReport(o.File)
	a := artilleryReport{artilleryRun: artilleryRun{version: 2, figures: figures{line: 1}}, j: strict.NewJSON(r, o.File)}
	found := false
	a.j.Object("the report", func(key string) {
		if found = found || key == "aggregate"; key == "aggregate" {
			a.j.Object(key, a.member)
		} else {
			a.j.Skip()
		}
	})
	if err := a.j.Done(); err != nil {
		return nil, err
	}
	if !found {
		return nil, fmt.Errorf("%s: there is no aggregate: Artillery did not come to its end", o.File)
	}
	if a.first > 0 && a.last > a.first {
		a.atLeast("duration", "s", (a.last-a.first)/1000)
	}
	if err := a.finish(report); err != nil {
		return nil, err
	}
	run := report.run()
	run.Time = a.at
	return run, nil
}

type artilleryReport struct {
	artilleryRun
	j           *strict.JSON
	first, last float64 // when the first and the last metric came, in ms since 1970
	at          time.Time
}

func (a *artilleryReport) member(key string) {
	j := a.j
	if j.Kind() == 'n' {
		j.Skip()
		return
	}
	switch key {
	case "counters":
		j.Object(key, func(name string) { a.take(a.set(name, "count", k6Number(j, name))) })
	case "rates":
		j.Object(key, func(name string) { a.take(a.rate(name, k6Number(j, name))) })
	case "summaries", "customStats":
		j.Object(key, a.stats)
	case "firstMetricAt":
		a.first = j.Number(key)
		a.at = time.UnixMilli(int64(a.first)).UTC()
	case "lastMetricAt":
		a.last = j.Number(key)
	// What follows is of 1.x.
	case "timestamp":
		a.at, _ = time.Parse(time.RFC3339Nano, j.Text(key))
	case "latency", "scenarioDuration":
		a.version = 1
		a.stats(key)
	case "rps":
		j.Object(key, func(name string) {
			unit := "count"
			if name == "mean" {
				unit = "req/s"
			}
			a.take(a.set("rps."+name, unit, k6Number(j, name)))
		})
	case "codes", "errors":
		j.Object(key, func(name string) { a.take(a.set(key+"."+name, "count", k6Number(j, name))) })
	case "requestsCompleted", "scenariosCreated", "scenariosCompleted", "scenariosAvoided":
		a.take(a.set(key, "count", j.Number(key)))
	default:
		j.Skip()
	}
}

// stats reads the statistics of a summary.
func (a *artilleryReport) stats(name string) {
	a.j.Object(name, func(stat string) {
		if artilleryStats[stat] {
			a.take(a.summary(name, stat, k6Number(a.j, stat)))
		} else {
			a.j.Skip()
		}
	})
}

func (a *artilleryReport) take(err error) {
	if err != nil {
		a.j.Problem("%v", err)
	}
}
