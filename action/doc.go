// Package action is regress-gate as a GitHub container action: inputs in, the
// verdict out. Like the command it is a thin shell over package gate, so that
// both decide alike.
//
//	INPUT_*, event ─readSettings→ settings ─appoint→ judge ─judge→ Report ┬─ report JSON     for later steps
//	                                  │        edits, accept ─────↗       ├─ log             text, then annotations
//	                                  │                                   ├─ GITHUB_STEP_SUMMARY
//	                                  │                                   ├─ the comment     found again, edited
//	                                  │                                   └─ GITHUB_OUTPUT   last of all
//	                                  ├─ update: target → fold → one commit
//	                                  └─ relay: another run's report → the comment
//
// The modes are check (a run against the stored baseline), compare (two runs
// against each other), report (publish and gate on a report that an earlier step
// made), update (fold a run of the default branch into the stored baseline) and
// comment (on a pull request whose own workflow may not). What is asked of GitHub
// goes through package forge.
//
// # The judge
//
// A pull request, or a merge group, is judged by baseline and policy as they are at
// the tip of the branch that it goes into, read through the API and laid out in a
// temporary folder (appoint.go). What cannot be read there ends with status 3: the
// checkout, which the pull request has written, never steps in. What the change
// does to these files is compared in meaning and shown in the report (judges.go).
// Regressions are accepted by a waiver of the base's policy, or by the label that
// it names (accept.go). Everything else than a change is judged by the checkout.
//
// # One comment
//
// It begins with a hidden mark that holds the title, is looked for on all pages,
// and counts only where the token's own author wrote it (comment.go). A comment
// that cannot be written changes no verdict. Where the answer to writing it was
// lost it is looked for again, so that there are never two.
//
// # Updates
//
// An update reads the stored baseline, folds the run into it and commits the file
// with the name of the content that it replaces (fold.go). Where another came
// first the forge refuses, and all is done anew on what that one left: each of any
// number of updates at once lands, in the order of landing, by which they are
// dated. A commit that changes the baseline alone is not measured (target.go), so
// that updates cannot call each other.
//
// # Paths
//
// The workspace is mounted into the container, and little else is. So paths are
// relative to it, and the output report is, too: the host's steps, whose
// workspace has another absolute path, find the file under the same name. For
// the same reason the report is not put into the runner's temporary folder,
// which older runners do not mount, and whose path here means nothing there.
//
// # Exit status
//
// The process ends with the status of package gate, as narrowed by fail-on; the
// last line of the log says what it means. The modes update and comment end with 0
// whatever the verdict. With status 2 and 3 there is no
// report and no output is set: a later step that sees a verdict can rely on the
// report, the log and the summary being complete, since the outputs are written
// last.
//
// # Hostile text
//
// Names and messages come out of files that a stranger's pull request can write.
// The runner executes lines of the log ("::error::", "##[add-mask]") and reads
// outputs by their delimiters. So every line that is not a renderer's goes
// through console, which breaks such commands; the outputs hold only numbers,
// words of ours, one path and the address of the comment, behind a delimiter that
// nobody can guess. The token is masked in the log and in comments, and goes to the
// API's own host alone.
package action
