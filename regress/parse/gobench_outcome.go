package parse

import "strings"

// What go test says of packages and benchmarks beside their results.

// isOutcome tells whether a line can be believed without its end.
func isOutcome(text []byte) bool {
	for _, word := range []string{"PASS", "FAIL", "ok  \t", "?   \t", "--- "} {
		if strings.HasPrefix(string(text[:min(len(text), 8)]), word) {
			return true
		}
	}
	return false
}

// outcome ends the results of a package.
func (t *goText) outcome(number int) error {
	t.open = 0
	return t.settle(number)
}

// settle says what is known when no more output of the last benchmark can come.
func (t *goText) settle(number int) error {
	if t.announced != "" {
		t.failure(number, "%.80q was started and has no result", t.announced)
		t.announced = ""
	}
	return t.resolveSplit()
}

// unfinished reports a package whose end is not in the file.
func (t *goText) unfinished(number int) {
	if t.open != 0 {
		t.failure(number, "the log of package %.200q ends here without PASS, ok or FAIL: it may be cut off", t.pkg.path)
		t.open = 0
	}
}

// end says what is known at the end of the file.
func (t *goText) end(number int) error {
	if err := t.settle(number); err != nil {
		return err
	}
	t.unfinished(number)
	if t.failLine != 0 && !t.failed {
		t.run.failure(t.failLine, "go test failed (FAIL): results may be missing")
	}
	return nil
}

// packageFailed reads what follows "FAIL\t": "path\t0.449s" or
// "path [build failed]".
func (t *goText) packageFailed(rest string, number int) error {
	path, how, _ := strings.Cut(strings.ReplaceAll(rest, " [", "\t["), "\t")
	switch how {
	case "[build failed]":
		t.failure(number, "package %.200q did not build: its results are missing", path)
	case "[setup failed]":
		t.failure(number, "package %.200q could not be set up: its results are missing", path)
	default:
		t.failure(number, "package %.200q failed: its results may be incomplete", path)
	}
	return t.outcome(number)
}

// noTests reads "?   \tpath\t[no test files]".
func (t *goText) noTests(line string, number int) {
	if f := strings.Split(line, "\t"); len(f) == 3 {
		t.run.remark(number, "package %.200q has %s", f[1], strings.Trim(f[2], "[]"))
	}
}

// testOutcome reads "--- FAIL: BenchmarkName" and its like.
func (t *goText) testOutcome(line string, number int) error {
	word, rest, _ := strings.Cut(strings.TrimPrefix(line, "--- "), ": ")
	name, _, _ := strings.Cut(rest, " ")
	switch {
	case word == "FAIL":
		t.failure(number, "%.200q failed", name)
	case word == "SKIP" && isBenchmark([]byte(name)):
		t.run.remark(number, "%.200q was skipped", name)
	}
	if t.announced == name || strings.HasPrefix(t.announced, name+"/") {
		t.announced = ""
	}
	if word != "BENCH" && t.split.of(name) {
		t.split = splitResult{}
	}
	return nil
}
