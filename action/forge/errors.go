package forge

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"strings"

	"github.com/google/go-github/v89/github"
)

// What a request can fail with, beside fs.ErrNotExist for what is not there.
var (
	ErrConflict  = errors.New("somebody else changed the file meanwhile")
	ErrProtected = errors.New("the branch is protected")
)

// DeniedError is a refusal for want of a permission.
type DeniedError struct {
	Doing   string // "commenting on pull request 7"
	Need    string // as in a workflow: "pull-requests: write"
	Message string // what the server said
}

// Error says what was refused and which lines of the workflow allow it.
func (e *DeniedError) Error() string {
	return fmt.Sprintf("%s: %s\nadd to the job of this step, beside the permissions that it has:\n  permissions:\n    %s", e.Doing, e.Message, e.Need)
}

// explain puts an error of the API into words. need is the permission that the
// request wants; unseen tells that a 404 may mean its lack as well as that
// something is not there.
func (c *Client) explain(doing, need string, err error, unseen bool) error {
	if err == nil {
		return nil
	}
	status, message := reply(err)
	message = c.masked(message)
	switch {
	case isLimit(err):
		return fmt.Errorf("%s: the rate limit of the API is used up, and waiting did not help: %s", doing, message)
	case status == http.StatusUnauthorized:
		return fmt.Errorf("%s: the token is not accepted: %s", doing, message)
	case status == http.StatusForbidden, status == http.StatusNotFound && unseen:
		return &DeniedError{doing, need, message}
	case status == http.StatusNotFound:
		return fmt.Errorf("%s: %w", doing, fs.ErrNotExist)
	}
	return fmt.Errorf("%s: %s", doing, message)
}

// reply takes an error apart: the status, 0 where there was no answer, and what is
// to be shown of it.
func reply(err error) (status int, message string) {
	var refused *github.ErrorResponse
	var failed *url.Error
	switch {
	case errors.As(err, &refused):
		parts := []string{fmt.Sprintf("%d %s", refused.Response.StatusCode, strings.Join(strings.Fields(refused.Message), " "))}
		for _, e := range refused.Errors {
			parts = append(parts, strings.Join(strings.Fields(e.Error()), " "))
		}
		return refused.Response.StatusCode, strings.Join(parts, ": ")
	case errors.As(err, &failed):
		return 0, failed.Err.Error() // without the address
	}
	return 0, err.Error()
}

func isLimit(err error) bool {
	var primary *github.RateLimitError
	var secondary *github.AbuseRateLimitError
	status, _ := reply(err)
	return errors.As(err, &primary) || errors.As(err, &secondary) || status == http.StatusTooManyRequests
}

// masked takes the token out of a text, wherever it may have come from. A text of
// a few characters is no token, and may stand anywhere.
func (c *Client) masked(text string) string {
	if len(c.token) < leastToken {
		return text
	}
	return strings.ReplaceAll(text, c.token, "***")
}

const leastToken = 16
