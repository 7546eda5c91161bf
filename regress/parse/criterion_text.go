package parse

import (
	"slices"
	"strings"

	"github.com/org/regress-gate/regress/internal/lazy"
	"github.com/org/regress-gate/regress/unit"
)

// A result is a name, which stands alone on the line before where it is long, and
// three values in square brackets: the bounds of a confidence interval and the
// estimate between them. In the block "change:" there are percentages.
var (
	criterionTime  = lazy.Regexp(`^(.*?)\s*time:\s+\[(\S+) (\S+) (\S+) (\S+) (\S+) (\S+)\]\s*$`)
	criterionRate  = lazy.Regexp(`^\s*thrpt:\s+\[(\S+) (\S+) (\S+) (\S+) (\S+) (\S+)\]\s*$`)
	criterionBegin = lazy.Regexp(`^Benchmarking (.+?)(?:: (?:Warming up for .*|Collecting .*|Analyzing))?$`)
)

// criterionScales are the units that Criterion scales to.
var criterionScales = map[string]struct {
	base   string
	factor float64
	shift  int
}{
	"ps": {"s", 1, -12}, "ns": {"s", 1, -9}, "us": {"s", 1, -6}, "\u00b5s": {"s", 1, -6}, "\u03bcs": {"s", 1, -6}, "ms": {"s", 1, -3}, "s": {"s", 1, 0},
	"elem/s": {"elem/s", 1, 0}, "Kelem/s": {"elem/s", 1, 3}, "Melem/s": {"elem/s", 1, 6}, "Gelem/s": {"elem/s", 1, 9},
	"B/s": {"B/s", 1, 0}, "KB/s": {"B/s", 1, 3}, "MB/s": {"B/s", 1, 6}, "GB/s": {"B/s", 1, 9},
	"KiB/s": {"B/s", 1 << 10, 0}, "MiB/s": {"B/s", 1 << 20, 0}, "GiB/s": {"B/s", 1 << 30, 0}, "TiB/s": {"B/s", 1 << 40, 0},
	"b/s": {"bit/s", 1, 0}, "Kb/s": {"bit/s", 1, 3}, "Mb/s": {"bit/s", 1, 6}, "Gb/s": {"bit/s", 1, 9},
}

// criterionText is what Criterion's lines leave for the next ones.
type criterionText struct {
	before string   // the line before, where it may be a name
	name   string   // of the last result
	begun  []string // benchmarks without a result so far
	at     map[string]int
}

func (t *criterionText) criterion(l *lines, r *report) error {
	line := string(l.text)
	if m := criterionBegin().FindStringSubmatch(line); m != nil {
		if t.at == nil {
			t.at = map[string]int{}
		}
		if t.at[m[1]] == 0 {
			t.begun = append(t.begun, m[1])
			t.at[m[1]] = l.number
		}
		t.before = m[1]
		return nil
	}
	m := criterionTime().FindStringSubmatch(line)
	if m == nil {
		if m := criterionRate().FindStringSubmatch(line); m != nil && t.name != "" {
			return criterionTake(l, r, t.name, metric{"throughput", "", unit.Higher}, m[3], m[4])
		}
		if l.cut && strings.Contains(line, "time: ") {
			return lineError(r.file, l.number, "the file is cut off within a result: %.80q", line)
		}
		if line = strings.TrimSpace(line); line != "" {
			t.before = line
		}
		return nil
	}
	if t.name = m[1]; t.name == "" {
		t.name = t.before
	}
	t.begun = slices.DeleteFunc(t.begun, func(name string) bool { return name == t.name })
	return criterionTake(l, r, t.name, metric{"time", "", unit.Lower}, m[4], m[5])
}

// criterionTake takes an estimate. A unit that is not known is one of a
// measurement of the user's own, which Criterion wants to be small as well.
func criterionTake(l *lines, r *report, name string, m metric, number, printed string) error {
	scale, known := criterionScales[printed]
	if !known {
		scale.base, scale.factor = printed, 1
		if m.name == "time" {
			m.name = printed
		}
	}
	v, ok := parseNumber([]byte(number), scale.shift)
	if !ok {
		return lineError(r.file, l.number, "not a number: %.40q", number)
	}
	m.unit = scale.base
	r.take(name, m, v*scale.factor)
	return nil
}

// unfinished names the benchmarks that were begun and have no result.
func (t *criterionText) unfinished(r *report) {
	for _, name := range t.begun {
		r.failure(t.at[name], "%.200q was begun and has no result: it failed, or the file is cut off", name)
	}
}
