// Package work is code to be slowed down: every benchmark does its work a number
// of times, and half of them do a share more of it when the program is built so.
//
//	go test -c -ldflags '-X github.com/org/regress-gate/regress/quality/real/work.extra=5'
package work

import "strconv"

// extra is the slow-down in percent, set by the linker.
var extra = "0"

// rounds is how often each benchmark does its work in one operation: one of them
// is a percent.
const rounds = 100

// roundsOf is the number of rounds of a benchmark that is to be slowed down, or of
// one that is not.
func roundsOf(slowed bool) int {
	share, err := strconv.Atoi(extra)
	if err != nil || share < 0 {
		panic("extra is not a percentage: " + extra)
	}
	if !slowed {
		return rounds
	}
	return rounds + rounds*share/100
}
