package machine

import (
	"context"
	"fmt"
	"maps"
	"os"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"
)

// files are a fake root folder, by path.
type files map[string]string

func (f files) view() view {
	root := fstest.MapFS{}
	f.into(root)
	return view{root}
}

func (f files) into(root fstest.MapFS) {
	for name, text := range f {
		root[name] = &fstest.MapFile{Data: []byte(text)}
	}
}

// stat is /proc/PID/stat of a process that used so many ticks of the processor,
// and its ended children so many.
func stat(pid, parent int, name string, start, used, inherited, pages int) string {
	return fmt.Sprintf("%d (%s) S %d 1 1 0 -1 4194304 0 0 0 0 %d 0 0 %d 20 0 1 0 %d 1000000 %d 18446744073709551615\n",
		pid, name, parent, used, inherited, start, pages)
}

// quiet is a machine on which nothing stands in the way. It holds each file that
// Look reads.
var quiet = files{
	cpus + "intel_pstate/no_turbo":                     "1\n",
	cpus + "cpufreq/boost":                             "0\n",
	cpus + "cpu0/cpufreq/scaling_governor":             "performance\n",
	cpus + "cpu1/cpufreq/scaling_governor":             "performance\n",
	cpus + "cpu0/topology/thread_siblings_list":        "0,4\n",
	cpus + "cpu1/topology/thread_siblings_list":        "1,5\n",
	cpus + "cpu0/thermal_throttle/core_throttle_count": "7\n",
	"proc/stat":        "cpu 100 0 100 800 0 0 0 1 0 0\ncpu0 50 0 50 400 0 0 0 0 0 0\ncpu1 50 0 50 400 0 0 0 1 0 0\nintr 1 2\n",
	"proc/loadavg":     "0.49 1.00 2.00 1/100 1234\n",
	"proc/self/status": "Name:\tx\nCpus_allowed:\t3\nCpus_allowed_list:\t0-1\n",
	"proc/self/cgroup": "1:cpu,cpuacct:/job\n0::/job/step\n",
	"proc/11/stat":     stat(11, 1, "idle one", 5, 100, 0, 10),
	"proc/12/stat":     stat(12, 1, "b) (c", 6, 100, 0, 10),

	"sys/fs/cgroup/job/step/cpu.stat":                   "usage_usec 5\nnr_periods 100\nnr_throttled 0\n",
	"sys/fs/cgroup/cpu/job/cpu.stat":                    "nr_periods 0\nnr_throttled 0\n",
	"sys/class/power_supply/AC/type":                    "Mains\n",
	"sys/class/power_supply/BAT0/type":                  "Battery\n",
	"sys/class/power_supply/BAT0/status":                "Full\n",
	"sys/class/power_supply/BAT0/capacity":              "97\n",
	"sys/class/power_supply/mouse/type":                 "Battery\n",
	"sys/class/power_supply/mouse/scope":                "Device\n",
	"sys/class/power_supply/mouse/status":               "Discharging\n",
	"sys/class/thermal/thermal_zone0/temp":              "45000\n",
	"sys/class/thermal/thermal_zone0/trip_point_0_type": "passive\n",
	"sys/class/thermal/thermal_zone0/trip_point_0_temp": "40000\n",
	"sys/class/thermal/thermal_zone0/trip_point_1_type": "critical\n",
	"sys/class/thermal/thermal_zone0/trip_point_1_temp": "105000\n",
	"sys/class/thermal/thermal_zone0/trip_point_2_type": "hot\n",
	"sys/class/thermal/thermal_zone0/trip_point_2_temp": "0\n", // one that is not set
}

// glanceAt looks at the machine, which changes so while it is watched.
func glanceAt(machine, change files) []string {
	v := machine.view()
	return look(context.Background(), v, func(context.Context) (time.Duration, bool) {
		change.into(v.root.(fstest.MapFS))
		return glance, true
	})
}

