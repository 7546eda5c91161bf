package parse

import "github.com/org/regress-gate/regress/unit"

// libtestMetric names what stands in a unit.
func libtestMetric(printed string) metric {
	switch unit.Parse(printed).Class {
	case unit.Time:
		return metric{"time", printed, unit.Lower}
	case unit.Rate:
		return metric{"throughput", printed, unit.Higher}
	}
	return metric{name: printed, unit: printed}
}
