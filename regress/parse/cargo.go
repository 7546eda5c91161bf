package parse

import (
	"bytes"
	"io"
	"strconv"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/unit"
)

// cargoKind tells which of the two kinds of results comes first in a text.
func cargoKind(head []byte) (kind string) {
	if first := firstByte(head); first == '{' || first == '[' || !bytes.Contains(head, []byte("time:")) &&
		!bytes.Contains(head, []byte("bench:")) && !bytes.Contains(head, []byte("measured;")) {
		return ""
	}
	empty := false
	anyLine(head, func(line []byte) bool {
		if m := libtestLine().FindSubmatch(line); m != nil && libtestBench().Match(m[2]) {
			kind = "libtest"
		} else if criterionTime().Match(afterReturn(line)) {
			kind = "criterion"
		}
		empty = empty || libtestResult().Match(line)
		return kind != ""
	})
	if kind == "" && empty {
		return "libtest" // its reader says that nothing was measured
	}
	return kind
}

// afterReturn is what a terminal shows of a line that was written several times.
func afterReturn(line []byte) []byte { return line[bytes.LastIndexByte(line, '\r')+1:] }

// cargo reads the text of cargo bench: of libtest, of Criterion, or of both, where
// a workspace has crates of either kind. Each crate has a report of its own, since
// benchmarks of two crates may share a name.
type cargo struct {
	*report // of the present crate
	crates  map[string]*report
	order   []string
	crate   string

	pending  string // a benchmark whose result is still to come
	measured int    // in the present suite
	running  int    // the line that begins it, 0 outside

	criterionText
}

func parseCargo(r io.Reader, o Options) (*regress.Run, error) {
	c := &cargo{crates: map[string]*report{}}
	c.file(o.File, "")
	err := eachLine(r, o.File, func(l *lines) error {
		l.text = afterReturn(l.text)
		if l.cut && !isBlank(l.text) {
			c.failure(l.number, "the file is cut off within its last line")
		}
		return c.line(l)
	})
	if err != nil {
		return nil, err
	}
	if c.running > 0 {
		c.failure(c.running, "the suite that begins here has no end: it was killed, or the file is cut off")
	}
	c.unfinished(c.report)
	var runs []*regress.Run
	all := warnings{file: o.File}
	for _, crate := range c.order {
		run := c.crates[crate].run()
		for i := range run.Series {
			run.Series[i].Package = crate
		}
		all.failures.kept = append(all.failures.kept, run.Warnings...)
		runs = append(runs, run)
	}
	run, err := regress.Merge(runs...)
	if err == nil && len(run.Series) == 0 {
		return nil, all.nothing("no benchmark result (cargo bench measures none without #[bench] or Criterion)")
	}
	return run, err
}

// file begins the report of a crate.
func (c *cargo) file(name, crate string) {
	if c.crates[crate] == nil {
		c.crates[crate] = newReport(name)
		c.order = append(c.order, crate)
	}
	c.crate, c.report = crate, c.crates[crate]
}

func (c *cargo) line(l *lines) error {
	if m := libtestRunning().FindSubmatch(l.text); m != nil {
		c.file(c.report.file, string(m[1]))
		return nil
	}
	if libtestSuite().Match(l.text) {
		c.running, c.measured = l.number, 0
		return nil
	}
	if m := libtestResult().FindSubmatch(l.text); m != nil {
		c.suite(l.number, string(m[1]), string(m[2]))
		return nil
	}
	if libtestFailure().Match(l.text) {
		c.failure(l.number, "%.300s", l.text)
		return nil
	}
	name, outcome := c.pending, string(l.text)
	if m := libtestLine().FindSubmatch(l.text); m != nil {
		name, outcome = string(m[1]), string(m[2])
		c.pending = name
	}
	if name == "" {
		return c.criterion(l, c.report)
	}
	// What a benchmark prints comes between its name and its result.
	if i := strings.Index(outcome, "bench: "); i >= 0 {
		if m := libtestBench().FindStringSubmatch(outcome[i:]); m != nil {
			c.pending = ""
			return c.bench(l, name, m)
		}
		if l.cut {
			return lineError(c.report.file, l.number, "the file is cut off within a result: %.80q", l.text)
		}
	}
	switch word, _, _ := strings.Cut(outcome, ","); word {
	case "ignored", "ok":
		c.pending = ""
	case "FAILED":
		c.pending = ""
		c.failure(l.number, "%.200q failed", name)
	}
	return nil
}

// suite compares what was read with what libtest counted.
func (c *cargo) suite(line int, outcome, measured string) {
	c.running, c.pending = 0, ""
	if n, _ := strconv.Atoi(measured); n != c.measured {
		c.failure(line, "%d benchmarks were measured, and %d results can be read", n, c.measured)
	}
	if outcome != "ok" {
		c.failure(line, "the suite failed: its results may be incomplete")
	}
}

func (c *cargo) bench(l *lines, name string, m []string) error {
	value, ok := thousands(m[1], 0)
	spread, alsoOK := thousands(m[3], 0)
	if !ok || !alsoOK {
		return lineError(c.report.file, l.number, "not a number with thousands separators: %.80q", m[0])
	}
	c.measured++
	c.take(name, libtestMetric(m[2]), value)
	c.take(name, metric{"spread", m[2], unit.Info}, spread)
	if m[4] != "" {
		rate, ok := thousands(m[4], 6)
		if !ok {
			return lineError(c.report.file, l.number, "not a number: %.40q", m[4])
		}
		c.take(name, metric{"throughput", "B/s", unit.Higher}, rate)
	}
	return nil
}
