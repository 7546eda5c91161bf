package regress

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/org/regress-gate/regress/unit"
)

// Percent is a share as a policy writes it, "5%". The zero Percent is unset,
// which is not 0%. It keeps the number that was written, so that it is written
// back unchanged.
type Percent struct{ figure Figure }

// PercentOf returns fraction (0.05) as a Percent (5%).
func PercentOf(fraction float64) Percent { return Percent{NewFigure(fraction * 100)} }

// ParsePercent reads "5%" or "12.5 %". A bare number is refused: whether 5 means
// 5 % or 500 % would be a guess.
func ParsePercent(s string) (Percent, error) {
	digits, ok := strings.CutSuffix(strings.TrimSpace(s), "%")
	if !ok {
		return Percent{}, fmt.Errorf("%.40q is not a percentage: write %.40s%%", s, strings.TrimSpace(s))
	}
	v, err := strconv.ParseFloat(strings.TrimSpace(digits), 64)
	if err != nil || !(v >= 0) || math.IsInf(v, 0) {
		return Percent{}, fmt.Errorf("%.40q is not a percentage: write a number ≥ 0 such as 5%%", s)
	}
	return Percent{NewFigure(v)}, nil
}

// IsZero tells that the percentage is unset.
func (p Percent) IsZero() bool { return p.figure.IsZero() }

// Fraction returns the share, 0.05 for 5%, and whether it is set.
func (p Percent) Fraction() (float64, bool) {
	v, ok := p.figure.Get()
	return v / 100, ok
}

func (p Percent) or(fallback float64) float64 {
	if v, ok := p.Fraction(); ok {
		return v
	}
	return fallback
}

// String returns the percentage as it was written, "unset" where it is not.
func (p Percent) String() string {
	v, ok := p.figure.Get()
	if !ok {
		return "unset"
	}
	return strconv.FormatFloat(v, 'g', -1, 64) + "%"
}

// MarshalText returns String; the unset percentage has no text.
func (p Percent) MarshalText() ([]byte, error) {
	if p.IsZero() {
		return nil, fmt.Errorf("an unset percentage has no text")
	}
	return []byte(p.String()), nil
}

// UnmarshalText is ParsePercent.
func (p *Percent) UnmarshalText(text []byte) (err error) {
	*p, err = ParsePercent(string(text))
	return err
}

// Quantity is an amount with its unit, "16B" or "100ms"; without a unit it is
// an amount in the unit of whatever it is held against. The zero Quantity is
// unset.
type Quantity struct {
	Amount Figure
	Unit   string
}

// ParseQuantity reads a finite amount and its unit.
func ParseQuantity(s string) (Quantity, error) {
	v, u, err := unit.ParseQuantity(s)
	if err != nil {
		return Quantity{}, err
	}
	return Quantity{NewFigure(v), u}, nil
}

// IsZero tells that the quantity is unset.
func (q Quantity) IsZero() bool { return q.Amount.IsZero() }

// String returns the quantity in the form that ParseQuantity reads.
func (q Quantity) String() string {
	v, _ := q.Amount.Get()
	return strconv.FormatFloat(v, 'g', -1, 64) + q.Unit
}

// MarshalText returns String; the unset quantity has no text.
func (q Quantity) MarshalText() ([]byte, error) {
	if q.IsZero() {
		return nil, fmt.Errorf("an unset quantity has no text")
	}
	return []byte(q.String()), nil
}

// UnmarshalText is ParseQuantity.
func (q *Quantity) UnmarshalText(text []byte) (err error) {
	*q, err = ParseQuantity(string(text))
	return err
}

// in returns the amount in the metric's unit. A limit in B holds for B/op too.
func (q Quantity) in(metricUnit string) (float64, error) {
	v, _ := q.Amount.Get()
	if q.Unit == "" {
		return v, nil
	}
	factor, ok := unit.Applies(q.Unit, metricUnit)
	if !ok {
		return 0, fmt.Errorf("%s does not apply to a metric in %q", q, metricUnit)
	}
	return v * factor, nil
}

// factorTo returns the factor from the unit `from` to the unit `to`. An unknown
// unit ("") is taken to be the other one.
func factorTo(to, from string) (float64, error) {
	if to == from || from == "" || to == "" {
		return 1, nil
	}
	factor, ok := unit.Factor(from, to)
	if !ok {
		return 0, fmt.Errorf("unit %q cannot be converted to %q", from, to)
	}
	return factor, nil
}
