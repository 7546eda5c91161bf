package parse

import (
	"io"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/internal/lazy"
)

var benchmarkJSFormat = Format{
	Name:    "benchmarkjs",
	Doc:     "text of Benchmark.js: a line for each benchmark, as String(event.target) gives it",
	Example: "node bench.js > benchmark.txt",
	Metrics: "hz (ops/s)",
	Sniff:   func(head []byte) bool { return anyLine(head, benchmarkJSLine().Match, "ops/sec") },
	Parse:   parseBenchmarkJS,
}

var benchmarkJSLine = lazy.Regexp(`^(.*\S) x (\S+) ops/sec \S+% \(\d+ runs? sampled\)\s*$`)

// benchmarkJSCut begins a line like these.
var benchmarkJSCut = lazy.Regexp(` x [0-9,.]+ ops`)

// parseBenchmarkJS takes the lines of results and passes over all others, which
// are the program's own. Several of one name are samples.
func parseBenchmarkJS(r io.Reader, o Options) (*regress.Run, error) {
	c := newCollector(o.File)
	err := eachLine(r, o.File, func(l *lines) error {
		m := benchmarkJSLine().FindSubmatch(l.text)
		if m == nil {
			switch {
			case l.cut && benchmarkJSCut().Match(l.text):
				return lineError(o.File, l.number, "the file is cut off within a result: %.80q", l.text)
			case l.cut && !isBlank(l.text):
				c.failure(l.number, "the file is cut off within its last line")
			}
			return nil
		}
		v, ok := thousands(string(m[2]), 0)
		if !ok {
			return lineError(o.File, l.number, "not a number with thousands separators: %.40q", m[2])
		}
		c.take(string(m[1]), callRate, v)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return c.finish("no result of Benchmark.js (a line \"name x 1,234 ops/sec ±0.74% (82 runs sampled)\")")
}
