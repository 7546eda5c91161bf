package main

import (
	"fmt"
	"os"
	"time"

	"github.com/org/regress-gate/regress/gate"
	"golang.org/x/term"
)

// watch shows the progress of an experiment on standard error: one line that is
// written over on a terminal, a plain line a round elsewhere.
func (e *experiment) watch(w *world) {
	if e.quiet {
		return
	}
	f, ok := w.stderr.(*os.File)
	terminal := ok && term.IsTerminal(int(f.Fd())) && os.Getenv("TERM") != "dumb"
	e.Notice = func(p gate.Progress) {
		text := fmt.Sprintf("round %d of %d", p.Round, p.Rounds)
		if p.Round < p.Rounds {
			text += ", about " + p.Left.Round(time.Second).String() + " left"
		}
		if p.Widest != "" {
			text += ", widest: " + neutral(p.Widest)
		}
		switch {
		case !terminal:
			fmt.Fprintf(w.stderr, "regress-gate: %s\n", text)
		case p.Round < p.Rounds:
			fmt.Fprintf(w.stderr, "\r\x1b[K%s", text)
		default:
			fmt.Fprint(w.stderr, "\r\x1b[K")
		}
	}
}
