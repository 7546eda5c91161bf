// Package unit answers three questions about the unit of a measured number: which base unit and factor it has, which way
// is better, and how a person reads the number.
//
// # Units
//
// [Parse] knows a small table of spellings (table.go) and one rule for compounds. It never fails: a unit that nobody
// knows is its own base with factor 1, so it compares with itself and with nothing else.
//
//	quantity    base     spellings
//	time        s        ns us µs μs ms s sec secs second(s) m min minute(s) h hour(s), nano-, micro-, milliseconds
//	bytes       B        B byte(s), kB KB MB GB TB (10³…10¹²), KiB MiB GiB TiB (2¹⁰…2⁴⁰), bit kbit Mbit Gbit
//	share       ratio    ratio, % and percent (0.01)
//	rate        X/s      X/sec, X/second, X/ns … X/min, X/h; rps and reqs, request(s) per second are req/s
//	per op      X/op     the numerator is scaled: ns/op is sec/op, KiB/op is B/op
//
// A compound is spelt as golang.org/x/perf/benchunit spells it: sec instead of s in the numerator, so that ns/op is
// sec/op and p99-ns/op is p99-sec/op. In a name with dashes only unmistakable tokens are scaled (ns us ms, kB … TiB), not
// s, m, h or %. Case counts: MS and Kb are unknown. An empty unit is not ratio: it says that nobody told.
//
// [Factor] and [Convert] go between units of one dimension; [Applies] is wider and lets a threshold such as 100ns or 16B
// speak about sec/op and B/op.
//
// # Directions
//
// [DirectionOf] asks the names that load tools give to what they were told to do, then the unit (time and X/op: lower,
// X/s: higher), then the words of the metric's name. Where unit and words contradict each other, or nothing speaks, the
// answer is [Undeclared], and a judge must look both ways: a wrong direction would turn a loss into a gain.
//
// # Numbers
//
// [Format] shows three significant digits and a prefix, [FormatPair] as many digits as two different numbers need to look
// different, [FormatChange] a relative change and [FormatShare] a threshold, both in percent. [ParseQuantity] reads what
// people write in a policy.
//
// All functions are pure, allocate little and are safe for concurrent use.
package unit
