// Package measure runs what is to be judged: base and head in turns, in one job,
// one process a sample. That is the experiment which makes a gate on a shared,
// noisy machine possible; what the two sides wrote is parsed and judged elsewhere.
//
//	Checkout   the base commit in a folder of its own; the user's repository is
//	           only read: no worktree, no index, no reference of it is touched
//	GoBenches  the packages with benchmarks, each compiled once for either side
//	Command    any other command, the same on both sides
//	     │
//	    Pair   the same work on base and head
//	     │
//	 Experiment.Round: base head, head base, base head …  → Samples
//
// A round is complete or is dropped: when it is interrupted, both sides have the
// same number of samples. Every process is the leader of a group of its own, and
// the group is killed with it.
package measure
