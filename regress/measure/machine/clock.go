package machine

import "fmt"

const cpus = "sys/devices/system/cpu/"

// turbo tells of clocks above the nominal one, which last as long as the
// temperature and the other cores allow.
func (v view) turbo() string {
	for _, file := range []struct{ name, on, off string }{
		{cpus + "intel_pstate/no_turbo", "0", "1"},
		{cpus + "cpufreq/boost", "1", "0"},
	} {
		if v.text(file.name) == file.on {
			return fmt.Sprintf("turbo is on: the clock depends on the temperature and on what other cores do, and timings follow it; "+
				"turn it off with: echo %s | sudo tee /%s", file.off, file.name)
		}
	}
	return ""
}

// governor tells of a clock that follows the load.
func (v view) governor() string {
	for _, file := range v.all(cpus + "cpu[0-9]*/cpufreq/scaling_governor") {
		if governor := v.text(file); governor != "" && governor != "performance" {
			return fmt.Sprintf("the scaling governor is %s: the clock follows the load, so that the first samples are slower than the rest; "+
				"set it with: sudo cpupower frequency-set -g performance", governor)
		}
	}
	return ""
}
