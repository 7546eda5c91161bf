package machine

import "fmt"

// battery tells of a machine that saves power.
func (v view) battery() string {
	const low = 20 // percent
	for _, file := range v.all("sys/class/power_supply/*/type") {
		if v.text(file) != "Battery" || v.text(beside(file, "scope")) == "Device" { // a mouse has one too
			continue
		}
		charge, known := v.number(beside(file, "capacity"))
		left := ""
		if known {
			left = fmt.Sprintf(" (%.0f %% left)", charge)
		}
		switch {
		case v.text(beside(file, "status")) == "Discharging":
			return "the machine runs on its battery" + left + ": it saves power by a slower clock; plug it in"
		case known && charge < low:
			return "the battery is low" + left + ": the machine may save power by a slower clock; let it charge first"
		}
	}
	return ""
}
