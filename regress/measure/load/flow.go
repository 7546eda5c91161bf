package load

import (
	"context"
	"io"
	"net/http"
	"time"
)

// sender sends the requests of users.
type sender struct {
	config *Config
	client *http.Client
}

// maxCaptured bounds the part of an answer in which a value to capture is looked
// for, in bytes.
const maxCaptured = 8 << 20

// flow walks one user through the steps of a scenario. The user was meant to
// arrive at began: all that is lost between then and the first answer is the
// service's latency. Where ctx ends, the flow ends before its next request;
// where sending ends, what is in flight is given up and not counted.
func (s *sender) flow(ctx, sending context.Context, steps []step, u *user, began time.Time, t *tally) {
	for _, step := range steps {
		if step.request == nil {
			if !sleepUntil(ctx, began.Add(step.think)) {
				return
			}
			began = time.Now()
			continue
		}
		if ctx.Err() != nil {
			return
		}
		out := s.send(sending, step.request, u)
		if sending.Err() != nil {
			return
		}
		now := time.Now()
		t.record(step.request.name, out, now.Sub(began))
		if !out.answered && out.kind != uncaptured { // a user who gets no answer goes away
			return
		}
		began = now
	}
}

func (s *sender) send(ctx context.Context, r *request, u *user) outcome {
	ctx, cancel := context.WithTimeout(ctx, s.config.timeout)
	defer cancel()
	built, err := r.build(ctx, s.config, u)
	if err != nil {
		return outcome{kind: uncaptured}
	}
	answer, err := s.client.Do(built)
	if err != nil {
		return outcome{kind: ofError(err)}
	}
	defer answer.Body.Close()
	body, err := keep(answer.Body, len(r.captures) > 0)
	if err != nil {
		return outcome{kind: ofError(err)}
	}
	if k := ofStatus(answer.StatusCode); k != "" {
		return outcome{k, true}
	}
	for _, c := range r.captures {
		value, err := c.path.find(body)
		if err != nil {
			return outcome{uncaptured, true}
		}
		u.captured[c.name] = value
	}
	return outcome{answered: true}
}

// keep reads a body to its end, without which no connection is used again, and
// returns its beginning where it is wanted.
func keep(body io.Reader, wanted bool) (text []byte, err error) {
	if wanted {
		if text, err = io.ReadAll(io.LimitReader(body, maxCaptured)); err != nil {
			return nil, err
		}
	}
	_, err = io.Copy(io.Discard, body)
	return text, err
}
