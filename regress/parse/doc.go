// Package parse reads what benchmark and load-test tools write: bytes → Run.
//
// Read is the way in. It undoes compression and character encoding, finds the
// format from the first bytes or takes the one that it is told, calls that
// format's parser, and holds the result to the invariants of regress.Run. An
// error says file and line where it knows them, and what to do.
//
// # Formats
//
// A format is one file, one row of the table in formats.go and one folder of
// testdata. Usage text, documentation and contract tests range over the table.
// A sniffer is exact: no file is accepted by two formats, and a file that is
// accepted by none is an error and never an empty run.
//
// # What parsers do, and what they leave
//
// A parser takes every number that is certain and no other. It never fills in
// zeros: what it cannot read is a warning with its line, or an error. What the
// source says went wrong (a package that failed, a benchmark that was skipped)
// is a warning as well, so that a gap in the run has a reason. A value that is
// NaN or infinite makes its series Broken. Whether numbers are plausible, enough
// or comparable is for package regress to judge.
//
// # Go benchmarks
//
// The benchmark's name loses the word Benchmark and keeps -N. Where two packages
// of a file share a name, all series of that name are called path.Name-N. Units
// are tidied as golang.org/x/perf/benchunit does (ns/op becomes sec/op, MB/s
// becomes B/s), but by shifting the decimal exponent, so that each sample is the
// float64 nearest to what was printed. The tidied unit is the metric's name too.
//
// Three layers read them: lines cuts the stream, goText knows the lines that go
// test prints for one package, and goRun collects the results of all packages.
// gotestjson puts the events of each package together again, line by line, and
// hands them to the same goText.
//
// # Benchmarks of other ecosystems
//
// Where a file holds the samples of a benchmark (hyperfine, Criterion's
// sample.json, pytest-benchmark, JMH, BenchmarkDotNet, the repetitions of Google
// Benchmark), they are one series, and summaries that follow from them are left;
// where it holds summaries only, each is a metric under the tool's own name for it.
// Benchmarks that share a name get what else is known of them behind it (distinct).
//
// # Other gates' files
//
// What github-action-benchmark has stored is a history (Format.Past): Import gives
// a baseline of it, whose keys are those under which the tool's own output is read,
// so that the next run is judged against what was brought over.
package parse
