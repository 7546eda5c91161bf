package measure

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Only returns the pairs that measure no more than the named benchmarks of the
// package, "Encode/small-8" as go test prints them: one for each depth of names,
// since a pattern for sub-benchmarks does not run what has none. Few others, with
// parts of several names, may be run as well. None if the list is empty.
func (p Pair) Only(names []string) []Pair {
	levels := map[int][][]string{} // by depth of the name, the parts at each level
	for _, name := range names {
		parts := strings.Split(name, "/")
		depth := levels[len(parts)]
		if depth == nil {
			depth = make([][]string, len(parts))
		}
		for i, part := range parts {
			depth[i] = append(depth[i], part)
		}
		last := len(parts) - 1
		depth[last] = append(depth[last], withoutProcs(parts[last]))
		levels[len(parts)] = depth
	}
	var pairs []Pair
	for _, depth := range slices.Sorted(maps.Keys(levels)) {
		pattern := ""
		for i, parts := range levels[depth] {
			slices.Sort(parts)
			parts = slices.Compact(parts)
			for j := range parts {
				parts[j] = regexp.QuoteMeta(parts[j])
			}
			prefix := ""
			if i == 0 {
				prefix = "Benchmark"
			} else {
				pattern += "/"
			}
			pattern += "^" + prefix + "(" + strings.Join(parts, "|") + ")$"
		}
		pairs = append(pairs, Pair{Name: p.Name, Base: p.Base.benching(pattern), Head: p.Head.benching(pattern)})
	}
	return pairs
}

// benching is the task with another -test.bench, nil for nil.
func (t *Task) benching(pattern string) *Task {
	if t == nil {
		return nil
	}
	other := *t
	other.Args = slices.Clone(t.Args)
	for i, arg := range other.Args {
		if strings.HasPrefix(arg, "-test.bench=") {
			other.Args[i] = "-test.bench=" + pattern
		}
	}
	return &other
}

// withoutProcs cuts the -8 that Go appends for GOMAXPROCS.
func withoutProcs(name string) string {
	digits := strings.TrimRight(name, "0123456789")
	if len(digits) < len(name) && strings.HasSuffix(digits, "-") {
		return digits[:len(digits)-1]
	}
	return name
}
