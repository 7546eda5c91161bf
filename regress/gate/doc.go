// Package gate is the use case of regress-gate: open inputs, parse, compare,
// report, decide. It is the only package that joins parse, regress and render;
// the command and the GitHub action are thin shells over it, so that both decide
// alike.
//
//	paths ─ReadRun→ Run ┐
//	baseline, policy ───┴─ Check, Compare → Report ─ Publish → outputs
//	                       Update         → baseline file
//	commit, working tree ─ Run            → Report      measured in turns
//	                       Confirm        → Report      of a check, its suspects measured again
//	load configuration ─ MeasureLoad → Run ─ WriteRun
//	baseline, policy ─ History → the earlier runs of each metric ─ WriteHistory
//	                                Report, error ─ Status → exit status
package gate
