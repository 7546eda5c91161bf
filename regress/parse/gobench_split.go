package parse

import (
	"bytes"
	"strings"
)

// A benchmark that prints breaks its own result line in two, unless go test runs
// with -v or -json: the name was printed before the benchmark ran, and the
// numbers follow its output.
//
//	BenchmarkChatty-2               	chatty: starting, N = 100
//	chatty: 12345 ns/op is not a result
//	   36432	       166.9 ns/op
//
// The two are joined where there is no doubt: exactly one line until the next
// benchmark has the form, to the column, in which package testing prints
// numbers. Everything else is left out with a warning.
type splitResult struct {
	name    string // with the word Benchmark; "" where no line is broken
	line    int
	numbers string // the one line that can belong to it
	at      int    // its line
	several bool   // there are more
}

// of tells whether it is the result of the benchmark that go test calls name,
// without -N.
func (s *splitResult) of(name string) bool {
	rest, found := strings.CutPrefix(s.name, name)
	return s.name != "" && found && (rest == "" || rest[0] == '-' && isCount([]byte(rest[1:])))
}

// benchmarkLine reads a line that begins with the name of a benchmark.
func (t *goText) benchmarkLine(line []byte, number int) error {
	end := 0
	for end < len(line) && !isSpace(line[end]) {
		end++
	}
	if end == len(line) && end > len(benchmarkWord) {
		return t.announce(string(line), number)
	}
	tab := skipBlanks(line, end)
	column := bytes.IndexByte(line[end:tab], '\t')
	if column < 0 && !startsWithCount(line[tab:]) {
		return nil // prose: package testing prints a tab behind the name
	}
	// The new name ends the output of the benchmark before it.
	if announces(t.announced, line[:end]) {
		t.announced = ""
	}
	if err := t.settle(number); err != nil || t.fast(line) {
		return err
	}
	fault, err := t.result(line, number)
	if fault == "" || err != nil {
		return err
	}
	name := string(line[:end])
	if column < 0 {
		t.failure(number, "the result of %.200q is left out: %s", name, fault)
		return nil
	}
	rest := line[end+column+1:]
	switch {
	case bytes.HasPrefix(rest, []byte("--- ")):
		return t.testOutcome(string(rest), number)
	case bytes.HasPrefix(rest, []byte("panic: ")):
		t.failure(number, "%.200q did not finish: %.200q", name, rest)
	case isCount(bytes.TrimSpace(rest)), isNumbers(rest):
		t.failure(number, "the result of %.200q is left out: %s", name, fault)
	default:
		t.split = splitResult{name: name, line: number}
	}
	return nil
}

func startsWithCount(text []byte) bool {
	f := bytes.Fields(text)
	return len(f) > 0 && isCount(f[0])
}

// announce notes the name that go test -v prints when a benchmark starts. A
// benchmark with sub-benchmarks has no result of its own.
func (t *goText) announce(name string, number int) error {
	if strings.HasPrefix(name, t.announced+"/") {
		t.announced = ""
	}
	err := t.settle(number)
	t.announced, t.verbose = name, true
	return err
}

// announces tells whether a result of that name, with -N, is one of the
// announced benchmark.
func announces(announced string, name []byte) bool {
	if announced == "" || len(name) < len(announced) || string(name[:len(announced)]) != announced {
		return false
	}
	return len(name) == len(announced) || name[len(announced)] == '-' || name[len(announced)] == '/'
}

// other looks at a line of no known form: it may be the rest of a broken result.
func (t *goText) other(line []byte, number int) {
	if isNumbers(line) {
		switch {
		case t.split.name == "" && !t.verbose:
			t.run.remark(number, "a result without the name of its benchmark is left out: %.80q", line)
		case t.split.numbers != "":
			t.split.several = true
		case t.split.name != "":
			t.split.numbers, t.split.at = string(line), number
		}
		return
	}
	i := bytes.Index(line, []byte(benchmarkWord))
	if i <= 0 || !isBenchmarkWord(line[i:]) {
		return
	}
	if name, numbers, found := bytes.Cut(line[i:], []byte{'\t'}); found && isNumbers(numbers) && bytes.IndexByte(bytes.TrimRight(name, " "), ' ') < 0 {
		if announces(t.announced, bytes.TrimRight(name, " ")) {
			t.announced = ""
		}
		t.failure(number, "a result behind other output in one line is left out: %.120q (run go test with -json)", line)
	}
}

// resolveSplit takes the broken result, where it is certain.
func (t *goText) resolveSplit() error {
	s := t.split
	if s.name == "" {
		return nil
	}
	t.split = splitResult{}
	if s.numbers != "" && !s.several {
		fault, err := t.result([]byte(s.name+"\t"+s.numbers), s.at)
		if fault == "" || err != nil {
			return err
		}
	}
	t.failure(s.line, "the result of %.200q is broken by what it printed, and left out (run go test with -json)", s.name)
	return nil
}

// isNumbers tells that a line has exactly the form of a result of package
// testing without its name: iterations right-aligned to eight columns, then
// measurements behind one tab each, right-aligned, one blank before the unit.
func isNumbers(line []byte) bool {
	iterations, rest, found := bytes.Cut(line, []byte{'\t'})
	count := bytes.TrimLeft(iterations, " ")
	if !found || !isCount(count) || len(iterations) < 8 || len(iterations) > 8 && len(count) != len(iterations) {
		return false
	}
	for measurement := range bytes.SplitSeq(rest, []byte{'\t'}) {
		value, unit, found := bytes.Cut(bytes.TrimLeft(measurement, " "), []byte{' '})
		if _, ok := parseNumber(value, 0); !found || !ok || len(unit) == 0 || bytes.IndexByte(unit, ' ') >= 0 {
			return false
		}
	}
	return true
}
