// Command quality measures how well the shipped judge detects regressions: how
// often a pull request that changes nothing fails, and how many true losses are
// found. It draws pull requests from models of noise, gives them to
// regress.Compare under the default policy, and holds the outcome against fixed
// bars. The rules of other tools judge the same data beside it.
//
//	go run ./regress/quality                     # everything, in some four minutes on two cores
//	go run ./regress/quality -run 'row (1|3):'   # rows, or tables by their title
//	go run ./regress/quality -families 100       # a tenth of the pull requests
//	go run ./regress/quality -readme regress/quality/README.md   # and replaces what that page shows of it
//
// Its exit status is 1 if a bar is missed, and 2 if it could not measure.
//
// # Worlds
//
// All noise is on the log scale, since times scale (world.go, shape.go). Within a
// run the samples are lognormal, bimodal, heavy-tailed, spiked, exponential or
// serially correlated, with a standard deviation of 0.5 … 10 %; "mixed" draws
// shape and size for each metric. Between runs the whole suite, or each metric
// for itself, is off by some 2 … 5 %; a "hosted" runner has all of that, and noise
// between processes and a drift over the job, while a "quiet" machine has next to
// nothing. Their sizes follow published measurements of cloud machines (Maricq et
// al. 2018; Bulej et al. 2020; Kalibera & Jones 2013). They are models: rankings
// hold in all of them, absolute powers are no promise.
//
// A design (design.go) says in which job each sample is taken, and at which moment
// of it, and so what of this noise base and head share.
//
// # Rows and tables
//
// A scenario is one kind of pull request in one world and design. A row of
// bars.go is a figure of a scenario and the limit it has to keep; the numbers are
// those of the table of acceptance bars in the decision procedure. Its last row,
// the exact p-values, is TestUTestEqualsEnumeration of package infer. A bar
// leaves about three Monte-Carlo standard errors to what was measured when it was
// set. tables.go sets the judge beside its rivals (rival.go), and beside itself
// with other experiments.
//
// A pull request fails where Report.Gate is Shut, and a loss is found where its
// verdict is Regressed. A change of k× multiplies the head's samples by
// 1 + k·5 %, 5 % being the default threshold.
//
// # How it runs
//
//	bars, tables ─→ lab.measure ─→ repeat: a generator for each family of metrics
//	                                  └─ pull.draw ─→ regress.Compare, rivals ─→ finding
//
// Every pull request is drawn from a PCG generator seeded by the name of its
// scenario and its own number, so that the outcome is the same on every machine
// and with any number of processors.
package main
