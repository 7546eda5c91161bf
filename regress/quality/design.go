package main

import "github.com/org/regress-gate/regress"

// design is how base and head are measured.
type design uint8

const (
	blocks      design = iota // one job, first all of the base and then all of the head: AAAA…BBBB
	interleaved               // one job, in turns: ABBA ABBA …
	stored                    // two jobs: a baseline, and the run of the pull request
	confirmed                 // stored, and what it suspects is measured again, interleaved
	looked                    // interleaved, and judged at several moments, until all is decided (regress.Looks)
)

var designNames = [...]string{blocks: "AAAA…BBBB", interleaved: "ABBA", stored: "stored baseline", confirmed: "stored baseline, confirmed", looked: "ABBA, looks"}

// String names the design, as scenarios and tables do.
func (d design) String() string { return designNames[d] }

// declared is what the files say of it.
func (d design) declared() regress.Design {
	return [...]regress.Design{
		blocks: regress.Vouched, interleaved: regress.Interleaved, stored: regress.Separate, confirmed: regress.Separate,
		looked: regress.Interleaved,
	}[d]
}

// oneJob tells whether base and head share a job.
func (d design) oneJob() bool { return d == blocks || d == interleaved || d == looked }

// places returns where in its job, from 0 to 1, each sample of base and head is.
func (d design) places(n int) (base, head []float64) {
	slots := 2 * n
	if !d.oneJob() {
		slots = n
	}
	for i := range slots {
		at := float64(i) / float64(slots-1)
		switch {
		case !d.oneJob():
			base, head = append(base, at), append(head, at)
		case d == blocks && i < n, d != blocks && (i%4 == 0 || i%4 == 3):
			base = append(base, at)
		default:
			head = append(head, at)
		}
	}
	return base, head
}
