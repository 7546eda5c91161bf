package parse

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/org/regress-gate/regress"
)

// maxWarnings bounds the warnings of each kind that one file gives rise to.
const maxWarnings = 100

// warnings collects what went wrong in a file that can be read all the same.
// Failures and remarks are bounded apart, so that a thousand remarks never hide
// a package that failed.
type warnings struct {
	file              string
	failures, remarks warningList
}

type warningList struct {
	kept []regress.Warning
	more int
}

// failure records that something was not measured.
func (w *warnings) failure(line int, format string, args ...any) {
	w.failures.add(w.file, line, format, args)
}

// remark records that something was measured badly.
func (w *warnings) remark(line int, format string, args ...any) {
	w.remarks.add(w.file, line, format, args)
}

func (l *warningList) add(file string, line int, format string, args []any) {
	if len(l.kept) == maxWarnings {
		l.more++
		return
	}
	l.kept = append(l.kept, regress.Warning{File: file, Line: line, Message: fmt.Sprintf(format, args...)})
}

// list returns all warnings in file order, then how many were left out.
func (w *warnings) list() []regress.Warning {
	all := slices.Concat(w.failures.kept, w.remarks.kept)
	slices.SortStableFunc(all, func(a, b regress.Warning) int { return cmp.Compare(a.Line, b.Line) })
	if more := w.failures.more + w.remarks.more; more > 0 {
		all = append(all, regress.Warning{File: w.file, Message: fmt.Sprintf("and %d more warnings", more)})
	}
	return all
}
