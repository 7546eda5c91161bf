package gate

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"time"

	"github.com/org/regress-gate/regress"
)

// Judgement says how runs are to be judged. The zero value is the default
// policy.
type Judgement struct {
	Policy    string           // path of a policy file; "" is the default policy
	Threshold string           // default threshold such as "5%", "" leaves the policy's
	Alpha     string           // level of the suite's test such as "0.05", "" leaves the policy's
	Now       func() time.Time // the clock; required
}

// policy reads the policy file and applies the other settings to it.
func (j Judgement) policy() (regress.Policy, error) {
	var p regress.Policy
	if j.Policy != "" {
		var err error
		if p, err = regress.LoadPolicy(j.Policy); err != nil {
			return p, err
		}
	}
	if j.Threshold != "" {
		threshold, err := regress.ParsePercent(j.Threshold)
		if err != nil {
			return p, Usagef("threshold: %w", err)
		}
		p.Threshold, p.Explicit = threshold, true
	}
	if j.Alpha != "" {
		alpha, err := strconv.ParseFloat(j.Alpha, 64)
		if err != nil || !(alpha > 0 && alpha < 1) {
			return p, Usagef("alpha: %.40q is not a number between 0 and 1", j.Alpha)
		}
		p.Alpha = alpha
	}
	p.Now = j.Now()
	return p, nil
}

// Check judges a run against the baseline file at path.
func Check(j Judgement, baseline string, run Input) (*regress.Report, error) {
	p, err := j.policy()
	if err != nil {
		return nil, err
	}
	base, err := loadBaseline(baseline)
	if err != nil {
		return nil, err
	}
	return j.judge(base, run, p)
}

// loadBaseline reads a baseline that has to exist.
func loadBaseline(path string) (*regress.Baseline, error) {
	base, err := regress.LoadBaseline(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w\nmake one with: regress-gate update --baseline %s RUN", err, path)
	}
	return base, err
}

// Compare judges one run against another. That both are given to one command
// vouches for their having been measured alike.
func Compare(j Judgement, base, head Input) (*regress.Report, error) {
	p, err := j.policy()
	if err != nil {
		return nil, err
	}
	run, err := ReadRun(base)
	if err != nil {
		return nil, err
	}
	run.Design = max(run.Design, regress.Vouched)
	report, err := j.judge(regress.NewBaseline(run), head, p)
	if err == nil { // a package that failed in the base is missing there too
		report.Warnings = append(slices.Clone(run.Warnings), report.Warnings...)
	}
	return report, err
}

func (j Judgement) judge(base *regress.Baseline, run Input, p regress.Policy) (*regress.Report, error) {
	head, err := ReadRun(run)
	if err != nil {
		return nil, err
	}
	if base.Design >= regress.Vouched {
		head.Design = max(head.Design, regress.Vouched)
	}
	return regress.Compare(base, head, p)
}

// Update folds a run into the baseline file at path, which is created where it
// is absent, and returns the report that decided what was taken in. Updates of
// one baseline at the same time wait for each other.
func Update(j Judgement, baseline string, run Input) (*regress.Report, error) {
	p, err := j.policy()
	if err != nil {
		return nil, err
	}
	head, err := ReadRun(run)
	if err != nil {
		return nil, err
	}
	if head.Time.IsZero() { // one that does not say when it was made was made now
		head.Time = j.Now().UTC().Truncate(time.Second)
	}
	var report *regress.Report
	err = regress.ModifyBaseline(baseline, func(old *regress.Baseline) (*regress.Baseline, error) {
		if old == nil {
			old = &regress.Baseline{Env: head.Env}
		}
		if report, err = regress.Compare(old, head, p); err != nil {
			return nil, err
		}
		return old.Update(head, report)
	})
	if err != nil {
		return nil, fmt.Errorf("updating %s: %w", baseline, err)
	}
	return report, nil
}
