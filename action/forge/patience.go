package forge

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	maxTries = 5
	maxWait  = 90 * time.Second // for one request, all its tries together
)

// patient tries a request again where that can help and cannot harm: after a
// rate limit, which the server refused before it did anything; and after a fault
// of the server or of the network where doing it twice is doing it once. A POST
// that may have been done is never sent again.
type patient struct {
	next  http.RoundTripper
	sleep func(context.Context, time.Duration) error
	now   func() time.Time
}

// RoundTrip implements http.RoundTripper.
func (p *patient) RoundTrip(r *http.Request) (*http.Response, error) {
	var waited time.Duration
	for try := 1; ; try++ {
		attempt := r.Clone(r.Context())
		if r.GetBody != nil {
			body, err := r.GetBody()
			if err != nil {
				return nil, err
			}
			attempt.Body = body
		}
		answer, err := p.next.RoundTrip(attempt)
		wait, again := p.again(r, answer, err, try)
		if waited += wait; !again || try == maxTries || waited > maxWait || r.Context().Err() != nil {
			return answer, err
		}
		if answer != nil {
			_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 1<<16))
			_ = answer.Body.Close()
		}
		if err := p.sleep(r.Context(), wait); err != nil {
			return nil, err
		}
	}
}

// again tells whether to try again, and after what time.
func (p *patient) again(r *http.Request, answer *http.Response, err error, try int) (time.Duration, bool) {
	backoff := time.Second << (try - 1) // 1, 2, 4, 8 s and up to half as much again
	backoff += rand.N(backoff / 2)
	repeatable := r.Method != http.MethodPost
	switch {
	case err != nil:
		return backoff, repeatable || neverSent(err)
	case limited(answer):
		if wait, said := asked(answer, p.now()); said {
			return wait, true
		}
		return max(backoff, time.Minute/maxTries*time.Duration(try)), true
	case answer.StatusCode >= 500:
		if wait, said := asked(answer, p.now()); said {
			return wait, repeatable
		}
		return backoff, repeatable
	}
	return 0, false
}

// neverSent tells whether the connection was not even made.
func neverSent(err error) bool {
	var failed *net.OpError
	return errors.As(err, &failed) && failed.Op == "dial"
}

// limited tells whether the answer is a rate limit, of either kind.
func limited(answer *http.Response) bool {
	switch answer.StatusCode {
	case http.StatusTooManyRequests:
		return true
	case http.StatusForbidden:
		return answer.Header.Get("Retry-After") != "" || answer.Header.Get("X-RateLimit-Remaining") == "0" ||
			strings.Contains(peek(answer), "secondary rate limit")
	}
	return false
}

// asked is how long the server wants to be left alone.
func asked(answer *http.Response, now time.Time) (time.Duration, bool) {
	after := answer.Header.Get("Retry-After")
	if seconds, err := strconv.Atoi(after); err == nil && seconds >= 0 {
		return time.Duration(min(seconds, 1<<20)) * time.Second, true
	}
	if date, err := http.ParseTime(after); err == nil {
		return max(date.Sub(now), 0), true
	}
	if answer.Header.Get("X-RateLimit-Remaining") == "0" {
		if reset, err := strconv.ParseInt(answer.Header.Get("X-RateLimit-Reset"), 10, 64); err == nil {
			return max(time.Unix(reset, 0).Sub(now)+time.Second, 0), true
		}
	}
	return 0, false
}

// peek reads the beginning of a body and puts it back.
func peek(answer *http.Response) string {
	start, _ := io.ReadAll(io.LimitReader(answer.Body, 1<<12))
	answer.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(start), answer.Body), answer.Body}
	return string(start)
}
