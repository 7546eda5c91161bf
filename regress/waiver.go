package regress

import (
	"fmt"
	"time"
)

// Waiver is a recorded acceptance of a loss: narrow, reasoned and expiring. A
// waived regression keeps its verdict and does not close the gate.
type Waiver struct {
	Match  Pattern `yaml:"match" json:"match"`                      // benchmarks
	Metric Pattern `yaml:"metric,omitempty" json:"metric,omitzero"` // default "*"
	UpTo   Percent `yaml:"up_to" json:"up_to,omitzero"`             // the largest loss that it accepts
	Reason string  `yaml:"reason" json:"reason"`
	Until  Date    `yaml:"until" json:"until,omitzero"` // the last day, in UTC, on which it holds
}

// Date is a calendar day. The zero Date is unset.
type Date struct{ time.Time }

// MarshalText returns the day as 2026-12-31.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.Format(time.DateOnly)), nil }

// UnmarshalText accepts 2026-12-31.
func (d *Date) UnmarshalText(text []byte) error {
	t, err := time.Parse(time.DateOnly, string(text))
	if err != nil {
		return fmt.Errorf("%.40q is not a day: write it like 2026-12-31", text)
	}
	d.Time = t
	return nil
}

func (w *Waiver) matches(k Key) bool {
	return w.Match.matchBenchmark(k.Benchmark) && (w.Metric.IsZero() || w.Metric.Match(k.Metric))
}

func (w *Waiver) expired(now time.Time) bool { return !now.Before(w.Until.AddDate(0, 0, 1)) }

// waive applies the first waiver that covers the loss of each regression, and
// returns a remark on each waiver that covered nothing.
func waive(p *Policy, comparisons []Comparison) (remarks []Warning) {
	used := make([]bool, len(p.Waivers))
	exceeded := make([]string, len(p.Waivers))
	for i := range comparisons {
		c := &comparisons[i]
		if c.Verdict != Regressed {
			continue
		}
		for j := range p.Waivers {
			w := &p.Waivers[j]
			if !w.matches(c.Key) || w.expired(p.Now) {
				continue
			}
			limit, _ := w.UpTo.Fraction()
			loss, known := c.loss()
			if !known || loss > limit {
				exceeded[j] = c.Key.String()
				continue
			}
			used[j], c.Waiver = true, w
			break
		}
	}
	for j := range p.Waivers {
		w := &p.Waivers[j]
		name := fmt.Sprintf("waiver %d (%s: %s)", j+1, w.Match, w.Reason)
		switch {
		case w.expired(p.Now):
			remarks = append(remarks, Warning{Message: name + " expired on " + w.Until.Format(time.DateOnly) + ": remove it"})
		case used[j]:
		case exceeded[j] != "":
			remarks = append(remarks, Warning{Message: fmt.Sprintf("%s accepts losses up to %s, and %s lost more", name, w.UpTo, exceeded[j])})
		default:
			remarks = append(remarks, Warning{Message: name + " was not needed: remove it"})
		}
	}
	return remarks
}
