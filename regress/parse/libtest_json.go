package parse

import (
	"io"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/internal/strict"
	"github.com/org/regress-gate/regress/unit"
)

// parseLibtestEvents reads what libtest writes with -Z unstable-options --format
// json, an event a line.
func parseLibtestEvents(r io.Reader, o Options) (*regress.Run, error) {
	c := newCollector(o.File)
	begun := 0
	err := eachLine(r, o.File, func(l *lines) error {
		if firstByte(l.text) != '{' {
			return nil // what the benchmarks print
		}
		texts, numbers := map[string]string{}, map[string]float64{}
		j := strict.NewJSON(strings.NewReader(string(l.text)), o.File)
		j.Object("the event", func(key string) {
			switch j.Kind() {
			case '"':
				texts[key] = j.Text(key)
			case '0':
				numbers[key] = j.Number(key)
			default:
				j.Skip()
			}
		})
		if err := j.Done(); err != nil {
			return lineError(o.File, l.number, "not an event of libtest, or cut off: %.60q", l.text)
		}
		switch kind, event := texts["type"], texts["event"]; {
		case kind == "suite" && event == "started":
			begun = l.number
		case kind == "suite":
			begun = 0
			if event == "failed" {
				c.failure(l.number, "the suite failed: its results may be incomplete")
			}
		case kind == "test" && event == "failed":
			c.failure(l.number, "%.200q failed", texts["name"])
		case kind == "bench":
			name := texts["name"]
			median, known := numbers["median"]
			if !known {
				return lineError(o.File, l.number, "a result without a median: %.60q", l.text)
			}
			c.take(name, libtestMetric("ns/iter"), median)
			if deviation, known := numbers["deviation"]; known {
				c.take(name, metric{"spread", "ns/iter", unit.Info}, deviation)
			}
			if rate, known := numbers["mib_per_second"]; known { // which are megabytes, whatever it is called
				c.take(name, metric{"throughput", "B/s", unit.Higher}, 1e6*rate)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if begun > 0 {
		c.failure(begun, "the suite that begins here has no end: it was killed, or the file is cut off")
	}
	return c.finish("no benchmark result (cargo bench measures none without #[bench])")
}
