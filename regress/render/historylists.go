package render

import (
	"fmt"
	"slices"
	"time"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/infer"
)

// accepted says who let a loss become the measure, when and why.
func accepted(a *regress.Acceptance) string {
	text := "accepted"
	if a.By != "" {
		text += " by " + a.By
	}
	if !a.Time.IsZero() {
		text += " on " + a.Time.UTC().Format(time.DateOnly)
	}
	if a.Commit != "" {
		text += " with " + abbreviated(a.Commit)
	}
	return text + ": " + a.Reason
}

func acceptances(h *regress.History) []remark {
	var list []remark
	for i := range h.Tracks {
		if a := h.Tracks[i].Accepted; a != nil {
			list = append(list, remark{subject(h.Tracks[i].Key), accepted(a)})
		}
	}
	return list
}

// together names the runs with which most metrics changed the same way: that was
// the machine, or a change that hits everything, and no news of any one of them.
func together(h *regress.History) []remark {
	type event struct {
		to  regress.Moment
		way regress.Way
	}
	if len(h.Tracks) < infer.MinFamily {
		return nil
	}
	var order []event
	n := map[event]int{}
	for i := range h.Tracks {
		for _, c := range h.Tracks[i].Changes {
			e := event{c.To, c.Way}
			if n[e]++; n[e] == 1 {
				order = append(order, e)
			}
		}
	}
	slices.SortFunc(order, func(a, b event) int { return a.to.Time.Compare(b.to.Time) })
	var list []remark
	for _, e := range order {
		if 2*n[e] > len(h.Tracks) {
			list = append(list, remark{text: fmt.Sprintf("%d of %d metrics %s with the run %s of %s: the machine, or a change that hits everything",
				n[e], len(h.Tracks), map[regress.Way]string{regress.Worse: "became worse", regress.Better: "became better", regress.Changed: "changed"}[e.way],
				abbreviated(e.to.Commit), day(e.to))})
		}
	}
	return list
}
