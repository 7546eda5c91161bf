package regress

// Looks returns the numbers of samples a side at which an experiment that goes on
// until everything is decided is judged: 5, 10 and 20.
func Looks() []int { return []int{5, 10, 20} }

// PerLook returns the policy for each of several looks at one experiment: its level
// is shared among them equally. Whatever stops the experiment, the probability of a
// false alarm in any look is at most the sum of their levels (Bonferroni; the
// boundary of Pocock 1977 would take 0.0221 of 0.05 for each of three where this
// takes 0.0167, but needs looks at equal distances, and one family throughout).
// Looking at other moments as well would be looking more often than was paid for.
func (p Policy) PerLook(looks int) Policy {
	p.Alpha = p.alpha() / float64(looks)
	return p
}

// Undecided tells whether more samples could change what is said of the metric.
func (c *Comparison) Undecided() bool { return c.Verdict == Inconclusive }
