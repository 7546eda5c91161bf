package machine

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// siblings tells of two processors that are one core, where both are ours.
func (v view) siblings() string {
	allowed := v.allowed()
	for _, cpu := range allowed {
		threads := parseList(v.text(fmt.Sprintf("%scpu%d/topology/thread_siblings_list", cpus, cpu)))
		threads = slices.DeleteFunc(threads, func(t int) bool { return !slices.Contains(allowed, t) })
		if len(threads) > 1 {
			return fmt.Sprintf("processors %d and %d are threads of one core: what runs on one slows the other down; "+
				"turn the second threads off with: echo off | sudo tee /%ssmt/control", threads[0], threads[1], cpus)
		}
	}
	return ""
}

// allowed returns the processors that this process may use.
func (v view) allowed() []int {
	for line := range strings.Lines(v.text("proc/self/status")) {
		if list, ok := strings.CutPrefix(line, "Cpus_allowed_list:"); ok {
			return parseList(list)
		}
	}
	return nil
}

// parseList reads the kernel's form of a list, "0-3,8"; nil where it is none.
func parseList(list string) (numbers []int) {
	for part := range strings.SplitSeq(strings.TrimSpace(list), ",") {
		low, high, isRange := strings.Cut(part, "-")
		if !isRange {
			high = low
		}
		from, err := strconv.Atoi(low)
		to, err2 := strconv.Atoi(high)
		if err != nil || err2 != nil {
			return nil
		}
		for n := from; n <= to; n++ {
			numbers = append(numbers, n)
		}
	}
	return numbers
}
