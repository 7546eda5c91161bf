package regress

import (
	"fmt"
	"io"
	"os"
	"strconv"

	"github.com/org/regress-gate/regress/internal/strict"
	"github.com/org/regress-gate/regress/unit"
)

// maxPolicy bounds a policy file, in bytes.
const maxPolicy = 1 << 20

// LoadPolicy reads the policy file at path.
func LoadPolicy(path string) (Policy, error) {
	f, err := os.Open(path)
	if err != nil {
		return Policy{}, fmt.Errorf("opening policy: %w", err)
	}
	defer f.Close()
	p, err := ReadPolicy(f, path)
	if err != nil {
		return Policy{}, fmt.Errorf("reading policy: %w", err)
	}
	return p, nil
}

// ReadPolicy reads a policy from YAML, strictly: unknown, repeated and empty
// settings are errors, and each is named with file, line and column. An empty
// file is the default policy.
func ReadPolicy(r io.Reader, file string) (Policy, error) {
	var p Policy
	y := &strict.YAML{File: file}
	err := y.Read(r, maxPolicy, strict.Fields{
		"threshold":    y.Text(&p.Threshold),
		"alpha":        y.Scalar(shareInto(&p.Alpha)),
		"confidence":   y.Text(&p.Confidence),
		"inconclusive": y.Text(&p.Inconclusive),
		"missing":      y.Text(&p.Missing),
		"incomparable": y.Text(&p.Incomparable),
		"new":          y.Text(&p.New),
		"suite_shift":  y.Text(&p.SuiteShift),
		"suspect":      y.Text(&p.Suspect),
		"run_noise":    y.Text(&p.RunNoise),
		"single":       y.Text(&p.Single),
		"environment":  y.Text(&p.Environment),
		"drift": y.Mapping(strict.Fields{
			"threshold": y.Text(&p.Drift.Threshold),
			"window":    y.Scalar(countInto(&p.Drift.Window)),
			"proven":    y.Text(&p.Drift.Proven),
		}),
		"history":      y.Scalar(countInto(&p.History)),
		"accept_label": y.Scalar(textInto(&p.AcceptLabel)),
		"rules": y.Sequence(appendTo(&p.Rules, func(r *Rule) func(strict.Node) {
			return y.Mapping(strict.Fields{
				"match": y.Text(&r.Match), "metric": y.Text(&r.Metric),
				"threshold": y.Text(&r.Threshold), "threshold_abs": y.Text(&r.ThresholdAbs),
				"direction": y.Scalar(directionInto(&r.Direction)),
				"severity":  func(n strict.Node) { r.Severity = new(Severity); y.Text(r.Severity)(n) },
			})
		})),
		"alerts": y.Sequence(appendTo(&p.Alerts, func(a *Alert) func(strict.Node) {
			return y.Mapping(strict.Fields{
				"name": y.Scalar(textInto(&a.Name)), "condition": y.Text(&a.Condition),
				"match": y.Text(&a.Match), "severity": y.Text(&a.Severity),
			})
		})),
		"waivers": y.Sequence(appendTo(&p.Waivers, func(w *Waiver) func(strict.Node) {
			return y.Mapping(strict.Fields{
				"match": y.Text(&w.Match), "metric": y.Text(&w.Metric),
				"up_to": y.Text(&w.UpTo), "reason": y.Scalar(textInto(&w.Reason)), "until": y.Text(&w.Until),
			})
		})),
	})
	if err != nil {
		return Policy{}, err
	}
	if err := p.Validate(); err != nil {
		return Policy{}, fmt.Errorf("%s: %w", file, err)
	}
	return p, nil
}

// appendTo reads one element of a list with what fields returns for it.
func appendTo[T any](list *[]T, fields func(*T) func(strict.Node)) func(strict.Node) {
	return func(n strict.Node) {
		var item T
		fields(&item)(n)
		*list = append(*list, item)
	}
}

func textInto(target *string) func(string) error {
	return func(text string) error {
		*target = text
		return validText(text)
	}
}

func directionInto(target *unit.Direction) func(string) error {
	return func(text string) (err error) {
		*target, err = unit.ParseDirection(text)
		return err
	}
}

func shareInto(target *float64) func(string) error {
	return func(text string) error {
		v, err := strconv.ParseFloat(text, 64)
		if err != nil || !(v > 0 && v < 1) {
			return fmt.Errorf("%.40q is not a number between 0 and 1, such as 0.05", text)
		}
		*target = v
		return nil
	}
}

func countInto(target *int) func(string) error {
	return func(text string) error {
		v, err := strconv.Atoi(text)
		if err != nil || v < 1 {
			return fmt.Errorf("%.40q is not a whole number ≥ 1", text)
		}
		*target = v
		return nil
	}
}
