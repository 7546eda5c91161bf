// Package infer is the statistics of a performance gate: it tells what two samples of measurements, and a suite of such
// pairs, say about a change. It works on []float64 and knows no names, no units and no files. What to do with its
// numbers (thresholds, verdicts, the words for them) is the caller's.
//
// # The procedure
//
// Each metric has two samples, base and head. Values are compared by their logarithms ([Log]), so that a shift is a
// ratio, or by their differences ([Linear]) where some are not positive. Shifts are oriented: positive is worse.
//
//	       base, head                    one metric
//	            │
//	    MedianInterval                   what is shown of each side
//	        NewShift ──────── UTest      estimate, rank interval, standard error; exact p of "no change at all"
//	            │
//	            │                        the whole suite
//	          Lag1 ── SerialCorrelation  were samples independent? else wider standard errors
//	       SuiteShift                    did everything move at once?
//	  BetweenRunVariance                 what runs measured apart add to the noise, seen across the suite …
//	         Trends                      … or seen in the history of each metric
//	            │
//	         PBeyond                     one-sided p of "the change is at most a margin"
//	BenjaminiHochberg, Holm              adjusted for the number of metrics
//	        MDE                          what would have been found
//
//	        NewDrift                     one metric against its pinned anchor: small losses that add up
//	         Changes                     one metric over all its runs: where its level changed
//
// A regression is an estimate beyond the threshold whose adjusted p is at most 5 % and whose rank test agrees.
//
// # Why not simply the rank test, or the t test
//
// The rank test needs no assumption on the shape of the noise, but a sample of 5 v 5 cannot give a p below 1/126,
// which is not enough once 200 metrics are tested at a time. The t test can, but a single outlier ruins its standard
// error. [Shift] takes the robust half of each: the estimate of Hodges and Lehmann with its exact rank interval, and
// the standard error that makes Student's t reproduce this interval at the level where it is exact. Student's t then
// only has to extrapolate from there.
//
// # Exactness
//
// Up to 100 values in both samples together, ranks and p-values are exact, with all ties: every split of the pooled
// values counts, by dynamic programming. Above that they are normal approximations with the corrections for ties and
// continuity. Estimates are exact for any size and take memory only in proportion to the samples.
//
// # Use
//
// All functions are pure, safe for concurrent use, and leave the slices they are given as they are. They expect finite
// values, at least one to a sample. Tables that depend on sample sizes only are made once and kept.
package infer
