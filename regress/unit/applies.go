package unit

// Applies returns the factor that brings a quantity a person wrote (a threshold, the limit of an alert) to the unit of the
// metric it is meant for, and whether it can be meant for it. Beyond what [Factor] converts it accepts
//
//   - no unit: the number is in the metric's own unit;
//   - a quantity without the metric's "per operation" and without its name: 100ns for sec/op and p99-sec/op, 16B for B/op,
//     3allocs for allocs/op, 90% for hit-ratio. Only time may not be left out: 16B is not 16 B/s;
//   - % for a metric without a unit and for the unit 1, where a share is a plain number;
//   - 1/s (also /s) for any rate of things, and req/s for 1/s; not for bytes.
func Applies(quantityUnit, metricUnit string) (factor float64, ok bool) {
	if quantityUnit == "" {
		return 1, true
	}
	if f, ok := Factor(quantityUnit, metricUnit); ok {
		return f, true
	}
	q, m := Parse(quantityUnit), Parse(metricUnit)
	if q.Base == "ratio" && (metricUnit == "" || metricUnit == "1") {
		return q.Factor, true
	}
	if q.Class == Rate && m.Class == Rate && (q.Base == "1/s" && !bytesRate(m) || q.Base == "req/s" && m.Base == "1/s") {
		return quotient(q.Factor, m.Factor), true
	}
	p, simple := split(metricUnit)
	if !simple {
		return 0, false
	}
	measured := last(p.num)
	if p.per {
		if f, ok := Factor(quantityUnit, measured+"/"+p.den); ok {
			return f, true
		}
		if _, rate := clocks[p.den]; rate {
			return 0, false
		}
	}
	return Factor(quantityUnit, measured)
}

// bytesRate reports whether the rate u is one of bytes.
func bytesRate(u Unit) bool {
	p, simple := split(u.Base)
	return simple && last(p.num) == "B"
}
