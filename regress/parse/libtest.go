package parse

import (
	"bytes"
	"io"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/internal/lazy"
	"github.com/org/regress-gate/regress/unit"
)

var libtestFormat = Format{
	Name:    "libtest",
	Doc:     "text of cargo bench with #[bench], and of Criterion's --output-format bencher",
	Example: "cargo bench -- --output-format bencher | tee bench.txt",
	Metrics: "time (ns/iter), spread (what stands behind +/-), throughput (B/s)",
	Sniff:   libtestLayouts.sniff,
	Parse:   func(r io.Reader, o Options) (*regress.Run, error) { return libtestLayouts.parse(r, o, "libtest") },
}

var libtestLayouts = layouts{
	{func(head []byte) bool { return cargoKind(head) == "libtest" }, parseCargo},
	{func(head []byte) bool {
		line, _, _ := bytes.Cut(bytes.TrimLeft(head, " \r\n"), []byte("\n"))
		return hasPaths(line, "type", "event", "test_count") && bytes.Contains(line, []byte(`"suite"`))
	}, parseLibtestEvents},
}

// libtestMetric names what stands in a unit, which a harness of one's own may
// have changed: "cycles/iter", "MS/s".
func libtestMetric(printed string) metric {
	switch unit.Parse(printed).Class {
	case unit.Time:
		return metric{"time", printed, unit.Lower}
	case unit.Rate:
		return metric{"throughput", printed, unit.Higher}
	}
	return metric{name: printed, unit: printed}
}

var (
	libtestLine    = lazy.Regexp(`^test (.*\S)\s+\.\.\.\s*(.*)$`)
	libtestBench   = lazy.Regexp(`^bench:\s+(\S+) (\S+) \(\+/- (\S+)\)(?: = (\S+) MB/s)?\s*$`)
	libtestResult  = lazy.Regexp(`^test result: (\w+)\. .* (\d+) measured;`)
	libtestSuite   = lazy.Regexp(`^running \d+ tests?$`)
	libtestRunning = lazy.Regexp(`^\s*Running .*?([^/\\() ]+)-[0-9a-f]{16}(?:\.exe)?\)?$`)
	libtestFailure = lazy.Regexp(`^error(?:\[E\d+\])?: `)
)

// thousands reads a number times 10^shift whose thousands are separated by commas;
// commas elsewhere are those of another locale, and such a number is none.
func thousands(text string, shift int) (float64, bool) {
	whole, _, _ := strings.Cut(text, ".")
	groups := strings.Split(whole, ",")
	for i, group := range groups {
		if len(groups) > 1 && (i == 0 && (len(group) == 0 || len(group) > 3) || i > 0 && len(group) != 3) {
			return 0, false
		}
	}
	return parseNumber([]byte(strings.Join(groups, "")+text[len(whole):]), shift)
}
