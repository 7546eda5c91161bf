package parse

import (
	"io"
	"strings"

	"github.com/org/regress-gate/regress"
)

var gobenchFormat = Format{
	Name:    "gobench",
	Doc:     "text of go test -bench",
	Example: "go test -run '^$' -bench . -benchmem -count 10 ./... > bench.txt",
	Metrics: "sec/op, B/op, allocs/op, B/s and every unit of b.ReportMetric, for each benchmark",
	Sniff:   sniffGoBench,
	Parse:   parseGoBench,
}

// parseGoBench reads the text of go test -bench: of any number of packages and
// runs, one after the other, with everything else that such a log holds.
func parseGoBench(r io.Reader, o Options) (*regress.Run, error) {
	run := newGoRun(o.File)
	text := newGoText(run, "")
	lines := newLines(r)
	for lines.next() {
		if err := text.line(lines); err != nil {
			return nil, err
		}
	}
	if err := lines.failed(); err != nil {
		return nil, lineError(o.File, lines.number, "%w", err)
	}
	if err := text.end(lines.number); err != nil {
		return nil, err
	}
	return run.finish()
}

// sniffGoBench accepts text that has a line which only go test writes.
func sniffGoBench(head []byte) bool {
	if sniffGoTestJSON(head) {
		return false
	}
	return anyLine(head, isGoTestLine)
}

func isGoTestLine(line []byte) bool {
	s := string(line)
	for _, prefix := range []string{"goos: ", "goarch: ", "pkg: ", "ok  \t", "FAIL\t", "?   \t", "--- FAIL: ", "--- SKIP: ", "--- BENCH: "} {
		if strings.HasPrefix(s, prefix) {
			return true
		}
	}
	if s == "PASS" {
		return true
	}
	if !isBenchmarkWord(line) {
		return false
	}
	fault, err := newGoText(newGoRun(""), "").result(line, 1)
	return fault == "" && err == nil
}
