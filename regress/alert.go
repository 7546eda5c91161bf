package regress

import (
	"fmt"
	"strings"

	"github.com/org/regress-gate/regress/unit"
)

// Alert is an absolute limit on the run: it needs no baseline, and its condition
// says when it fires.
type Alert struct {
	Name      string    `yaml:"name" json:"name"`
	Condition Condition `yaml:"condition" json:"condition"`
	Match     Pattern   `yaml:"match,omitempty" json:"match,omitzero"` // benchmarks; default all
	Severity  Severity  `yaml:"severity,omitempty" json:"severity"`
}

// Condition is "METRIC OPERATOR QUANTITY", such as "p95_latency > 100ms". The
// zero Condition is unset.
type Condition struct {
	Metric   Pattern
	Operator string // >, >=, < or <=
	Limit    Quantity
}

// operators in the order in which they are looked for: the longer first.
var operators = []struct {
	text  string
	holds func(a, b float64) bool
}{
	{">=", func(a, b float64) bool { return a >= b }},
	{"<=", func(a, b float64) bool { return a <= b }},
	{">", func(a, b float64) bool { return a > b }},
	{"<", func(a, b float64) bool { return a < b }},
}

// ParseCondition reads a condition as the specification writes it.
func ParseCondition(s string) (Condition, error) {
	for _, op := range operators {
		metric, limit, found := strings.Cut(s, op.text)
		if !found {
			continue
		}
		pattern, err := NewPattern(strings.TrimSpace(metric))
		if err != nil {
			return Condition{}, fmt.Errorf("condition %.80q: %w", s, err)
		}
		quantity, err := ParseQuantity(strings.TrimSpace(limit))
		if err != nil {
			return Condition{}, fmt.Errorf("condition %.80q: %w", s, err)
		}
		return Condition{pattern, op.text, quantity}, nil
	}
	return Condition{}, fmt.Errorf("condition %.80q: no operator (write it like p95_latency > 100ms)", s)
}

// IsZero tells that the condition is unset.
func (c Condition) IsZero() bool { return c.Operator == "" }

// String returns the condition in the form that ParseCondition reads.
func (c Condition) String() string {
	return c.Metric.String() + " " + c.Operator + " " + c.Limit.String()
}

// MarshalText returns String; the unset condition has no text.
func (c Condition) MarshalText() ([]byte, error) {
	if c.IsZero() {
		return nil, fmt.Errorf("an unset condition has no text")
	}
	return []byte(c.String()), nil
}

// UnmarshalText is ParseCondition.
func (c *Condition) UnmarshalText(text []byte) (err error) {
	*c, err = ParseCondition(string(text))
	return err
}

func (c Condition) holds(value, limit float64) bool {
	for _, op := range operators {
		if op.text == c.Operator {
			return op.holds(value, limit)
		}
	}
	return false
}

// AlertResult is what one alert found in one metric of the run. An alert whose
// metric is not in the run has one result without a Value, and says so.
type AlertResult struct {
	Name      string    `json:"name"`
	Condition Condition `json:"condition"`
	Benchmark string    `json:"benchmark,omitzero"`
	Metric    string    `json:"metric,omitzero"`
	Value     Figure    `json:"value,omitzero"` // in Unit
	Unit      string    `json:"unit,omitzero"`
	Fired     bool      `json:"fired"`
	Severity  Severity  `json:"severity"`
	Reason    string    `json:"reason,omitzero"` // why it could not be held against the limit
}

// Blind tells that the alert guards nothing, because its metric is not in the
// run or is in a unit that the limit cannot be converted to.
func (a *AlertResult) Blind() bool { return a.Value.IsZero() }

// raise holds every alert against the run.
func raise(alerts []Alert, base *Baseline, head *Run) []AlertResult {
	if len(alerts) == 0 {
		return nil
	}
	units := make(map[Key]string, len(base.Entries))
	for i := range base.Entries {
		units[base.Entries[i].Key] = base.Entries[i].Unit
	}
	results := []AlertResult{}
	for _, a := range alerts {
		before := len(results)
		for i := range head.Series {
			s := &head.Series[i]
			if !a.Condition.Metric.Match(s.Metric) || !a.Match.IsZero() && !a.Match.matchBenchmark(s.Benchmark) {
				continue
			}
			results = append(results, a.check(s, units[s.Key]))
		}
		if len(results) == before {
			results = append(results, AlertResult{Name: a.Name, Condition: a.Condition, Severity: a.Severity,
				Reason: "no such metric in the run: this limit guards nothing"})
		}
	}
	return results
}

// check holds the alert against one series. A series without a unit has that of
// its baseline entry, or else that of the limit, which the result says.
func (a *Alert) check(s *Series, baseUnit string) AlertResult {
	r := AlertResult{Name: a.Name, Condition: a.Condition, Severity: a.Severity, Benchmark: s.Benchmark, Metric: s.Metric}
	if s.Broken != "" {
		r.Reason = s.Broken
		return r
	}
	value, limit := s.Center(), a.Condition.Limit
	r.Unit = s.Unit
	if r.Unit == "" {
		r.Unit = baseUnit
	}
	if r.Unit == "" && limit.Unit != "" {
		r.Unit = limit.Unit
		r.Reason = "no unit in the run: read in " + limit.Unit
		if ratio, ok := unit.Factor(limit.Unit, "ratio"); ok && a.fires(value, "ratio") != a.fires(value, limit.Unit) {
			r.Reason = fmt.Sprintf("%v without a unit is a share of %v or of %v: write the unit", value, value, value*ratio)
			return r
		}
	}
	if _, err := limit.in(r.Unit); err != nil {
		r.Reason = err.Error()
		return r
	}
	r.Value, r.Fired = NewFigure(value), a.fires(value, r.Unit)
	return r
}

// fires holds a value in a unit that the limit converts to against the limit.
func (a *Alert) fires(value float64, u string) bool {
	limit, err := a.Condition.Limit.in(u)
	return err == nil && a.Condition.holds(value, limit)
}
