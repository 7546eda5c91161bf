// Package regresstest is the gate from inside a Go test, in one line:
//
//	func TestPerf(t *testing.T) {
//		regresstest.Gate(t, "testdata/perf.json", regresstest.Bench(t, 10, BenchmarkEncode))
//	}
//
// The baseline is written by REGRESS_UPDATE=1 go test ./..., and judged by the
// default policy; thresholds of single metrics can be set in the baseline file.
package regresstest

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"testing"
	"time"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/render"
)

// UpdateVariable is the environment variable that, set to 1, makes Gate write
// the baseline instead of judging by it.
const UpdateVariable = "REGRESS_UPDATE"

// Gate judges the run against the baseline file at path and returns the report.
// The test fails, with the report in its log, unless the gate is open; a
// baseline that is missing or unreadable fails it at once.
//
// With REGRESS_UPDATE=1 in the environment the baseline takes the run in as it
// is, losses too, and the test passes. What a person wrote into the file (unit,
// threshold, direction) and the entries that the run lacks stay.
func Gate(tb testing.TB, path string, run *regress.Run) *regress.Report {
	tb.Helper()
	if os.Getenv(UpdateVariable) == "1" {
		return update(tb, path, run)
	}
	base, err := regress.LoadBaseline(path)
	if errors.Is(err, fs.ErrNotExist) {
		tb.Fatalf("regresstest: %v\nwrite it with: %s=1 go test -run '^%s$'", err, UpdateVariable, tb.Name())
	}
	if err != nil {
		tb.Fatalf("regresstest: %v", err)
	}
	report, err := regress.Compare(base, run, regress.Policy{})
	if err != nil {
		tb.Fatalf("regresstest: %v", err)
	}
	var text bytes.Buffer
	if err := render.Write(&text, "text", report, render.Options{}); err != nil {
		tb.Fatalf("regresstest: %v", err)
	}
	if err := report.Err(); err != nil {
		tb.Errorf("regresstest: %s: %v\n%s", path, err, text.String())
	} else {
		tb.Logf("%s", text.String())
	}
	return report
}

func update(tb testing.TB, path string, run *regress.Run) *regress.Report {
	tb.Helper()
	var report *regress.Report
	stamped := *run
	stamped.Time = time.Now().UTC().Truncate(time.Second)
	err := regress.ModifyBaseline(path, func(old *regress.Baseline) (*regress.Baseline, error) {
		if old == nil {
			old = &regress.Baseline{}
		}
		var err error
		if report, err = regress.Compare(old, &stamped, regress.Policy{Environment: regress.EnvCompare}); err != nil {
			return nil, err
		}
		report.Accept(regress.Acceptance{By: UpdateVariable, Reason: "taken in as it is", Time: stamped.Time}, func(c *regress.Comparison) bool {
			return c.Verdict != regress.Missing
		})
		return old.Update(&stamped, report)
	})
	if err != nil {
		tb.Fatalf("regresstest: updating the baseline: %v", err)
	}
	tb.Logf("regresstest: wrote %s", path)
	return report
}
