package parse

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// goText reads the text that go test prints for one package after the other. It
// knows a result line by its form; of the rest it keeps what tells whether the
// results are complete.
type goText struct {
	run  *goRun
	pkg  *goPackage
	last *goBenchmark // of the last result

	words    [][]byte      // of a line, used again
	measured []measurement // on a line, used again

	split     splitResult
	announced string // the benchmark that go test -v said it starts, until it has a result
	verbose   bool   // go test -v said so of any
	heading   int    // the last line of the header
	open      int    // the header of a package whose PASS, ok or FAIL is still to come
	failed    bool   // a failure was recorded
	failLine  int    // FAIL without the name of a package
}

func newGoText(run *goRun, pkg string) *goText {
	return &goText{run: run, pkg: run.pkg(pkg)}
}

// line reads the next line of a file.
func (t *goText) line(l *lines) error {
	if !l.long && !l.cut && isBenchmark(l.text) && t.split.name == "" && t.announced == "" && t.fast(l.text) {
		return nil
	}
	return t.slowLine(l)
}

func isBenchmark(line []byte) bool {
	return len(line) >= len(benchmarkWord) && string(line[:len(benchmarkWord)]) == benchmarkWord
}

// isBenchmarkWord tells that the line may begin with the name of a benchmark:
// what follows the word Benchmark is no lower-case letter, as in "Benchmarking".
func isBenchmarkWord(line []byte) bool {
	if !isBenchmark(line) {
		return false
	}
	next, _ := utf8.DecodeRune(line[len(benchmarkWord):])
	return !unicode.IsLower(next)
}

func (t *goText) slowLine(l *lines) error {
	text := stripCI(l.text)
	switch {
	case l.long && isBenchmarkWord(text):
		return lineError(t.run.file, l.number, "a result line of more than %d bytes: the file is damaged", maxLine)
	case l.long:
		t.run.remark(l.number, "a line of more than %d bytes is left out", maxLine)
		return nil
	case l.cut:
		return t.cutLine(text, l.number)
	}
	return t.text(text, l.number)
}

// cutLine reads a last line without line end. The number or the unit at its end
// may be only half of what it was.
func (t *goText) cutLine(line []byte, number int) error {
	if isOutcome(line) {
		return t.text(line, number)
	}
	begins := strings.HasPrefix(benchmarkWord, string(line[:min(len(line), len(benchmarkWord))]))
	if begins || bytes.Contains(line, []byte(benchmarkWord)) || t.split.name != "" || t.open != 0 {
		t.failure(number, "the file is cut off within its last line, %.60q: that line is left out", line)
		t.open, t.announced, t.split = 0, "", splitResult{}
	}
	return nil
}

// text reads one line without its end.
func (t *goText) text(line []byte, number int) error {
	s := string(line[:min(len(line), 16)])
	switch {
	case isBenchmarkWord(line):
		return t.benchmarkLine(line, number)
	case strings.HasPrefix(s, "goos: "), strings.HasPrefix(s, "goarch: "), strings.HasPrefix(s, "pkg: "), strings.HasPrefix(s, "cpu: "):
		return t.header(string(line), number)
	case s == "PASS", strings.HasPrefix(s, "ok  \t"):
		return t.outcome(number)
	case s == "FAIL":
		t.failLine = number
		return t.outcome(number)
	case strings.HasPrefix(s, "FAIL\t"):
		return t.packageFailed(string(line[len("FAIL\t"):]), number)
	case strings.HasPrefix(s, "?   \t"):
		t.noTests(string(line), number)
	case strings.HasPrefix(s, "--- "):
		return t.testOutcome(string(line), number)
	case strings.HasPrefix(s, "panic: "), strings.HasPrefix(s, "fatal error: "):
		t.failure(number, "%.200q: the results after it are missing", line)
		t.announced = ""
		t.split.several = true // what was printed before may be no result
	case strings.HasPrefix(s, "Unit "):
		t.run.declare(string(line))
	default:
		t.other(line, number)
	}
	return nil
}

func (t *goText) failure(line int, format string, args ...any) {
	t.failed = true
	t.run.failure(line, format, args...)
}

// header reads "goos: linux". A line "cpu: …" among results is the output of a
// benchmark: the real one stands with the others.
func (t *goText) header(line string, number int) error {
	field, value, _ := strings.Cut(line, ": ")
	value = strings.TrimSpace(value)
	if field == "cpu" && t.heading != number-1 && t.run.results > 0 || value == "" {
		return nil
	}
	t.heading = number
	if err := t.settle(number); err != nil {
		return err
	}
	if field != "pkg" {
		if field == "goos" {
			t.unfinished(number)
		}
		return t.run.header(field, value, number)
	}
	t.open = number
	if t.pkg.path != value {
		t.pkg, t.last = t.run.pkg(value), nil
	}
	return nil
}
