// Package action is regress-gate as a GitHub container action: inputs in, the
// verdict out. Like the command it is a thin shell over package gate, so that
// both decide alike.
//
//	INPUT_* ─readSettings→ settings ─judge→ Report ┬─ report JSON     for later steps
//	                                               ├─ log             text, then annotations
//	                                               ├─ GITHUB_STEP_SUMMARY
//	                                               └─ GITHUB_OUTPUT   last of all
//
// The modes are check (a run against the stored baseline), compare (two runs
// against each other) and report (publish and gate on a report that an earlier
// step made). Every event works the same: nothing here talks to GitHub's API.
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
// last line of the log says what it means. With status 2 and 3 there is no
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
// words of ours and one path, behind a delimiter that nobody can guess.
package action