func TestLook(t *testing.T) {
	require.Empty(t, glanceAt(quiet, nil), "a quiet machine")
	require.Empty(t, glanceAt(nil, nil), "what cannot be read is not mentioned")

	for want, c := range map[string]struct{ is, becomes files }{
		"turbo is on: ": {is: files{cpus + "intel_pstate/no_turbo": "0\n"}},
		"echo 0 | sudo tee /sys/devices/system/cpu/cpufreq/boost": {is: files{cpus + "cpufreq/boost": "1\n"}},
		"the scaling governor is powersave: ":                     {is: files{cpus + "cpu1/cpufreq/scaling_governor": "powersave\n"}},
		"processors 0 and 1 are threads of one core: ":            {is: files{cpus + "cpu0/topology/thread_siblings_list": "0-1\n"}},
		"stopped its processes in 25 % of all periods":            {is: files{"sys/fs/cgroup/job/step/cpu.stat": "nr_periods 100\nnr_throttled 25\n"}},
		"stopped its processes in 20 % of all periods":            {is: files{"sys/fs/cgroup/job/cpu.stat": "nr_periods 10\nnr_throttled 2\n"}},
		"stopped its processes in 10 % of all periods":            {is: files{"sys/fs/cgroup/cpu/job/cpu.stat": "nr_periods 10\nnr_throttled 1\n"}},
		"the machine runs on its battery (96 % left): ": {is: files{
			"sys/class/power_supply/BAT0/status": "Discharging\n", "sys/class/power_supply/BAT0/capacity": "96\n"}},
		"the battery is low (12 % left): ": {is: files{
			"sys/class/power_supply/BAT0/status": "Charging\n", "sys/class/power_supply/BAT0/capacity": "12\n"}},
		"the processor is at 96 °C, and 105 °C is critical: ": {is: files{"sys/class/thermal/thermal_zone0/temp": "96000\n"}},
		"the load average is 0.51 on 2 cores: ":               {is: files{"proc/loadavg": "0.51 0.1 0.1 1/100 1234\n"}},
		"the processor is being slowed down by heat: ":        {becomes: files{cpus + "cpu0/thermal_throttle/core_throttle_count": "8\n"}},
		"(steal: 9.76 % of the time now, 0.48 % since boot)":  {becomes: files{"proc/stat": "cpu 137 0 100 800 0 0 0 5 0 0\ncpu0 1\n"}},
		"other processes are at work: b) (c (pid 12) 50 % of a core: ": {becomes: files{
			"proc/11/stat": stat(11, 1, "idle one", 5, 101, 0, 10), "proc/12/stat": stat(12, 1, "b) (c", 6, 110, 0, 10)}},
	} {
		is := maps.Clone(quiet)
		maps.Copy(is, c.is)
		said := glanceAt(is, c.becomes)
		require.Len(t, said, 1, want)
		require.Contains(t, said[0], want)
		require.Regexp(t, `: .+; .+[^.]$`, said[0], "what it is: what it does; what to do")
	}
}

func TestSteal(t *testing.T) {
	require.Contains(t, stolen(ticks{1000, 800, 1}, ticks{1040, 800, 5}), "(steal: 10 % of the time now, 0.481 % since boot)")
	require.Contains(t, stolen(ticks{1000, 800, 20}, ticks{1040, 840, 20}), "(steal: 0 % of the time now, 1.92 % since boot)")
	require.Empty(t, stolen(ticks{1000, 800, 1}, ticks{1040, 840, 2}))
	require.Empty(t, stolen(ticks{}, ticks{}))
}

func TestBusyNamesTheBusiest(t *testing.T) {
	own := identity{os.Getpid(), 1}
	before, after := []process{{identity: own}}, []process{{identity: own, cpu: 1}, {identity: identity{99, 1}, name: "new", cpu: 100}}
	for pid := range 5 {
		p := process{identity: identity{pid + 1<<23, 1}, name: fmt.Sprint("p", pid), cpu: 3}
		before = append(before, p)
		p.cpu += 0.05 * float64(pid)
		after = append(after, p)
	}
	require.Contains(t, busy(before, after, glance), "p4 (pid 8388612) 100 % of a core, p3 (pid 8388611) 75 % of a core, p2 (pid 8388610) 50 % of a core, and 1 more: ")
	require.Empty(t, busy(after, after, glance))
}

func TestLookHere(t *testing.T) {
	for _, sentence := range Look(t.Context()) {
		t.Log(sentence)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	begin := time.Now()
	Look(ended)
	require.Less(t, time.Since(begin), glance, "it waits no longer than ctx")
}

func TestParseList(t *testing.T) {
	require.Equal(t, []int{0, 1, 2, 3, 8}, parseList("0-3,8\n"))
	require.Nil(t, parseList(""))
	require.Nil(t, parseList("0-x"))
}
