package gate

import (
	"errors"
	"fmt"

	"github.com/org/regress-gate/regress"
)

// ExitStatus is how the process ends. This is the only place that names the
// values; users script against them.
type ExitStatus int

// The statuses. With 0, 1 and 4 there is a report.
const (
	Open          ExitStatus = 0
	Regressed     ExitStatus = 1 // outranks Unproven
	WrongUsage    ExitStatus = 2
	CouldNotJudge ExitStatus = 3
	Unproven      ExitStatus = 4
)

var statusSentences = [...]string{
	Open:          "the gate is open: nothing got worse, and something was compared",
	Regressed:     "the gate is shut: a metric regressed, or a critical alert fired",
	WrongUsage:    "wrong usage: a flag, an argument or an input cannot be meant",
	CouldNotJudge: "could not judge: a file is unreadable, corrupt or of no known format, or cannot be written; or nothing could be measured",
	Unproven:      "unproven: nothing was compared, or something is missing or inconclusive where the policy says fail",
}

// Statuses returns all statuses in order.
func Statuses() []ExitStatus {
	return []ExitStatus{Open, Regressed, WrongUsage, CouldNotJudge, Unproven}
}

// String says in a sentence what the status means.
func (s ExitStatus) String() string {
	if s >= 0 && int(s) < len(statusSentences) {
		return statusSentences[s]
	}
	return fmt.Sprintf("no status of regress-gate (%d)", int(s))
}

// UsageError is an error in how the program was called and not in what it read.
type UsageError struct{ Err error }

// Error returns the message of the error inside.
func (e *UsageError) Error() string { return e.Err.Error() }

// Unwrap returns the error inside.
func (e *UsageError) Unwrap() error { return e.Err }

// Usagef makes a UsageError.
func Usagef(format string, args ...any) error { return &UsageError{fmt.Errorf(format, args...)} }

// FailOn narrows which findings end with a status that fails a job.
type FailOn string

// The values of FailOn. The zero value is FailOnPolicy.
const (
	FailOnPolicy     FailOn = "policy"     // 1, 3 and 4
	FailOnRegression FailOn = "regression" // 1 and 3
	FailOnNever      FailOn = "never"      // only 3: the report is for reading
)

// ParseFailOn accepts policy, regression and never; "" is policy.
func ParseFailOn(s string) (FailOn, error) {
	switch f := FailOn(s); f {
	case "":
		return FailOnPolicy, nil
	case FailOnPolicy, FailOnRegression, FailOnNever:
		return f, nil
	}
	return "", Usagef("unknown fail-on %.40q (one of %s, %s, %s)", s, FailOnPolicy, FailOnRegression, FailOnNever)
}

// StatusOf returns the exit status of a finished comparison.
func StatusOf(r *regress.Report, failOn FailOn) ExitStatus {
	err := r.Err()
	switch {
	case err == nil, failOn == FailOnNever:
		return Open
	case errors.Is(err, regress.ErrRegressed):
		return Regressed
	case failOn == FailOnRegression:
		return Open
	}
	return Unproven
}

// StatusOfError returns the exit status of an error that kept the tool from
// judging.
func StatusOfError(err error) ExitStatus {
	var usage *UsageError
	switch {
	case err == nil:
		return Open
	case errors.As(err, &usage):
		return WrongUsage
	}
	return CouldNotJudge
}
