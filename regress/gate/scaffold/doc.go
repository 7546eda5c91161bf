// Package scaffold writes what a repository needs to be gated: it looks at what
// the repository is measured by, and makes a workflow, a policy and, where a run is
// given, the first baseline.
//
//	folder ─Look→ tree ─Kinds→ Findings ─┬─ workflow ┐
//	                                     ├─ policy   ├─ Plan ─Write→ files, all of them or none
//	runs ─gate.Update→ baseline ─────────┴───────────┘
//
// The repository is a stranger's text: nothing in it is run, links are not followed,
// the walk is bounded, and a name with a character that could mean something in a
// workflow is left out and said so.
package scaffold
