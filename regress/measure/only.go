package measure

import (
	"regexp"
	"slices"
	"strings"
)

// Only returns the pair that measures no more than the named benchmarks of the
// package, "Encode/small-8" as go test prints them: the pattern is an alternative for
// each. Where that is too long for a command line, it measures what p does.
func (p Pair) Only(names []string) Pair {
	const longest = 30_000 // bytes; the least limit is that of Windows, 32,767
	alternatives := make([]string, len(names))
	for i, name := range names {
		parts := strings.Split("Benchmark"+name, "/")
		for j, part := range parts {
			procs := ""
			if j == len(parts)-1 {
				part, procs = cutProcs(part)
			}
			parts[j] = "^" + regexp.QuoteMeta(part)
			if procs != "" { // or it is part of the name
				parts[j] += "(" + procs + ")?"
			}
			parts[j] += "$"
		}
		alternatives[i] = strings.Join(parts, "/")
	}
	slices.Sort(alternatives)
	pattern := strings.Join(slices.Compact(alternatives), "|")
	if len(pattern) > longest {
		return p
	}
	return Pair{Name: p.Name, Base: p.Base.benching(pattern), Head: p.Head.benching(pattern)}
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

// cutProcs cuts the -8 that Go appends for GOMAXPROCS.
func cutProcs(name string) (bare, procs string) {
	digits := strings.TrimRight(name, "0123456789")
	if len(digits) < len(name) && strings.HasSuffix(digits, "-") {
		return digits[:len(digits)-1], name[len(digits)-1:]
	}
	return name, ""
}
