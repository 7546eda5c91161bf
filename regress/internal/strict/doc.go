// Package strict reads JSON and YAML documents that must be right: every problem
// is named with its file and line, several are reported together, and what
// lenient readers pass over (repeated keys, unknown fields, a missing value, a
// second document, YAML aliases) is a problem.
//
// It knows syntax only. What the fields mean is for its callers: package regress
// reads baselines, runs, reports and policies with it.
package strict

// MaxProblems bounds how many problems of one file are reported together.
const MaxProblems = 20
