package gate

import (
	"cmp"
	"slices"
	"strconv"
	"sync"
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

// Check judges a run against the baseline file at path, or against that of the
// run's machine in the folder at path.
func Check(j Judgement, baseline string, run Input) (*regress.Report, error) {
	p, err := j.policy()
	if err != nil {
		return nil, err
	}
	head, err := ReadRun(run)
	if err != nil {
		return nil, err
	}
	base, remarks, err := baselineFor(baseline, head.Env)
	if err != nil {
		return nil, err
	}
	base.AlignNames(head)
	base.AlignShares(head)
	report, err := regress.Compare(base, head, p)
	if err == nil {
		report.Warnings = append(report.Warnings, remarks...)
	}
	return report, err
}

// Compare judges one run against another. That both are given to one command
// vouches for their having been measured alike.
func Compare(j Judgement, base, head Input) (*regress.Report, error) {
	p, err := j.policy()
	if err != nil {
		return nil, err
	}
	before, after, err := readTwo(base, head)
	if err != nil {
		return nil, err
	}
	regress.AlignNames(before, after)
	regress.AlignShares(before, after)
	before.Design, after.Design = max(before.Design, regress.Vouched), max(after.Design, regress.Vouched)
	warnings := before.Warnings
	report, err := regress.Compare(regress.NewBaseline(before), after, p)
	if err == nil { // a package that failed in the base is missing there too
		report.Warnings = append(slices.Clip(warnings), report.Warnings...)
	}
	return report, err
}

// readTwo reads both sides at the same time. Of two errors the base's is told.
func readTwo(base, head Input) (before, after *regress.Run, err error) {
	if slices.Contains(base.Paths, "-") && slices.Contains(head.Paths, "-") {
		return nil, nil, Usagef("standard input can be read once: - is given twice")
	}
	var failed error
	var wg sync.WaitGroup
	wg.Go(func() { after, failed = ReadRun(head) })
	before, err = ReadRun(base)
	wg.Wait()
	return before, after, cmp.Or(err, failed)
}
