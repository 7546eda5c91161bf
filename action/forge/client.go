// Package forge is the few things that the action asks of GitHub, or of a forge
// with the same API: files at a commit, a commit of one file, comments, labels and
// who may write, pull requests. It knows nothing of performance.
//
//	client.go    Client, and how a request is signed
//	patience.go  retries and rate limits
//	errors.go    what a refusal means, and the permissions that are missing
//	files.go     files at a ref; one file committed with compare-and-swap
//	history.go   branches, and what a commit changed
//	comments.go  the comments of a pull request
//	people.go    labels, and what a person may do
//	pulls.go     pull requests
package forge

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/google/go-github/v89/github"
)

// Config says which repository is asked, and how.
type Config struct {
	URL        string // of the API, as GITHUB_API_URL has it; "" is GitHub's own
	Repository string // owner/name
	Token      string
	Agent      string // who asks, for the server's log

	Sleep     func(context.Context, time.Duration) error // waits before another try; nil is the clock's
	Transport http.RoundTripper                          // nil is one that gives up after 30 s without an answer
}

// Client asks one repository. It may be used by several goroutines.
type Client struct {
	api         *github.Client
	owner, name string
	token       string
}

const (
	defaultURL  = "https://api.github.com"
	firstAnswer = 30 * time.Second // to the first byte of an answer
	wholeAnswer = 5 * time.Minute  // to the last, waiting and retries included
)

// New returns a client. It sends nothing yet.
func New(c Config) (*Client, error) {
	owner, name, ok := strings.Cut(c.Repository, "/")
	if !ok || owner == "" || name == "" || strings.ContainsAny(name, "/?#%") {
		return nil, fmt.Errorf("%.80q is not a repository such as owner/name (GITHUB_REPOSITORY)", c.Repository)
	}
	if c.Token == "" {
		return nil, errors.New("no token: give the action one with the input token, such as ${{ github.token }}")
	}
	if c.URL == "" {
		c.URL = defaultURL
	}
	base, err := url.Parse(strings.TrimSuffix(c.URL, "/") + "/")
	if err != nil || base.Host == "" || base.Scheme != "https" && base.Scheme != "http" {
		return nil, fmt.Errorf("%.200q is not the address of an API (GITHUB_API_URL)", c.URL)
	}
	if c.Transport == nil {
		own := http.DefaultTransport.(*http.Transport).Clone()
		own.ResponseHeaderTimeout = firstAnswer
		c.Transport = own
	}
	if c.Sleep == nil {
		c.Sleep = Sleep
	}
	address := base.String()
	api, err := github.NewClient(
		github.WithTransport(&patient{next: &signed{c.Transport, base.Host, c.Token}, sleep: c.Sleep, now: time.Now}),
		github.WithURLs(&address, &address),
		github.WithUserAgent(c.Agent),
		github.WithTimeout(wholeAnswer),
		github.WithDisableRateLimitCheck(), // patient waits
	)
	if err != nil {
		return nil, fmt.Errorf("preparing to ask %s: %w", base.Host, err)
	}
	return &Client{api, owner, name, c.Token}, nil
}

// signed adds the token to requests to the API's own host, and to no other: a
// redirect may lead anywhere.
type signed struct {
	next  http.RoundTripper
	host  string
	token string
}

// RoundTrip implements http.RoundTripper.
func (s *signed) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Host == s.host {
		r = r.Clone(r.Context())
		r.Header.Set("Authorization", "Bearer "+s.token)
	}
	return s.next.RoundTrip(r)
}

// Sleep waits, or until the context ends: then it returns its error.
func Sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
