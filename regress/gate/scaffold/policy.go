package scaffold

import (
	"slices"
	"strings"
)

// policy makes the policy: few settings, each with what it is for.
func policy(findings []*Finding) string {
	var b strings.Builder
	b.WriteString(`# What closes the gate. All settings: https://github.com/org/regress-gate#baseline-and-policy
threshold: 5%                # the largest change that does not matter
accept_label: perf-accepted  # a label that lets in what got worse in a pull request
`)
	list := func(name string, of func(*Finding) []string) {
		var lines []string
		for _, f := range findings {
			for _, line := range of(f) {
				if !slices.Contains(lines, line) {
					lines = append(lines, line)
				}
			}
		}
		if len(lines) > 0 {
			b.WriteString(name + "\n  " + strings.Join(lines, "\n  ") + "\n")
		}
	}
	list("rules:  # the last one that matches wins", func(f *Finding) []string { return f.rules })
	list("alerts:  # absolute limits", func(f *Finding) []string { return f.alerts })
	return b.String()
}
