package main

import (
	"fmt"
	"time"

	"github.com/org/regress-gate/regress/gate"
)

// watch shows the progress of an experiment on standard error: one line that is
// written over on a terminal, a plain line a round elsewhere. What it returns takes
// the line away, however early the experiment ended.
func (e *experiment) watch(w *world) (done func()) {
	if e.quiet {
		return func() {}
	}
	const clear = "\r\x1b[K"
	terminal := isTerminal(w.stderr)
	e.Notice = func(p gate.Progress) {
		text := fmt.Sprintf("round %d of %d", p.Round, p.Rounds)
		if p.Round < p.Rounds {
			text += ", about " + p.Left.Round(time.Second).String() + " left"
		}
		if p.Widest != "" {
			text += ", widest: " + neutral(p.Widest)
		}
		if terminal {
			fmt.Fprint(w.stderr, clear+text)
		} else {
			fmt.Fprintf(w.stderr, "regress-gate: %s\n", text)
		}
	}
	return func() {
		if terminal {
			fmt.Fprint(w.stderr, clear)
		}
	}
}
