package machine

import (
	"fmt"
	"strings"
)

// heat tells of a temperature close to the one at which the hardware steps in.
func (v view) heat() string {
	const near = 10_000 // thousandths of a degree, as the files have it
	for _, file := range v.all("sys/class/thermal/thermal_zone*/trip_point_*_type") {
		if kind := v.text(file); kind != "hot" && kind != "critical" {
			continue
		}
		limit, limited := v.number(strings.TrimSuffix(file, "type") + "temp")
		now, known := v.number(beside(file, "temp"))
		if limited && known && limit > 0 && now > limit-near {
			return fmt.Sprintf("the processor is at %.0f °C, and %.0f °C is critical: it slows down to cool off, and timings get longer; "+
				"let it cool, and see to its air", now/1000, limit/1000)
		}
	}
	return ""
}

// throttled counts how often the processors were slowed down by heat.
func (v view) throttled() (times float64) {
	for _, file := range v.all(cpus + "cpu[0-9]*/thermal_throttle/*_throttle_count") {
		n, _ := v.number(file)
		times += n
	}
	return times
}

func throttling(before, after float64) string {
	if after <= before {
		return ""
	}
	return "the processor is being slowed down by heat: timings get longer while it lasts; let it cool, and see to its air"
}
