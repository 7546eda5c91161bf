// Package regress judges performance measurements: it says of each metric of a
// run whether it got worse, and is right when it says so.
//
// # What it is for
//
// A team wants its CI to say "this change made it slower", to be right about it,
// and to say "I cannot tell" when it cannot. So, in this order: right verdicts,
// with few false alarms and a known power; closed when in doubt about the input,
// never silently open; every verdict explained by its numbers; fast and small.
//
// # The house
//
//	cmd/regress-gate ┐                             flags, exit status
//	  │              ├─ gate/scaffold  looks at a repository: its workflow, policy, first baseline
//	action ──────────┼─ forge  GitHub's API: files, a commit, comments, pull requests
//	                 └─ gate ─┬─ measure  runs base and head in turns; load; the machine
//	                          ├─ parse  bytes → Run
//	                          │     └─ profile  CPU and heap profiles → share of each function
//	                          ├─ regress (this package: the judge)
//	regresstest ──────────────┤     ├─ unit   units, directions, numbers for people
//	  (a gate in a Go test)   │     ├─ infer  statistics on []float64
//	                          │     └─ internal/strict  JSON and YAML with file and line
//	quality ──────────────────┤
//	  (the judge, measured)   ├─ internal/host  this machine's Env
//	                          ├─ internal/replace  a file, whole or not at all
//	                          └─ render Report → bytes
//
// Imports go downwards only, and measure, parse and render never meet but in gate; a test
// in cmd/regress-gate holds that. A new input or output format is one file and
// one row of the table in parse or render.
//
// # The way of the data
//
//	bytes ─parse.Read→ Run ───────────────┐
//	baseline.json ─LoadBaseline→ Baseline ┼─Compare→ Report ─render.Write→ text, Markdown, JSON …
//	policy.yaml ─LoadPolicy→ Policy ──────┘             │
//	                  baseline.json ←Baseline.Update────┘
//	base, head ─measure→ bytes ─parse→ two Runs ─Compare→ Report ─Confirm→ Report
//	two Policies, two Baselines ─PolicyEdits, BaselineEdits→ Report.Edits
//	Baseline, Policy ─NewHistory→ History ─render→ text, Markdown, JSON
//
// The Report is the hinge: it holds every number behind every verdict, encodes
// to JSON without loss, and every output is rendered from it alone.
//
// # Compare, phase by phase
//
//  1. match (match.go) brings together what has the same Key, settles what the
//     policy and the baseline entry say of it (setting.go), converts units, and
//     finds what cannot be compared at all.
//  2. summarise (match.go) describes both sides: median, interval, samples.
//  3. test (fixed.go, trial.go) compares constants and single values as they
//     are, and makes a trial of everything that has noise.
//  4. suite.judge (suite.go) judges the trials together: order of the samples;
//     what the past of each metric tells (past.go, trend.go); shift of the whole
//     suite; noise between runs. Then each p-value, corrected for their number by
//     Benjamini and Hochberg, and beside what the suite did (beside.go).
//  5. classify (classify.go) gives each trial its verdict, explain (explain.go)
//     its reason in words and what to do about it, and doubt (doubt.go) says what
//     cannot well be true.
//  6. waive (waiver.go) applies recorded acceptances, raise (alert.go) holds
//     absolute limits against the run, and Baseline.Drift (drift.go) looks for
//     losses that add up in what was merged.
//
// Report.Gate then derives the decision. A regression is a verdict and not an
// error; an error means that the tool could not judge.
//
// # Update, phase by phase
//
//  1. The run is compared with the baseline, and Report.Accept (accept.go) marks
//     what a person lets in.
//  2. Baseline.Update (update.go) takes in what is not a loss, keeps the old value
//     of what is, and adds a Point for the run to the history of each metric
//     (point.go), marked where it was refused or doubted, or where it begins anew.
//  3. pin (anchor.go) sets the anchor that drift is measured against: the median
//     of the first five runs that were taken in.
//
// # History, phase by phase
//
//  1. Baseline.Tracks (track.go) puts the earlier runs of each entry and its own
//     into one series, with the settings of the policy.
//  2. infer.Changes finds where the level of a series changed; in an exact metric
//     each difference is a change (change.go), for the worse or for the better.
//
// # Evidence
//
// How the two sides were measured decides how much their difference proves
// (Evidence). Two runs given to one command are vouched for by the user, and in
// turns in one job they vouch for themselves. A stored baseline was measured at
// another time: eight earlier runs of a metric show the noise between runs; with
// fewer it is assumed (Policy.RunNoise), and smaller losses are suspects, not
// regressions. Metrics without noise, such as allocations, are compared exactly.
//
// # Zero values
//
// The zero Policy is the default policy. Enumerations start with a value that is
// the safest or is refused. No number stands for "none": a Figure that does not
// exist is absent from the JSON.
package regress
