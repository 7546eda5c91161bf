package action

import (
	"context"
	"fmt"
	"time"

	"github.com/org/regress-gate/action/forge"
	"github.com/org/regress-gate/regress"
)

// accept lets regressions pass where somebody who may push says so with the label
// that the base's policy names. It has to be set for what is judged: in this event,
// or after it. A label from before the last push accepted something else.
func (s *settings) accept(ctx context.Context, j *judge, r *regress.Report) error {
	number := s.event.pull()
	if j.ref == "" || number == 0 || r.Gate() != regress.Shut {
		return nil
	}
	policy, err := j.loadPolicy()
	label := policy.AcceptLabel
	if err != nil || label == "" {
		return err
	}
	f, err := s.forge()
	if err != nil {
		return err
	}
	set, err := s.labelled(ctx, f, label, number)
	if err != nil || set == nil {
		return err
	}
	may, err := f.MayWrite(ctx, set.Actor)
	if err != nil {
		return err
	}
	if !may {
		return fmt.Errorf("%s has set the label %s and may not write to this repository: it accepts nothing", set.Actor, label)
	}
	a := regress.Acceptance{By: set.Actor, Reason: "label " + label, Time: set.Time.UTC().Truncate(time.Second)}
	r.Accept(a, func(c *regress.Comparison) bool { return c.Verdict == regress.Regressed })
	return nil
}

// labelled returns who has set the label for this very state of the pull request,
// nil where nobody has.
func (s *settings) labelled(ctx context.Context, f *forge.Client, label string, number int) (*forge.Labelling, error) {
	set, err := f.Labelled(ctx, number, label)
	if err != nil || set == nil {
		return nil, err
	}
	e := s.event
	if e.Action == "labeled" && e.Label.Name == label && e.Sender.Login == set.Actor {
		return set, nil
	}
	if e.PullRequest.UpdatedAt.IsZero() || set.Time.Before(e.PullRequest.UpdatedAt) {
		return nil, fmt.Errorf("the label %s was set before the last change of this pull request: to accept what is judged now, remove it and set it again", label)
	}
	return set, nil
}
