package gate

import (
	"errors"
	"fmt"

	"github.com/org/regress-gate/regress"
)

// ExitStatus is how the process ends. This is the only place that names the
// values; users script against them.
type ExitStatus int

const (
	// Open: nothing got worse, and something was compared.
	Open ExitStatus = 0
	// Regressed: a metric got worse, or a critical alert fired. It outranks Unproven.
	Regressed ExitStatus = 1
	// WrongUsage: a flag or an argument cannot be meant.
	WrongUsage ExitStatus = 2
	// CouldNotJudge: an input is unreadable, corrupt or of no known format, or an
	// output could not be written. There is no report.
	CouldNotJudge ExitStatus = 3
	// Unproven: nothing was compared, or something is missing, inconclusive or
	// incomparable where the policy says fail.
	Unproven ExitStatus = 4
)

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
