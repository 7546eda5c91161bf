package render

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/org/regress-gate/regress"
)

// A group is the comparisons with the same finding and the same remedy, so that
// a hundred metrics with too few samples are one line and not a hundred.
type group struct {
	verdict regress.Verdict
	cause   regress.Cause
	remedy  string
	n       int
}

// maxGroups bounds how many remedies are listed; more of them are one for each
// metric, and those stand in the JSON.
const maxGroups = 12

// remedies says of every group what its finding means and what to do about it.
func remedies(r *regress.Report) []remark {
	groups := groupsOf(r)
	var list []remark
	for _, g := range groups[:min(len(groups), maxGroups)] {
		list = append(list, remark{text: g.text()})
	}
	others := 0
	for _, g := range groups[len(list):] {
		others += g.n
	}
	if others > 0 {
		list = append(list, remark{text: fmt.Sprintf("%d more, each with a remedy of its own: see the report's JSON", others)})
	}
	return list
}

// groupsOf groups what is inconclusive, or has a remedy: suspects first, then
// the larger groups.
func groupsOf(r *regress.Report) []group {
	var groups []group
	at := map[group]int{}
	for i := range r.Comparisons {
		c := &r.Comparisons[i]
		id := group{verdict: c.Verdict, cause: c.Cause, remedy: c.Remedy}
		if id.remedy == "" && c.Cause == regress.CauseSuspect {
			id.remedy = rerun
		}
		if id.remedy == "" && c.Verdict != regress.Inconclusive {
			continue
		}
		j, known := at[id]
		if !known {
			j = len(groups)
			at[id] = j
			groups = append(groups, id)
		}
		groups[j].n++
	}
	slices.SortStableFunc(groups, func(a, b group) int {
		if a, b := a.cause == regress.CauseSuspect, b.cause == regress.CauseSuspect; a != b {
			if a {
				return -1
			}
			return 1
		}
		return cmp.Compare(b.n, a.n)
	})
	return groups
}

// text is "3 suspect (it looks worse, …): measure base and head in turns".
func (g group) text() string {
	text := fmt.Sprintf("%d %s", g.n, verdictName(g.verdict))
	if g.verdict == regress.Inconclusive {
		text = fmt.Sprintf("%d %s (%s)", g.n, causeName(g.cause), causeText(g.cause))
	}
	if g.remedy != "" {
		text += ": " + g.remedy
	}
	return text
}
