package render

import (
	"regexp"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/internal/lazy"
)

// harmlessName is a name that may stand in a command which somebody copies into a
// shell: it cannot end the quotes around it.
var harmlessName = lazy.Regexp(`^[A-Za-z0-9_][A-Za-z0-9_/=.,:#-]*$`)

// ofGo are the metrics that go test -bench prints.
var ofGo = map[string]bool{"sec/op": true, "B/op": true, "allocs/op": true, "B/s": true}

// reproduce is the command that measures what regressed, or looks like it, again
// at home: base and head in turns. There is none where nothing of that is a Go
// benchmark.
func reproduce(r *regress.Report) []remark {
	bench, seen := "", map[string]bool{}
	for _, v := range [...]regress.Verdict{regress.Regressed, regress.Inconclusive} {
		for _, c := range r.WorstFirst(v) {
			if v == regress.Inconclusive && c.Cause != regress.CauseSuspect {
				continue
			}
			pattern, ok := benchPattern(&c.Key)
			if !ok || seen[pattern] || len(bench)+len(pattern) > maxName-60 {
				continue
			}
			seen[pattern] = true
			bench += "|" + pattern
		}
	}
	if bench == "" {
		return nil
	}
	base := "main"
	if commit := r.Base.Commit; isCommit().MatchString(commit) {
		base = commit[:min(len(commit), 12)]
	}
	return []remark{{subject: "regress-gate run --base " + base + " --bench '" + bench[1:] + "'"}}
}

var (
	isCommit   = lazy.Regexp(`^[0-9a-f]{7,64}$`)
	processors = lazy.Regexp(`-\d+$`)
	packageEnd = lazy.Regexp(`\.[A-Z0-9_]`)
)

// benchPattern is what -bench takes for the benchmark of a metric: one expression
// for each level of its name.
func benchPattern(k *regress.Key) (pattern string, ok bool) {
	if !ofGo[k.Metric] || !harmlessName().MatchString(k.Benchmark) {
		return "", false
	}
	name := processors().ReplaceAllString(k.Benchmark, "")
	if 'a' <= name[0] && name[0] <= 'z' { // with its package: the name of a benchmark is none that begins so
		end := packageEnd().FindStringIndex(name)
		if end == nil {
			return "", false
		}
		name = name[end[1]-1:]
	}
	levels := strings.Split(name, "/")
	for i := range levels {
		levels[i] = "^" + regexp.QuoteMeta(levels[i]) + "$"
	}
	return strings.Join(levels, "/"), true
}
