package action

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/org/regress-gate/action/forge"
	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/gate"
	"github.com/org/regress-gate/regress/render"
)

// when says when a pull request is commented on.
type when string

const (
	whenAuto   when = "auto"   // when something changed; once there is a comment it is kept up to date
	whenAlways when = "always" // on every run
	whenNever  when = "never"
)

func parseWhen(s string) (when, error) {
	switch w := when(s); w {
	case whenAuto, whenAlways, whenNever:
		return w, nil
	}
	return "", gate.Usagef("unknown comment %.40q (one of %s, %s, %s)", s, whenAuto, whenAlways, whenNever)
}

// marker begins a comment of ours, hidden. The title tells the comments of several
// gates apart; it is escaped, so that nothing ends the marker early.
func marker(title string) string {
	return "<!-- regress-gate " + cut(url.QueryEscape(title), 500) + " -->"
}

// maxComment is the budget of a comment in bytes, marker included. GitHub takes
// 65,536 characters.
const maxComment = 65_000

// comment writes the report into the one comment of the pull request: the first
// time a new one, then always the same. It returns the comment's address, "" where
// none was wanted.
func (s *settings) comment(ctx context.Context, r *regress.Report, number int, options render.Options) (string, error) {
	if s.when == whenNever || number == 0 {
		return "", nil
	}
	f, err := s.forge()
	if err != nil {
		return "", err
	}
	mark := marker(s.title)
	options.Limit = maxComment - len(mark) - 1
	var text bytes.Buffer
	if err := gate.Publish(r, []gate.Output{{Format: "markdown"}}, &text, options); err != nil {
		return "", err
	}
	body := mark + "\n" + text.String()
	for try := 0; ; try++ {
		mine, err := find(ctx, f, number, mark)
		if err != nil {
			return "", err
		}
		switch {
		case mine == nil && s.when == whenAuto && !changed(r):
			return "", nil
		case mine == nil:
			var made forge.Comment
			if made, err = f.CreateComment(ctx, number, body); err == nil {
				return made.URL, nil
			}
		case strings.TrimRight(mine.Body, "\n") == strings.TrimRight(body, "\n"):
			return mine.URL, nil
		default:
			made, err := f.EditComment(ctx, mine.ID, body)
			return made.URL, err
		}
		// The answer may have been lost and the comment be there: look again.
		var lost *forge.LostError
		if !errors.As(err, &lost) || try == 2 {
			return "", err
		}
		if err := s.sleep(ctx, time.Duration(try+1)*time.Second); err != nil {
			return "", err
		}
	}
}

// find returns our comment with that mark, nil where there is none. Anyone can
// write a comment that begins like ours: only one by the token's own author is.
func find(ctx context.Context, f *forge.Client, number int, mark string) (*forge.Comment, error) {
	login, asked := "", false
	for c, err := range f.Comments(ctx, number) {
		if err != nil {
			return nil, err
		}
		if !strings.HasPrefix(c.Body, mark) {
			continue
		}
		if !asked {
			login, asked = f.Login(ctx), true
		}
		if c.Login == login || login == "" && c.Bot {
			return &c, nil
		}
	}
	return nil, nil
}

// changed tells whether there is anything that a person would want to be told.
func changed(r *regress.Report) bool {
	n := r.Count()
	if r.Gate() != regress.Open || n.Regression+n.Improvement+n.Missing+n.Incomparable+len(r.Edits) > 0 {
		return true
	}
	for i := range r.Alerts {
		if r.Alerts[i].Fired {
			return true
		}
	}
	return false
}

// runURL is where the run of this workflow can be seen, "" outside of Actions.
func (s *settings) runURL() string {
	server, repository, id := s.getenv("GITHUB_SERVER_URL"), s.getenv("GITHUB_REPOSITORY"), s.getenv("GITHUB_RUN_ID")
	if server == "" || repository == "" || id == "" {
		return ""
	}
	address := fmt.Sprintf("%s/%s/actions/runs/%s", server, repository, id)
	if attempt := s.getenv("GITHUB_RUN_ATTEMPT"); attempt != "" && attempt != "1" {
		address += "/attempts/" + attempt
	}
	return address
}
